import { callStates } from "./call-states.ts";
import type { CallState, ChatItem } from "./call-states.ts";
import { CallView } from "./call-view.ts";
import type { ChatEnd, ChatMessage } from "./chat.ts";
import type { OpenPage, PageChannel } from "./page-channels.ts";
import { CallKeys, wrongKey } from "./keys.ts";
import { PageLine } from "./page-line.ts";
import type {
  CallMedia,
  CallSetup,
  Command,
  Facing,
  PageMessage,
  Response,
  Source,
} from "./protocol.ts";
import { Watched } from "./watched.ts";

export interface AppOptions {
  /** `none`: this app gives no public key. `wrong`: it comes to another key than its peer. */
  readonly key?: "key" | "none" | "wrong";
  /** The apps' own default is true; here it is absent, since test browsers have no TURN server. */
  readonly relay?: boolean;
  readonly iceServers?: RTCIceServer[];
  /** Announced: this app and its contact know of paths that come back. */
  readonly reconnect?: boolean;
  /** `true` if the page gets every state with `description`. Default true. */
  readonly describes?: boolean;
  /** Today's apps never set `corrId`. */
  readonly corrIds?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

interface Call {
  readonly id: string;
  readonly media: CallMedia;
  readonly isCaller: boolean;
  keys: CallKeys | null;
  aesKey: string | null;
  readonly view: CallView;
}

/** A callee rings only for invitations up to 3 minutes old. Milliseconds. */
const ringLimit = 180_000;

const refusedCapture: Command = {
  type: "permission",
  title: "No access",
  chrome: "Chrome: allow",
  safari: "Safari: allow",
};

/** SimpleX's host app with the page that it drives, whatever page that is: sections 4 and 6. */
export class SimplexApp extends Watched implements ChatEnd {
  sendChat: (message: ChatMessage) => void = () => undefined;
  state: CallState | null = null;
  /** Every state there was. */
  readonly states: CallState[] = [];
  isRinging = false;
  /** Views of its calls, the last one at the end. */
  readonly views: CallView[] = [];
  /** The sources of the peer that its page says are on. */
  readonly peerMedia = new Set<Source>();
  readonly line: PageLine;
  readonly #options: AppOptions;
  #call: Call | null = null;
  #isMicrophoneOn = true;
  /** Chat messages are taken one after the other: a key that is derived holds what comes behind. */
  #taking: Promise<void> = Promise.resolve();

  private constructor(options: AppOptions) {
    super();
    this.#options = options;
    this.line = new PageLine(options.corrIds === true, (message) => this.#fromPage(message));
  }

  static async open(open: OpenPage, options: AppOptions = {}): Promise<SimplexApp> {
    const app = new SimplexApp(options);
    app.line.open(
      await open({ receive: (message) => app.line.receive(message), gone: () => app.end() }),
    );
    return app;
  }

  get page(): PageChannel {
    return this.line.page;
  }

  /** Messages of the page, without invalid ones. */
  get received(): readonly PageMessage[] {
    return this.line.received;
  }

  /** Undocumented messages of the page, and inaccurate views of the app. */
  get violations(): readonly string[] {
    return [...this.line.violations, ...this.views.flatMap(({ untruths }) => untruths)];
  }

  /** Of the call that is, or was. */
  get view(): CallView {
    const view = this.views.at(-1);
    if (view === undefined) throw new Error("there was no call");
    return view;
  }

  get chatItem(): ChatItem | null {
    return this.views.at(-1)?.item ?? null;
  }

  /** Of the call that is, or was. */
  get aesKey(): string | null {
    return this.#call?.aesKey ?? null;
  }

  call(media: CallMedia): void {
    this.#begin(crypto.randomUUID(), media, true);
    this.#enter("WaitCapabilities");
    this.line.send({ type: "capabilities", media });
  }

  accept(): void {
    const call = this.#call;
    if (call === null || !this.isRinging) throw new Error("nothing rings");
    this.isRinging = false;
    this.#enter("InvitationAccepted");
    this.line.send({ type: "start", ...this.#setup(call) });
  }

  /** The caller is not notified. */
  reject(): void {
    if (!this.isRinging) throw new Error("nothing rings");
    this.isRinging = false;
    this.#keepItem("rejected");
    this.#call = null;
  }

  end(): void {
    const call = this.#call;
    if (call === null) return;
    this.#sendEnd(call);
    this.line.send({ type: "end" });
    this.#settle(call);
  }

  /** Sends a command outside of the call's own order, and waits for its reply. */
  async command(command: Command): Promise<Response> {
    return (await this.line.request(command)).resp;
  }

  async media(source: Source, enable: boolean): Promise<Response> {
    if (source === "mic") this.#isMicrophoneOn = enable;
    return this.command({ type: "media", source, enable });
  }

  /** A microphone that was off is switched off again, since a page may have captured anew. */
  async flip(camera: Facing): Promise<Response> {
    const reply = await this.command({ type: "camera", camera });
    if (!this.#isMicrophoneOn) await this.media("mic", false);
    return reply;
  }

  /** Waits until the app is in this state, or has been. */
  until(state: CallState): Promise<void> {
    return this.untilThat(() => this.states.includes(state));
  }

  /** Waits for a message of the page, from the beginning on. */
  async untilResponse(predicate: (message: PageMessage) => boolean): Promise<PageMessage> {
    await this.untilThat(() => this.received.some(predicate));
    return this.received.find(predicate)!;
  }

  /** Ends the call and closes the page. */
  close(): void {
    this.end();
    this.page.close();
  }

  receiveChat(message: ChatMessage): void {
    this.#taking = this.#taking.then(() => this.#take(message)).finally(() => this.look());
  }

  async #take(message: ChatMessage): Promise<void> {
    if (message.type === "x.call.inv") return this.#takeInvitation(message);
    const call = this.#call;
    if (call?.id !== message.callId) return;
    switch (message.type) {
      case "x.call.offer": {
        this.#enter("OfferReceived");
        this.#keepItem("accepted");
        await this.#agree(call, message.publicKey);
        const { offer, iceCandidates } = message;
        this.line.send({ type: "offer", offer, iceCandidates, ...this.#setup(call) });
        break;
      }
      case "x.call.answer":
        // A copy of it does not take the call back.
        if (this.state === "OfferSent") this.#enter("AnswerReceived");
        this.line.send({
          type: "answer",
          answer: message.answer,
          iceCandidates: message.iceCandidates,
        });
        break;
      case "x.call.extra":
        this.line.send({ type: "ice", iceCandidates: message.iceCandidates });
        break;
      case "x.call.end":
        // A page that only rang was never notified of a call.
        if (!this.isRinging) this.line.send({ type: "end" });
        this.#settle(call);
        break;
    }
  }

  async #takeInvitation({
    callId,
    media,
    publicKey,
    sentAt,
  }: Extract<ChatMessage, { type: "x.call.inv" }>): Promise<void> {
    if (this.#call !== null) return;
    const call = this.#begin(callId, media, false);
    this.#keepItem("pending");
    if (this.#now() - sentAt > ringLimit) {
      this.#settle(call);
      return;
    }
    if (this.#options.key !== "none") call.keys = await CallKeys.make();
    await this.#agree(call, publicKey);
    this.isRinging = true;
  }

  #fromPage({ resp, command }: PageMessage): void {
    const call = this.#call;
    if (call !== null) void this.#heed(call, resp, command).finally(() => this.look());
    this.look();
  }

  async #heed(call: Call, resp: Response, command: Command | undefined): Promise<void> {
    switch (resp.type) {
      case "capabilities":
        return this.#invite(call, resp.capabilities.encryption);
      case "offer": {
        const { offer, iceCandidates, capabilities } = resp;
        const publicKey = capabilities.encryption ? publicKeyOf(call) : {};
        this.sendChat({
          callId: call.id,
          type: "x.call.offer",
          offer,
          iceCandidates,
          ...publicKey,
        });
        this.#keepItem("accepted");
        this.#enter("OfferSent");
        break;
      }
      case "answer":
        this.sendChat({
          callId: call.id,
          type: "x.call.answer",
          answer: resp.answer,
          iceCandidates: resp.iceCandidates,
        });
        this.#negotiated();
        break;
      case "ice":
        this.sendChat({ callId: call.id, type: "x.call.extra", iceCandidates: resp.iceCandidates });
        break;
      case "connection":
        call.view.connection(resp.state.connectionState, this.#now());
        if (resp.state.connectionState === "connected") this.#connected();
        break;
      case "connected":
        this.#connected();
        break;
      case "peerMedia":
        if (resp.enabled) this.peerMedia.add(resp.source);
        else this.peerMedia.delete(resp.source);
        break;
      case "end":
        this.end();
        break;
      case "ended":
        this.#sendEnd(call);
        this.#settle(call);
        break;
      case "ok":
        if (command?.type === "answer") this.#negotiated();
        break;
      case "error":
        if (command?.type === "capabilities" || command?.type === "start")
          this.line.send(refusedCapture);
    }
  }

  async #invite(call: Call, canEncrypt: boolean): Promise<void> {
    if (canEncrypt && this.#options.key !== "none") call.keys = await CallKeys.make();
    if (this.#call !== call) return;
    this.sendChat({
      callId: call.id,
      type: "x.call.inv",
      media: call.media,
      sentAt: this.#now(),
      ...publicKeyOf(call),
    });
    this.#keepItem("pending");
    this.#enter("InvitationSent");
  }

  #negotiated(): void {
    if (this.state === "Connected" || this.state === "Negotiated") return;
    this.#enter("Negotiated");
  }

  #connected(): void {
    if (this.state !== "Connected") this.#enter("Connected");
  }

  /** Where either public key is missing, both run without frame encryption. */
  async #agree(call: Call, publicKey: string | undefined): Promise<void> {
    if (publicKey === undefined || call.keys === null) return;
    const aesKey = await call.keys.aesKey(publicKey);
    call.aesKey = this.#options.key === "wrong" ? wrongKey(aesKey) : aesKey;
  }

  #setup({ media, aesKey }: Call): CallSetup {
    const { iceServers, reconnect, relay } = this.#options;
    return {
      media,
      ...(aesKey !== null && { aesKey }),
      ...(iceServers && { iceServers }),
      ...(relay !== undefined && { relay }),
      ...(reconnect === true && { reconnect }),
    };
  }

  #begin(id: string, media: CallMedia, isCaller: boolean): Call {
    if (this.#call !== null) throw new Error("there is a call");
    const view = new CallView(this.#options.reconnect === true);
    const call: Call = { ...{ id, media, isCaller, view }, keys: null, aesKey: null };
    this.#call = call;
    this.views.push(view);
    this.states.length = 0;
    this.peerMedia.clear();
    this.#isMicrophoneOn = true;
    return call;
  }

  #settle(call: Call): void {
    if (this.#call !== call) return;
    call.view.settle(this.#now());
    this.isRinging = false;
    this.#call = null;
    this.#enter("Ended");
  }

  #enter(state: CallState): void {
    this.state = state;
    this.states.push(state);
    if (this.#call !== null && this.#options.describes !== false) {
      const description = this.#call.aesKey === null ? "no e2e encryption" : "e2e encrypted";
      this.line.send({ type: "description", state: callStates[state], description });
    }
    this.look();
  }

  #keepItem(status: ChatItem["status"]): void {
    this.#call?.view.keep(status, this.#now());
  }

  #sendEnd({ id }: Call): void {
    this.sendChat({ type: "x.call.end", callId: id });
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function publicKeyOf({ keys }: Call): { publicKey?: string } {
  return keys === null ? {} : { publicKey: keys.publicKey };
}
