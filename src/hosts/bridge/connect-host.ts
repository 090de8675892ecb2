import { toCallError } from "../../errors.ts";
import { capabilities } from "./capabilities.ts";
import { Commands, type HostCommand } from "./commands.ts";
import {
  envelopeVersion,
  firstWait,
  longestWait,
  newName,
  readMessage,
  writeMessage,
} from "./envelope.ts";
import type { HostErrorCode, MessageId } from "./envelope.ts";
import { tellFacts } from "./facts.ts";
import { hostVerbs } from "./host-verbs.ts";
import type { HostedView } from "./hosted-view.ts";
import type { Transport } from "./transport.ts";

export type { HostData, HostMessage, HostProblem, MessageId, PageMessage } from "./envelope.ts";
export type { HostedView } from "./hosted-view.ts";
export type { Transport } from "./transport.ts";

/** How a view is joined to a host. */
export interface HostOptions {
  readonly transport: Transport;
  /** The most messages that wait for the host, and the most of the host's that are worked on at once. 256 by default. */
  readonly queueLimit?: number;
}

/** A view that a host drives. */
export interface HostConnection {
  /** Whether the host has said `hello` to this page. */
  readonly isReady: boolean;
  /** Ends it, and closes the transport. The call goes on. */
  close(): void;
}

/** One of the page's: checked by the types where it is made. */
interface Outgoing {
  readonly type: string;
  readonly data: object;
  readonly re?: MessageId;
}

/**
 * Joins a call view to the app around it: what happens in the view is told to the host, and what the host says is done. Neither side
 * needs to be there first. The page says `ready` until the host answers with `hello`; both may be loaded anew at any time.
 *
 * Nothing is thrown at the host: what is refused or fails is answered by an `error` with its code, under the `id` of the message.
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
  /** This load of the page. */
  readonly #page = newName();
  /** The host that was met last. */
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
      (fact) => this.#say(fact),
      ({ code, message }) => this.#say({ type: "error", data: { code, message } }),
      signal,
    );
    // A page that comes back from the browser's cache of pages: the host has met another one meanwhile.
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

  /** Again and again, since a host that is not there yet does not hear it, until one says `hello`. */
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
        // Nothing of ours asks for an answer; and to answer one could go on for ever.
        break;
      default:
        if (this.#working < this.#limit) void this.#perform(message);
        else this.#refuse(message.id, "queue-full", "Too many messages wait for their answers.");
    }
  }

  /** A host that is new here, or that has not heard of this load of the page, gets a `ready` of its own. */
  #meet({ host, page }: { readonly host: string; readonly page?: string | undefined }): void {
    // A late answer to the page that was here before, or, where a WebView keeps that one for a while, to the one after this.
    if (page !== undefined && page !== this.#page) return;
    const isKnown = host === this.#host;
    // What another host has asked for would be taken for an answer to something else.
    if (!isKnown && this.#host !== null)
      this.#queue = this.#queue.filter(({ re }) => re === undefined);
    this.#host = host;
    if (page === undefined) {
      // One that never names the page is not answered faster than the timer does: the two would go on for ever.
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
      if (id !== undefined) this.#say({ re: id, type: "ok", data });
      const ignored = "ignored" in data ? (data.ignored as readonly string[]) : [];
      if (command.type === "configure") this.#say({ type: "configured", data: { ignored } });
      else if (id === undefined && ignored.length > 0) {
        const message = `The message "${command.type}" has fields that were left out: ${ignored.join(", ")}.`;
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
    this.#say({ ...(id !== undefined && { re: id }), type: "error", data: { code, message } });
  }

  #say(message: Outgoing): void {
    if (this.#life.signal.aborted) return;
    if (this.#isReady && this.#queue.length === 0 && this.#post(message)) return;
    // The newest: what came before it is what the host needs to understand the rest.
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
    const message = `${this.#lost} messages found no room while there was no host.`;
    this.#lost = 0;
    this.#refuse(undefined, "queue-full", message);
  }

  /** The host has gone: what is said from now on waits until it, or another one, says `hello`. */
  #seek(): void {
    this.#isReady = false;
    this.#wait = firstWait;
    this.#greet();
  }

  /** @returns whether the transport has taken it. */
  #post(message: Outgoing): boolean {
    try {
      this.#transport.post(writeMessage(message));
      return true;
    } catch {
      return false;
    }
  }
}
