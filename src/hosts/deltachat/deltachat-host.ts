import { browserPorts } from "../../controller/browser-ports.ts";
import type { CallPorts } from "../../controller/ports.ts";
import { cipherModes } from "../../crypto/can-encrypt.ts";
import { transportFrames } from "../../crypto/frames/frame-layout.ts";
import { hasRelay } from "../../host-values/ice-servers.ts";
import { ForeignCall } from "../foreign/foreign-call.ts";
import { ForeignSource, type ForeignOptions } from "../foreign/foreign-source.ts";
import { parseHash, parseQuery, type ParsedHash, type QuerySwitches } from "./messages.ts";
import { ringMilliseconds, transitionSession } from "./order.ts";
import { newSession, type DeltachatSession, type OwnEffect, type SessionEvent } from "./session.ts";
import { SetUp } from "./set-up.ts";

/** `window.calls`, which an app sets before the scripts of the page run. */
export interface DeltachatCalls {
  startCall(offerSdp: string): void;
  acceptCall(answerSdp: string): void;
  endCall(): void;
  /** JSON of `RTCIceServer[]`. */
  getIceServers(): string | Promise<string>;
  /** URL of the contact's picture. */
  getAvatar?(): string;
}

/** Why a page has no call to show. */
export type PageProblem = "no-host" | Extract<ParsedHash, { ok: false }>["problem"];

type Call = ForeignCall<DeltachatSession, SessionEvent, OwnEffect>;

/**
 * The call page of a Delta Chat app without its DOM. Executes the hash of the page's URL, holds the call, and is the source of
 * calls of a screen. Never throws in the app.
 *
 * @example
 * const host = new DeltachatHost(window.calls, location.search);
 * host.execute(location.hash);
 */
export class DeltachatHost extends ForeignSource<Call> {
  readonly #calls: Partial<DeltachatCalls>;
  readonly #switches: QuerySwitches;
  readonly #options: ForeignOptions;

  /**
   * @param calls `window.calls` as the app has set it, possibly anything.
   * @param search query of the page's URL.
   */
  constructor(
    calls: unknown,
    search: string,
    options: ForeignOptions = {},
    ports: CallPorts = browserPorts,
  ) {
    const switches = parseQuery(search);
    const canShareScreen = options.canShareScreen !== false && switches.video !== "never";
    super({ ...options, canShareScreen }, ports);
    this.#switches = switches;
    this.#options = options;
    // Every member is looked up when it is called.
    this.#calls = typeof calls === "object" && calls !== null ? calls : {};
  }

  /**
   * Executes a command of the app.
   *
   * @param hash `location.hash`, at load and at each `hashchange`, possibly anything.
   * @returns the problem; `null` for success. An existing call continues.
   */
  execute(hash: string): PageProblem | null {
    if (this.isClosed) return null;
    const parsed = parseHash(hash);
    if (parsed === null) return null;
    if (!parsed.ok) return parsed.problem;
    if (typeof this.#calls.startCall !== "function") return "no-host";
    const { command } = parsed;
    const isFree = ["idle", "ended"].includes(this.snapshot.state);
    // A late answer to an ended call is no problem.
    if (isFree && command.type === "answer") return null;
    const call = isFree || this.call === null ? this.#newCall() : this.call;
    call.dispatch({ type: "command", command });
    return null;
  }

  /** URL of the contact's picture; `null` for none. */
  get avatar(): string | null {
    try {
      const address = this.#calls.getAvatar?.();
      return typeof address === "string" && address !== "" ? address : null;
    } catch {
      return null;
    }
  }

  #newCall(): Call {
    const { video, relayOnly } = this.#switches;
    const { needsMark = false, workerUrl = null } = this.#options;
    const { ports } = this;
    const unable = typeof RTCPeerConnection === "function" ? null : "webrtc-unsupported";
    const servers = this.askForServers(() => this.#calls.getIceServers?.());
    const own: CallPorts = {
      ...ports,
      createCipher: (listener) =>
        ports.createCipher(listener, {
          ...{ workerUrl, needsMark, onMainThread: workerUrl === null },
          foreignLayout: (key) => (key === null ? transportFrames : null),
        }),
    };
    const setUp = new SetUp(own, {
      servers,
      canEncrypt: cipherModes().length > 0,
      notify: (call) => {
        this.notifyApp(() => {
          if (call.name === "endCall") this.#calls.endCall?.();
          else this.#calls[call.name]?.(call.sdp);
        });
      },
    });
    const call = this.begin(
      (notify) =>
        new ForeignCall(
          own,
          this.callOptions(relayOnly),
          {
            session: newSession(video, {
              ...this.callSettings(),
              ...{ ringMilliseconds, relayOnly, unable },
            }),
            transition: transitionSession,
            handlers: (parts) => setUp.handlers(parts),
            tick: (name) => ({ type: "tick", name }),
          },
          notify,
        ),
    );
    void servers.then((list) => call.dispatch({ type: "servers-known", hasRelay: hasRelay(list) }));
    return call;
  }
}
