import type { CallSnapshot } from "../../call/snapshot.ts";
import {
  firstWait,
  longestWait,
  newName,
  readMessage,
  writeMessage,
  type HostData,
  type HostErrorCode,
  type HostMessage,
  type HostProblem,
  type MessageId,
  type PageMessage,
  type Transport,
} from "./envelope.ts";
import { pageVerbs } from "./verbs.ts";

export type { HostData, HostErrorCode, HostProblem, PageMessage } from "./envelope.ts";
export type { Transport } from "./envelope.ts";

/** Rejection of a request to the page. */
export class HostError extends Error {
  override readonly name = "HostError";
  /** A {@link HostErrorCode}. A newer page may send other codes. */
  readonly code: string;

  constructor({ code, message }: HostProblem) {
    super(message);
    this.code = code;
  }
}

/** Messages of the page that are not answers. `error` here belongs to no request. */
export type PageFact = Exclude<PageMessage, { readonly type: "ok" }>;

/** Answer to a verb. */
export type HostAnswer<Verb> = Verb extends "back-button"
  ? { readonly handled: boolean }
  : Verb extends "get-snapshot"
    ? { readonly snapshot: CallSnapshot; readonly others: readonly CallSnapshot[] }
    : Verb extends "configure"
      ? { readonly ignored: readonly string[] }
      : { readonly ignored?: readonly string[] };

type Verb = Exclude<HostMessage["type"], "hello" | "ok" | "error"> & keyof HostData;

interface Request {
  readonly text: string;
  readonly resolve: (data: object) => void;
  readonly reject: (error: HostError) => void;
  isPosted: boolean;
}

/**
 * The other end of `connectHost`, for a host written in TypeScript: a page around a frame,
 * Electron, React Native, Node. Requires no DOM.
 *
 * @example
 * const page = new CallPage(transport, ({ type, data }) => {
 *   if (type === "ready") void page.request("configure", { contact, iceServers });
 *   if (type === "signal") channel.send(data.message);
 * });
 * channel.onmessage = (message) => page.request("receive-signal", { message });
 */
export class CallPage {
  readonly #transport: Transport;
  readonly #listener: (fact: PageFact) => void;
  readonly #limit: number;
  readonly #host = newName();
  readonly #requests = new Map<MessageId, Request>();
  readonly #leave: () => void;
  #page: string | null = null;
  /** `true` once host and page have exchanged `ready` and `hello`. */
  #isMet = false;
  #wait = firstWait;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ids = 0;
  #isClosed = false;

  /**
   * @param listener receives the messages of the page. `ready` arrives with each load of the page: configure it again then.
   * @param queueLimit maximum number of waiting requests.
   */
  constructor(transport: Transport, listener: (fact: PageFact) => void, queueLimit = 256) {
    this.#transport = transport;
    this.#listener = listener;
    this.#limit = queueLimit;
    this.#leave = transport.onText((text) => this.#receive(text));
    this.#greet();
  }

  /**
   * Sends a request to the page, once the page is ready.
   * @throws {HostError} with the code of the failure; `page-gone` where the page was unloaded before its answer, `queue-full`
   * with too many waiting requests.
   */
  request<Type extends Verb>(type: Type, data: HostData[Type]): Promise<HostAnswer<Type>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed || this.#requests.size >= this.#limit) {
        reject(problem(this.#isClosed ? "page-gone" : "queue-full"));
        return;
      }
      const id = ++this.#ids;
      // The table of the verbs determines the answer. An older page may omit fields.
      const answer = resolve as (data: object) => void;
      const request = {
        text: writeMessage({ id, type, data }),
        resolve: answer,
        reject,
        isPosted: false,
      };
      this.#requests.set(id, request);
      if (this.#isMet) request.isPosted = this.#post(request.text);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#leave();
    this.#transport.close();
    this.#forget(() => true);
  }

  /** Repeats `hello` until the page answers: it may still be connected to an earlier host. */
  #greet(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#greet(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, longestWait);
    this.#post(writeMessage({ type: "hello", data: { host: this.#host } }));
  }

  #receive(untrusted: unknown): void {
    const message = readMessage(pageVerbs, untrusted);
    switch (message.type) {
      case null:
        this.#notify({ type: "error", data: { code: message.code, message: message.message } });
        break;
      case "ready":
        this.#meet(message);
        break;
      case "ok":
      case "error":
        if (message.re !== undefined) this.#settle(message.re, message);
        else if (message.type === "error") this.#notify(message);
        break;
      default:
        this.#notify(message);
    }
  }

  #meet(ready: Extract<PageMessage, { type: "ready" }>): void {
    const { page } = ready.data;
    clearTimeout(this.#timer);
    this.#wait = firstWait;
    this.#isMet = true;
    this.#post(writeMessage({ type: "hello", data: { host: this.#host, page } }));
    const isNew = page !== this.#page;
    this.#page = page;
    if (isNew) {
      this.#forget(({ isPosted }) => isPosted);
      // The listener runs before waiting requests are sent, so that its settings apply to them.
      this.#notify(ready);
    }
    for (const request of this.#requests.values()) request.isPosted ||= this.#post(request.text);
  }

  #settle(id: MessageId, { type, data }: Extract<PageMessage, { type: "ok" | "error" }>): void {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    if (type === "ok") request?.resolve(data);
    else request?.reject(new HostError(data));
  }

  #forget(which: (request: Request) => boolean): void {
    for (const [id, request] of this.#requests) {
      if (!which(request)) continue;
      this.#requests.delete(id);
      request.reject(problem("page-gone"));
    }
  }

  #notify(fact: PageFact): void {
    if (!this.#isClosed) this.#listener(fact);
  }

  #post(text: string): boolean {
    try {
      this.#transport.post(text);
      return true;
    } catch {
      // Requests wait until the page answers again.
      if (this.#isMet) {
        this.#isMet = false;
        this.#greet();
      }
      return false;
    }
  }
}

function problem(code: HostErrorCode & ("page-gone" | "queue-full")): HostError {
  const message =
    code === "page-gone"
      ? "The call page has gone, or was loaded anew."
      : "Too many requests wait for the call page.";
  return new HostError({ code, message });
}
