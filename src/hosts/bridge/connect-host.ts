import { toCallError } from "../../errors.ts";
import { capabilities, hostVerbs } from "./verbs.ts";
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
  type PageMessage,
} from "./envelope.ts";
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
  readonly #repeatState: () => void;
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
    this.#leaveTransport = transport.onText((text) => this.#receive(text));
    this.#repeatState = forwardEvents(
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

  #receive(untrusted: unknown): void {
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
    this.#repeatState();
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

/** Messages about calls: neither answers nor part of the handshake. */
type Fact = Exclude<PageMessage, { readonly type: "ok" | "error" | "ready" | "configured" }>;
type Send = (
  fact: {
    [Type in Fact["type"]]: Pick<Extract<Fact, { type: Type }>, "type" | "data">;
  }[Fact["type"]],
) => void;

/** Bytes of a note in one message: a megabyte as base64. */
const noteBytes = 786_432;

/** A recording does not go over JSON text. It is sent as base64 (RFC 4648 section 4), in parts of a bounded size and in their order. */
async function sendNote(
  { callId, blob, mimeType, durationMs }: GlobalEventHandlersEventMap["sx-note"]["detail"],
  send: Send,
): Promise<void> {
  const parts = Math.max(1, Math.ceil(blob.size / noteBytes));
  for (let part = 0; part < parts; part++) {
    const piece = blob.slice(part * noteBytes, (part + 1) * noteBytes);
    const bytes = new Uint8Array(await piece.arrayBuffer());
    let text = "";
    // As arguments of one call they would be too many.
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    send({ type: "note", data: { callId, mimeType, durationMs, part, parts, base64: btoa(text) } });
  }
}

/**
 * Sends the events of a view to the host, in their order.
 *
 * @param sendError receives every failure that the view reports.
 * @returns a function that repeats the present state, for a new host.
 */
function forwardEvents(
  view: HostedView,
  send: Send,
  sendError: (error: { readonly code: string; readonly message: string }) => void,
  signal: AbortSignal,
): () => void {
  const on = <Name extends keyof GlobalEventHandlersEventMap>(
    name: Name,
    listener: (event: GlobalEventHandlersEventMap[Name]) => void,
  ) => {
    view.addEventListener(name, listener, { signal });
  };
  let ring = false;
  let awake = false;
  // From dialling to the end. An incoming call is excluded: the system's own call screen keeps the device awake then.
  const isRunning = () => view.snapshot.actions.includes("hang-up");
  const followState = () => {
    const { state } = view.snapshot;
    if (ring !== (state === "incoming")) send({ type: "ring", data: { on: (ring = !ring) } });
    if (awake !== isRunning()) send({ type: "keep-awake", data: { on: (awake = !awake) } });
  };
  const sendState = () => {
    const { snapshot } = view;
    send({ type: "state-changed", data: { state: snapshot.state, snapshot } });
  };

  on("sx-signal", ({ detail: { message } }) => send({ type: "signal", data: { message } }));
  on("sx-state-changed", () => {
    sendState();
    followState();
  });
  on("sx-incoming", ({ detail: { callId, media } }) =>
    send({ type: "incoming", data: { callId, media } }),
  );
  on("sx-call-waiting", ({ detail: { callId, media } }) =>
    send({ type: "call-waiting", data: { callId, media } }),
  );
  on("sx-call-held", ({ detail }) => send({ type: "call-held", data: detail }));
  on("sx-call-ended", ({ detail: { record, continuity } }) =>
    send({
      type: "call-ended",
      data: {
        record,
        ...(continuity && { continuity: btoa(String.fromCharCode(...continuity)) }),
      },
    }),
  );
  on("sx-transcript", ({ detail: { callId, messages } }) =>
    send({ type: "transcript", data: { callId, messages: [...messages] } }),
  );
  on("sx-note", ({ detail }) => {
    void sendNote(detail, send).catch(() => {
      sendError({ code: "internal", message: "A note could not be read." });
    });
  });
  on("sx-error", ({ detail }) => sendError(detail));
  on("sx-protection-changed", ({ detail }) => send({ type: "protection-changed", data: detail }));
  on("sx-security-code-checked", ({ detail }) =>
    send({ type: "security-code-checked", data: detail }),
  );
  on("sx-permission-needed", ({ detail }) => send({ type: "permission-needed", data: detail }));
  on("sx-set-volume", ({ detail }) => send({ type: "set-volume", data: detail }));
  on("sx-choose-route", ({ detail }) => send({ type: "choose-route", data: detail }));
  on("sx-picture-in-picture", (event) => {
    if (view.smallWindow !== "host") return;
    event.preventDefault();
    send({ type: "picture-in-picture", data: { wanted: event.detail.on } });
  });
  on("sx-call-back", (event) => {
    // The host calls back: it may have to open its channel first.
    event.preventDefault();
    const { media, callId } = event.detail;
    send({ type: "call-back", data: { media, ...(callId !== undefined && { callId }) } });
  });
  on("sx-close", () => send({ type: "close", data: {} }));
  // Last chance to save the snapshot from which a reloaded page resumes.
  const onHide = () => isRunning() && sendState();
  addEventListener("pagehide", onHide, { signal });

  return () => {
    ring = awake = false;
    followState();
  };
}
