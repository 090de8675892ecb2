/** What an app says to a request for its page: it serves it, it wants another token, or nobody answers. */
export type AppAnswer = "accepts" | "refuses" | "silent";

/** Why there is no socket: the app closed it, or gave the {@link AppAnswer}; or another tab has taken its place. */
export type SocketProblem = "closed" | "refused" | "silent" | "replaced";

/** What a person is to know of the socket. */
export type SocketStatus =
  | { readonly state: "connecting" }
  | { readonly state: "open" }
  | { readonly state: "retrying" | "given-up"; readonly problem: SocketProblem };

/** What is used of a `WebSocket`. */
export interface PageSocket {
  readonly readyState: number;
  send(text: string): void;
  addEventListener(type: "open" | "close", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

export interface AppSocketPorts {
  open(): PageSocket;
  /** Asks for the page once more. A web socket does not tell why it was refused. Never rejects. */
  ask(): Promise<AppAnswer>;
  /** @returns a function that stops the timer. */
  setTimer(milliseconds: number, ring: () => void): () => void;
}

export interface AppSocketListener {
  /** The app can be spoken to, by what is handed over. */
  opened(send: (text: string) => void): void;
  received(data: unknown): void;
  /** The app, which could be spoken to, has closed the socket. @returns whether the page is done with: then nothing is tried. */
  closed(): boolean;
  changed(status: SocketStatus): void;
}

const isOpen = 1;

/** The waits before each try. Milliseconds. */
const waits = [500, 1000, 2000, 4000, 8000] as const;

/**
 * The web socket of the desktop's page to its app. A socket that is refused or lost is tried again a few times. The tries begin anew
 * only where the app has said something: one that accepts and closes at once is not asked for ever.
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

  /** A person wants it tried once more. */
  retry(): void {
    this.#stopTimer();
    this.#isReplaced = false;
    this.#tries = 0;
    if (this.#socket === null) this.#tryLater("silent", 0);
  }

  /** Another tab with this page has its own socket: should the app close this one, it is not asked to choose between the two. */
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
        // Afterwards there is nobody to tell.
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
      void this.#try(attempt);
    });
  }

  /** Asks first: a browser writes the address of a socket that is refused into its console, and the token is in it. */
  async #try(attempt: number): Promise<void> {
    const answer = await this.#ports.ask();
    // A person has asked for another try meanwhile.
    if (attempt !== this.#attempts) return;
    if (answer === "accepts" && !this.#isReplaced) this.#open();
    else this.#failed(answer === "refuses" ? "refused" : "silent");
  }
}
