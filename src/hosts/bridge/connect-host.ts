import { toCallError } from "../../errors.ts";
import { capabilities } from "./page-verbs.ts";
import { Commands, type HostCommand } from "./commands.ts";
import {
  envelopeVersion,
  firstWait,
  longestWait,
  newName,
  readMessage,
  writeMessage,
  type HostErrorCode,
  type MessageId,
  type Transport,
} from "./envelope.ts";
import { tellFacts } from "./facts.ts";
import { hostVerbs } from "./host-verbs.ts";
import type { HostedView } from "./host-settings.ts";

export type { HostData, HostMessage, HostProblem, MessageId, PageMessage } from "./envelope.ts";
export type { HostedView } from "./host-settings.ts";
export type { Transport } from "./envelope.ts";

/** Options of a connection to a host. */
export interface HostOptions {
  readonly transport: Transport;
  /** Maximum number of messages that wait for the host, and of requests in progress. 256 by default. */
  readonly queueLimit?: number;
}

/** Connection of a view to its host. */
export interface HostConnection {
  /** `true` once the host has sent `hello` to this page. */
  readonly isReady: boolean;
  /** Ends the connection and closes the transport. The call continues. */
  close(): void;
}

/** A message of the page. Its type is checked where it is created. */
interface Outgoing {
  readonly type: string;
  readonly data: object;
  readonly re?: MessageId;
}

/**
 * Connects a call view to the surrounding app. Sends events of the view to the host and executes the host's commands. Either
 * side may start first: the page repeats `ready` until the host answers with `hello`. Both may be reloaded at any time.
 *
 * Failures never throw: a refused or failed command is answered by an `error` with its code and the `id` of the message.
 *
 * @example
 * connectHost(document.querySelector("sx-call-view")!, { transport: auto() });
 */
export function connectHost(view: HostedView, options: HostOptions): HostConnection {
  return new Connection(view, options);
}

class Connection implements HostConnection {
  readonly #view: HostedView;
  readonly #transport: Transport;
  readonly #limit: number;
  readonly #life = new AbortController();
  readonly #commands: Commands;
  readonly #renewFacts: () => void;
  readonly #leaveTransport: () => void;
  /** Name of this load of the page. */
  readonly #page = newName();
  /** Name of the last host. */
  #host: string | null = null;
  #isReady = false;
  #queue: Outgoing[] = [];
  #lost = 0;
  #working = 0;
  #wait = firstWait;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: HostedView, { transport, queueLimit = 256 }: HostOptions) {
    this.#view = view;
    this.#transport = transport;
    this.#limit = queueLimit;
    const { signal } = this.#life;
    this.#commands = new Commands(view, signal);
    this.#leaveTransport = transport.onText((text) => this.#take(text));
    this.#renewFacts = tellFacts(
      view,
      (fact) => this.#send(fact),
      ({ code, message }) => this.#send({ type: "error", data: { code, message } }),
      signal,
    );
    // A page restored from the back/forward cache: the host has met another page since.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#seek(), { signal });
    this.#greet();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  close(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#isReady = false;
    this.#queue = [];
    this.#leaveTransport();
    this.#transport.close();
  }

  /** Repeats `ready` until a host answers with `hello`. */
  #greet(): void {
    clearTimeout(this.#timer);
    const { snapshot, encryptOnMainThread } = this.#view;
    this.#post({
      type: "ready",
      data: {
        ...{ page: this.#page, version: envelopeVersion, snapshot },
        capabilities: capabilities(encryptOnMainThread),
      },
    });
    this.#timer = setTimeout(() => this.#greet(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, longestWait);
  }

  #take(untrusted: unknown): void {
    if (this.#life.signal.aborted) return;
    const message = readMessage(hostVerbs, untrusted);
    switch (message.type) {
      case null:
        if (!message.isAnswer) this.#refuse(message.id, message.code, message.message);
        break;
      case "hello":
        this.#meet(message.data);
        break;
      case "ok":
      case "error":
        // The page sends no requests, and answering an answer could loop.
        break;
      default:
        if (this.#working < this.#limit) void this.#perform(message);
        else this.#refuse(message.id, "queue-full", "Too many messages wait for their answers.");
    }
  }

  /** Answers a new host, or one that does not know this load of the page, with a `ready` for it. */
  #meet({ host, page }: { readonly host: string; readonly page?: string | undefined }): void {
    // A late answer to the page before, or to the one after where a WebView keeps this page for a while.
    if (page !== undefined && page !== this.#page) return;
    const isKnown = host === this.#host;
    // Answers to requests of another host would be matched to wrong requests.
    if (!isKnown && this.#host !== null)
      this.#queue = this.#queue.filter(({ re }) => re === undefined);
    this.#host = host;
    if (page === undefined) {
      // A host that never names the page is answered at the pace of the timer only, to prevent a loop.
      if (!isKnown || this.#isReady) this.#seek();
      return;
    }
    if (!isKnown) this.#isReady = false;
    if (this.#isReady) return;
    clearTimeout(this.#timer);
    this.#wait = firstWait;
    this.#isReady = true;
    this.#flush();
    this.#renewFacts();
  }

  async #perform(command: HostCommand): Promise<void> {
    const { id } = command;
    const asker = this.#host;
    const isSame = () => asker === null || asker === this.#host;
    this.#working++;
    try {
      const data: object = await this.#commands.perform(command);
      if (!isSame()) return;
      if (id !== undefined) this.#send({ re: id, type: "ok", data });
      const ignored = "ignored" in data ? (data.ignored as readonly string[]) : [];
      if (command.type === "configure") this.#send({ type: "configured", data: { ignored } });
      else if (id === undefined && ignored.length > 0) {
        const message = `The message "${command.type}" has ignored fields: ${ignored.join(", ")}.`;
        this.#refuse(undefined, "bad-message", message);
      }
    } catch (thrown) {
      const { code, message } = toCallError(thrown);
      if (isSame()) this.#refuse(id, code, message);
    } finally {
      this.#working--;
    }
  }

  #refuse(id: MessageId | undefined, code: HostErrorCode, message: string): void {
    this.#send({ ...(id !== undefined && { re: id }), type: "error", data: { code, message } });
  }

  #send(message: Outgoing): void {
    if (this.#life.signal.aborted) return;
    if (this.#isReady && this.#queue.length === 0 && this.#post(message)) return;
    // Drops the newest: later messages depend on earlier ones.
    if (this.#queue.length < this.#limit) this.#queue.push(message);
    else this.#lost++;
    if (this.#isReady) this.#seek();
  }

  #flush(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (!this.#post(next)) {
        this.#seek();
        return;
      }
      this.#queue.shift();
    }
    if (this.#lost === 0) return;
    const message = `${this.#lost} messages were dropped while there was no host.`;
    this.#lost = 0;
    this.#refuse(undefined, "queue-full", message);
  }

  /** The host is gone: messages wait for the next `hello`. */
  #seek(): void {
    this.#isReady = false;
    this.#wait = firstWait;
    this.#greet();
  }

  /** @returns `true` where the transport accepted the message. */
  #post(message: Outgoing): boolean {
    try {
      this.#transport.post(writeMessage(message));
      return true;
    } catch {
      return false;
    }
  }
}
