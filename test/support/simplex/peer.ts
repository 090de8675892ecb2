import { importFrameKey } from "./frames.ts";
import type { FrameCounts } from "./frames.ts";
import { browserDevices, LocalMedia } from "./local-media.ts";
import type { PageDevices } from "./local-media.ts";
import { PageCall } from "./page-call.ts";
import { documentTimings } from "./protocol.ts";
import type {
  CallSetup,
  Command,
  HostMessage,
  PageMessage,
  Response,
  Source,
  Timings,
} from "./protocol.ts";
import { now, readInbound, transceiverOf } from "./remote-media.ts";
import type { Inbound } from "./remote-media.ts";
import { Watched } from "./watched.ts";

/** Defects and variants of a page. */
export interface PageVariants {
  /** Milliseconds between the answer being ready and being sent. */
  readonly answersLateBy?: number;
  /** `offer` is taken and never answered. */
  readonly neverAnswers?: boolean;
  /** The reply to `offer` is given twice. */
  readonly answersTwice?: boolean;
  /** B tells its first candidates as `ice`, before the offer, and none with it. */
  readonly sendsCandidatesBeforeOffer?: boolean;
}

export interface PageOptions {
  /** `old`: offers two tracks at most, and leaves the third of four alone when it answers. */
  readonly version?: "current" | "old";
  /** `ios`: the native client. No permission, camera, description and layout; its own way with frames and candidates. */
  readonly platform?: "android" | "desktop" | "ios";
  /** `false`: a browser that cannot encrypt frames. */
  readonly encryption?: boolean;
  readonly devices?: PageDevices;
  readonly timings?: Partial<Timings>;
  readonly variants?: PageVariants;
}

/** Content that the host has requested. */
export interface Shown {
  description: { state: string; description: string } | null;
  layout: "default" | "localVideo" | "remoteVideo";
  permission: { title: string; chrome: string; safari: string } | null;
}

/** SimpleX's own call page, written from `simplex-call-protocol.md` alone: sections 2 to 5. */
export class SimplexPage extends Watched {
  /** Everything that came in and went out, in order. */
  readonly log: ({ readonly in: HostMessage } | { readonly out: PageMessage })[] = [];
  readonly shown: Shown = { description: null, layout: "default", permission: null };
  readonly #options: PageOptions;
  readonly #send: (message: PageMessage) => void;
  readonly #timings: Timings;
  #local: LocalMedia | null = null;
  #call: PageCall | null = null;
  /** Packed lists that came before there was a connection. */
  #kept: string[] = [];

  constructor(options: PageOptions, send: (message: PageMessage) => void) {
    super();
    this.#options = options;
    this.#send = send;
    this.#timings = { ...documentTimings, ...options.timings };
  }

  /** Commands run side by side: `ice` does not wait until `offer` is answered. Never rejects. */
  async processCommand(message: HostMessage): Promise<void> {
    this.log.push({ in: message });
    const { command, corrId } = message;
    const reply = (resp: Response) =>
      this.#report({ ...(corrId !== undefined && { corrId }), resp, command });
    try {
      const resp = await this.#perform(command);
      if (resp === null) return;
      reply(resp);
      if (resp.type === "answer" && this.#options.variants?.answersTwice === true) reply(resp);
    } catch (error) {
      reply({
        type: "error",
        message: `${command.type}: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  /** The user presses the page's own end button. */
  pressEnd(): void {
    this.#report({ resp: { type: "end" } });
  }

  /** The page dies: its connection is gone and nothing is said to anybody. */
  die(): void {
    this.#close();
  }

  /** Returns `true` if there is no connection, or one that is closed. */
  get isClosed(): boolean {
    return this.#call === null || this.#call.connection.connectionState === "closed";
  }

  get isOldPeer(): boolean {
    return this.#call?.isOldPeer === true;
  }

  /** The four directions as they were negotiated, by mid; shorter with an old peer. */
  get directions(): (string | null)[] {
    return (
      this.#call?.connection.getTransceivers().map(({ currentDirection }) => currentDirection) ?? []
    );
  }

  /** The description of this side, once there is one. */
  get localSdp(): string {
    return this.#call?.connection.localDescription?.sdp ?? "";
  }

  /** The other side's, with the candidates that were added to it. */
  get remoteSdp(): string {
    return this.#call?.connection.remoteDescription?.sdp ?? "";
  }

  /** The policy and URLs that the connection was made with. */
  get configuration(): { policy: string | undefined; urls: string[] } {
    const { iceTransportPolicy, iceServers = [] } = this.#call?.connection.getConfiguration() ?? {};
    return { policy: iceTransportPolicy, urls: iceServers.flatMap(({ urls }) => urls) };
  }

  /** Returns the captured track of a source. */
  localTrack(source: Source): MediaStreamTrack | null {
    return this.#local?.track(source) ?? null;
  }

  remoteTrack(source: Source): MediaStreamTrack | null {
    return (this.#call && transceiverOf(this.#call.connection, source)?.receiver.track) ?? null;
  }

  async inbound(source: Source): Promise<Inbound> {
    if (this.#call === null)
      return { bytesReceived: 0, framesDecoded: 0, samples: 0, totalAudioEnergy: 0 };
    return readInbound(this.#call.connection, source);
  }

  /** Frames of this page's own transforms; all 0 without a key. */
  frameCounts(source: Source): FrameCounts {
    return { ...(this.#call?.counts[source] ?? { sealed: 0, opened: 0, dropped: 0 }) };
  }

  /** When the peer's first picture was shown, or its first sound decoded: see `now()`. Sound is looked for every 10 ms. */
  async firstRemoteMedia(media: "audio" | "video"): Promise<number> {
    await this.untilThat(() => this.#call !== null);
    if (media === "video") return this.#call!.view.firstPicture("camera");
    while ((await this.inbound("mic")).samples === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return now();
  }

  async #perform(command: Command): Promise<Response | null> {
    switch (command.type) {
      case "capabilities":
        this.#close();
        await this.#captured(command.media);
        return { type: "capabilities", capabilities: this.#capabilities };
      case "start":
        return this.#start(command);
      case "offer":
        return this.#takeOffer(command, command.offer, command.iceCandidates);
      case "answer":
        if (this.#call === null) throw new Error("call not started");
        await this.#call.takeAnswer(command.answer, command.iceCandidates, this.#takeKept());
        return { type: "ok" };
      case "ice":
        if (this.#call === null) {
          this.#kept.push(command.iceCandidates);
          throw new Error("call not started");
        }
        await this.#call.addCandidates(command.iceCandidates);
        return { type: "ok" };
      case "media":
        await this.#setMedia(command.source, command.enable);
        return { type: "ok" };
      case "end":
        this.#close();
        return { type: "ok" };
      default:
        if (this.#options.platform === "ios") throw new Error("unknown command");
        return this.#show(command);
    }
  }

  /** Features of the pages, absent in the native client. */
  async #show(
    command: Exclude<
      Command,
      { type: "capabilities" | "start" | "offer" | "answer" | "ice" | "media" | "end" }
    >,
  ) {
    switch (command.type) {
      case "camera":
        if (this.#local === null) throw new Error("call not started");
        await this.#local.flip(command.camera);
        await this.#call?.place("camera");
        break;
      case "description":
        this.shown.description = { state: command.state, description: command.description };
        break;
      case "layout":
        this.shown.layout = command.layout;
        break;
      case "permission":
        this.shown.permission = {
          title: command.title,
          chrome: command.chrome,
          safari: command.safari,
        };
        break;
      default:
        throw new Error("unknown command");
    }
    return { type: "ok" } as const;
  }

  async #start(setup: CallSetup): Promise<Response> {
    // The document names no error here: an earlier call gives way, its early candidates belong to this one.
    const kept = this.#takeKept();
    this.#close();
    this.#kept = kept;
    const local = await this.#captured(setup.media);
    const call = await this.#makeCall(setup, local);
    const { offer, iceCandidates } = await call.offer();
    const isEarly = this.#options.variants?.sendsCandidatesBeforeOffer === true;
    if (isEarly)
      this.#report({
        resp: { type: "ice", iceCandidates: await call.packCandidates(iceCandidates) },
      });
    const packed = await call.packCandidates(isEarly ? [] : iceCandidates);
    return { type: "offer", offer, iceCandidates: packed, capabilities: this.#capabilities };
  }

  async #takeOffer(
    setup: CallSetup,
    packedOffer: string,
    candidates: string,
  ): Promise<Response | null> {
    if (this.#call !== null) throw new Error("call already started");
    if (setup.aesKey !== undefined && !this.#capabilities.encryption)
      throw new Error("encryption is not supported");
    const { answersLateBy, neverAnswers } = this.#options.variants ?? {};
    if (neverAnswers === true) return null;
    const local = this.#local ?? (await this.#captured(setup.media));
    const call = await this.#makeCall(setup, local);
    const { answer, iceCandidates } = await call.answer(packedOffer, candidates, this.#takeKept());
    if (answersLateBy !== undefined)
      await new Promise((resolve) => setTimeout(resolve, answersLateBy));
    return { type: "answer", answer, iceCandidates: await call.packCandidates(iceCandidates) };
  }

  async #makeCall(setup: CallSetup, local: LocalMedia): Promise<PageCall> {
    const isUsed = setup.aesKey !== undefined && this.#capabilities.encryption;
    const key = isUsed ? await importFrameKey(setup.aesKey) : null;
    if (this.#local !== local) throw new Error("the call has ended");
    this.#call = new PageCall({
      ...{ setup, key, local, timings: this.#timings },
      isOld: this.#options.version === "old",
      isIos: this.#options.platform === "ios",
      send: (resp) => {
        if (resp.type === "ended") this.#close();
        this.#report({ resp });
      },
      dropCamera: () => void this.#dropCamera(),
    });
    this.look();
    return this.#call;
  }

  async #setMedia(source: Source, enable: boolean): Promise<void> {
    if (this.#local === null) throw new Error("call not started");
    if (source === "camera" && enable && this.#call !== null && !this.#call.takesCamera) {
      throw new Error("the peer's version takes no camera in this call");
    }
    await this.#local.enable(source, enable);
    await this.#call?.place(source);
  }

  /** Section 1's exception: nobody sent this command. */
  async #dropCamera(): Promise<void> {
    await this.#setMedia("camera", false);
    this.#report({
      resp: { type: "ok" },
      command: { type: "media", source: "camera", enable: false },
    });
  }

  async #captured(media: "audio" | "video"): Promise<LocalMedia> {
    const local = new LocalMedia(this.#options.devices ?? browserDevices);
    this.#local = local;
    try {
      await local.capture(media);
    } catch (error) {
      local.stop();
      if (this.#local === local) this.#local = null;
      throw error;
    }
    return local;
  }

  get #capabilities(): { encryption: boolean } {
    return { encryption: this.#options.encryption !== false };
  }

  #takeKept(): string[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }

  #close(): void {
    this.#call?.close();
    this.#local?.stop();
    this.#call = null;
    this.#local = null;
    this.#kept = [];
  }

  #report(message: PageMessage): void {
    this.log.push({ out: message });
    this.#send(message);
    this.look();
  }
}
