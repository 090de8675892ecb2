/** Answer of an app to a request for its page: it serves the page, requires another token, or does not answer. */
export type AppAnswer = "accepts" | "refuses" | "silent";

/** Why there is no socket: the app closed it, or gave the {@link AppAnswer}; or another tab replaced this one. */
export type SocketProblem = "closed" | "refused" | "silent" | "replaced";

/** State of the socket for the person. */
export type SocketStatus =
  | { readonly state: "connecting" }
  | { readonly state: "open" }
  | { readonly state: "retrying" | "given-up"; readonly problem: SocketProblem };

/** The required part of a `WebSocket`. */
export interface PageSocket {
  readonly readyState: number;
  send(text: string): void;
  addEventListener(type: "open" | "close", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

export interface AppSocketPorts {
  open(): PageSocket;
  /** Requests the page again, because a web socket does not report why it was refused. Never rejects. */
  ask(): Promise<AppAnswer>;
  /** @returns a function that clears the timer. */
  setTimer(milliseconds: number, ring: () => void): () => void;
}

export interface AppSocketListener {
  /** The socket is open; `send` sends to the app. */
  opened(send: (text: string) => void): void;
  received(data: unknown): void;
  /** The app has closed an open socket. @returns `true` where the page is finished, and does not retry. */
  closed(): boolean;
  changed(status: SocketStatus): void;
}

const isOpen = 1;

/** Milliseconds before each retry. */
const waits = [500, 1000, 2000, 4000, 8000] as const;

/**
 * Web socket of the desktop's page to its app. Retries a refused or lost socket a few times. The count restarts only after a
 * message of the app, so that an app which accepts and closes is not retried forever.
 */
export class AppSocket {
  readonly #ports: AppSocketPorts;
  readonly #listener: AppSocketListener;
  #socket: PageSocket | null = null;
  #tries = 0;
  #attempts = 0;
  #isReplaced = false;
  #stopTimer: () => void = () => undefined;

  constructor(ports: AppSocketPorts, listener: AppSocketListener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  connect(): void {
    this.#listener.changed({ state: "connecting" });
    this.#open();
  }

  /** Retries on a person's request. */
  retry(): void {
    this.#stopTimer();
    this.#isReplaced = false;
    this.#tries = 0;
    if (this.#socket === null) this.#tryLater("silent", 0);
  }

  /** Stops retrying in favour of another tab with its own socket, so that the app need not choose. */
  giveWay(): void {
    this.#isReplaced = true;
  }

  #open(): void {
    const socket = this.#ports.open();
    this.#socket = socket;
    let wasOpen = false;
    socket.addEventListener("open", () => {
      wasOpen = true;
      this.#listener.changed({ state: "open" });
      this.#listener.opened((text) => {
        // A closed socket has no receiver.
        if (socket.readyState === isOpen) socket.send(text);
      });
    });
    socket.addEventListener("message", ({ data }) => {
      this.#tries = 0;
      this.#listener.received(data);
    });
    socket.addEventListener("close", () => {
      this.#socket = null;
      if (wasOpen && this.#listener.closed()) return;
      this.#failed(wasOpen ? "closed" : "silent");
    });
  }

  #failed(problem: SocketProblem): void {
    const wait = waits[this.#tries];
    if (this.#isReplaced) this.#listener.changed({ state: "given-up", problem: "replaced" });
    else if (wait === undefined) this.#listener.changed({ state: "given-up", problem });
    else this.#tryLater(problem, wait);
  }

  #tryLater(problem: SocketProblem, wait: number): void {
    const attempt = ++this.#attempts;
    this.#tries += 1;
    this.#listener.changed({ state: "retrying", problem });
    this.#stopTimer = this.#ports.setTimer(wait, () => {
      void this.#connect(attempt);
    });
  }

  /** Requests the page first: browsers log the URL of a refused socket, which contains the token. */
  async #connect(attempt: number): Promise<void> {
    const answer = await this.#ports.ask();
    // A person has requested another attempt.
    if (attempt !== this.#attempts) return;
    if (answer === "accepts" && !this.#isReplaced) this.#open();
    else this.#failed(answer === "refuses" ? "refused" : "silent");
  }
}
