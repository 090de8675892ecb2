import { drawnPageDevices, Player } from "../simplex-kit.ts";
import type { PageDevices } from "../simplex/local-media.ts";
import type { HostCalls, OpenedPage, OpenPage } from "./app.ts";

/** The waits of the document, in milliseconds. */
export interface PeerTimings {
  readonly reflexive: number;
  readonly grace: number;
  readonly restart: number;
}
const documentTimings: PeerTimings = { reflexive: 150, grace: 3000, restart: 8000 };

/** Features and defects of a version of the page. */
export interface PeerOptions {
  /** `true` if it has the channel `mutedState`: older ones do not. Default true. */
  readonly mutedState?: boolean;
  /** `true` if it has the channel `renegotiation`: since July 2026, on Android. Default true. */
  readonly renegotiation?: boolean;
  /** `true` if its camera opens with the call. Default true. */
  readonly video?: boolean;
  /** Says this on every channel as soon as it is open. */
  readonly garbage?: readonly string[];
  readonly devices?: PageDevices;
  readonly timings?: Partial<PeerTimings>;
}

/** Received media of one kind, as the browser counts it. */
export interface Arrived {
  readonly framesDecoded: number;
  readonly totalAudioEnergy: number;
  readonly bytesReceived: number;
}

interface Muted {
  readonly audioEnabled: boolean;
  readonly videoEnabled: boolean;
}

/** Delta Chat's own call page, written from `deltachat-call-protocol.md` alone. */
export class DeltachatPeer implements OpenedPage {
  readonly options: PeerOptions;
  readonly #calls: HostCalls;
  readonly #timings: PeerTimings;
  readonly #channels = new Map<number, RTCDataChannel>();
  readonly #peer: RTCPeerConnection;
  readonly player = new Player();
  /** Everything that came on a channel: `3 {"audioEnabled":true,…}`. */
  readonly heard: string[] = [];
  remoteMuted: Muted | null = null;
  /** Number of offers of a new path it has made, and answered. */
  readonly paths = { offered: 0, answered: 0, requested: 0 };
  #role: "caller" | "callee" | null = null;
  #ringing: string | null = null;
  #microphone: MediaStreamTrack | null = null;
  #camera: MediaStreamTrack | null = null;
  #early: (RTCIceCandidateInit | null)[] = [];
  #isOut = false;
  #tries = 0;
  #isRestarting = false;

  constructor(calls: HostCalls, options: PeerOptions = {}) {
    this.#calls = calls;
    this.options = options;
    this.#timings = { ...documentTimings, ...options.timings };
    this.#peer = new RTCPeerConnection({ bundlePolicy: "max-bundle", iceCandidatePoolSize: 1 });
  }

  static opener(options: PeerOptions = {}): {
    readonly open: OpenPage;
    readonly peer: () => DeltachatPeer;
  } {
    let made: DeltachatPeer | null = null;
    return {
      open: (calls) => (made = new DeltachatPeer(calls, options)),
      peer: () => made!,
    };
  }

  get connection(): RTCPeerConnection {
    return this.#peer;
  }

  /** Returns `true` if the answer screen is shown. */
  get isRinging(): boolean {
    return this.#ringing !== null;
  }

  takeHash(hash: string): void {
    // The whole hash is decoded once, then split.
    const text = decodeURIComponent(hash.slice(1));
    const at = text.indexOf("=");
    const [name, payload] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
    switch (name) {
      case "startCall":
        void this.#start();
        break;
      case "offerIncomingCall":
        this.#ringing = atob(payload);
        break;
      case "acceptCall":
        void this.#accept(atob(payload));
        break;
      case "onAnswer":
        void this.#peer.setRemoteDescription({ type: "answer", sdp: atob(payload) });
        break;
    }
  }

  /** The person presses the button of the answer screen. */
  pressAccept(): void {
    if (this.#ringing !== null) void this.#accept(this.#ringing);
    this.#ringing = null;
  }

  pressEnd(): void {
    this.#calls.endCall();
    this.close();
  }

  async mute(device: "microphone" | "camera", on: boolean): Promise<void> {
    if (device === "microphone" && this.#microphone !== null) this.#microphone.enabled = on;
    if (device === "camera") {
      if (!on) this.#camera?.stop();
      this.#camera = on ? await this.#devices.camera("user") : null;
      const sender = this.#transceiver("video").sender;
      await sender.replaceTrack(this.#camera);
    }
    this.#sendMuted();
  }

  async arrived(kind: "audio" | "video"): Promise<Arrived> {
    const nothing = { framesDecoded: 0, totalAudioEnergy: 0, bytesReceived: 0 };
    if (this.#peer.connectionState === "closed") return nothing;
    for (const stats of (await this.#peer.getStats()).values() as Iterable<
      Record<string, unknown>
    >) {
      if (stats.type === "inbound-rtp" && stats.kind === kind)
        return { ...nothing, ...(stats as Partial<Arrived>) };
    }
    return nothing;
  }

  /** Looks for a new path, as on a change of the system's network. */
  changeNetwork(): void {
    void this.#newPath();
  }

  say(id: number, text: string): void {
    this.#channels.get(id)?.send(text);
  }

  /** Closes all of its channels, whose streams end on the other side, too (RFC 8831 section 6.7). */
  closeChannels(): void {
    for (const channel of this.#channels.values()) channel.close();
  }

  close(): void {
    this.#microphone?.stop();
    this.#camera?.stop();
    this.#peer.close();
    this.player.stop();
  }

  get #devices(): PageDevices {
    return this.options.devices ?? drawnPageDevices();
  }

  async #start(): Promise<void> {
    this.#role = "caller";
    const sent = this.#gathered();
    for (const kind of ["video", "audio"] as const)
      this.#peer.addTransceiver(kind, { direction: "sendrecv" });
    await this.#open();
    await this.#peer.setLocalDescription();
    this.#calls.startCall(await sent);
    this.#isOut = true;
  }

  async #accept(offer: string): Promise<void> {
    this.#role = "callee";
    const sent = this.#gathered();
    await this.#prepare();
    await this.#peer.setRemoteDescription({ type: "offer", sdp: offer });
    await this.#capture();
    await this.#peer.setLocalDescription();
    this.#calls.acceptCall(await sent);
    this.#isOut = true;
  }

  async #open(): Promise<void> {
    await this.#prepare();
    await this.#capture();
  }

  async #capture(): Promise<void> {
    this.#microphone = await this.#devices.microphone();
    this.#camera = this.options.video === false ? null : await this.#devices.camera("user");
    const stream = new MediaStream();
    for (const track of [this.#microphone, this.#camera]) {
      if (track !== null) this.#peer.addTrack(track, stream);
    }
    for (const transceiver of this.#peer.getTransceivers()) transceiver.direction = "sendrecv";
  }

  async #prepare(): Promise<void> {
    const servers = JSON.parse(await this.#calls.getIceServers()) as RTCIceServer[];
    this.#peer.setConfiguration({
      ...{ iceServers: servers, bundlePolicy: "max-bundle", iceCandidatePoolSize: 1 },
    });
    const { mutedState = true, renegotiation = true } = this.options;
    this.#openChannel("iceTrickling", 1, (text) => {
      const candidate = JSON.parse(text) as RTCIceCandidateInit | null;
      void this.#peer.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    });
    if (mutedState)
      this.#openChannel("mutedState", 3, (text) => {
        this.remoteMuted = JSON.parse(text) as Muted;
      });
    if (renegotiation)
      this.#openChannel("renegotiation", 5, (text) => void this.#renegotiated(text));
    this.#peer.addEventListener("track", ({ track }) => {
      this.player.add(track);
    });
    this.#peer.addEventListener("connectionstatechange", () => {
      if (this.#peer.connectionState === "connected") this.#tries = 0;
      if (this.#peer.connectionState === "disconnected")
        setTimeout(() => void this.#restartIfLost(), this.#timings.grace);
    });
  }

  #openChannel(label: string, id: number, received: (text: string) => void): void {
    const channel = this.#peer.createDataChannel(label, { negotiated: true, id });
    this.#channels.set(id, channel);
    channel.addEventListener("message", ({ data }) => {
      this.heard.push(`${id} ${String(data)}`);
      received(String(data));
    });
    channel.addEventListener("open", () => {
      for (const text of this.options.garbage ?? []) channel.send(text);
      if (id === 1)
        for (const candidate of this.#early.splice(0)) channel.send(JSON.stringify(candidate));
      if (id === 3) this.#sendMuted();
    });
  }

  /** The description with candidates in it: at the first relay where a relay is configured, soon after the first reflexive one, or at the end. */
  #gathered(): Promise<string> {
    return new Promise((resolve) => {
      const send = () => resolve(this.#peer.localDescription!.sdp);
      this.#peer.addEventListener("icecandidate", ({ candidate }) => {
        const init = candidate?.toJSON() ?? null;
        if (this.#isOut) {
          const channel = this.#channels.get(1)!;
          if (channel.readyState === "open") channel.send(JSON.stringify(init));
          else this.#early.push(init);
        }
        if (candidate === null) send();
        const urls = this.#peer.getConfiguration().iceServers?.flatMap((one) => one.urls) ?? [];
        const hasRelay = urls.some((url) => url.startsWith("turn:"));
        if (candidate?.type === "relay") send();
        if (candidate?.type === "srflx" && !hasRelay) setTimeout(send, this.#timings.reflexive);
      });
    });
  }

  #sendMuted(): void {
    const channel = this.#channels.get(3);
    if (channel?.readyState !== "open") return;
    const muted = {
      audioEnabled: this.#microphone?.enabled === true,
      videoEnabled: this.#camera !== null,
    };
    channel.send(JSON.stringify(muted));
  }

  async #restartIfLost(): Promise<void> {
    if (["disconnected", "failed"].includes(this.#peer.connectionState)) await this.#newPath();
  }

  /** Only the first caller offers; the callee asks. */
  async #newPath(): Promise<void> {
    const channel = this.#channels.get(5);
    if (channel?.readyState !== "open" || this.#tries >= 3) return;
    this.#tries += 1;
    if (this.#role === "callee") {
      this.paths.requested += 1;
      channel.send(JSON.stringify({ type: "restart-request" }));
    } else if (!this.#isRestarting) {
      this.#isRestarting = true;
      this.paths.offered += 1;
      await this.#peer.setLocalDescription(await this.#peer.createOffer({ iceRestart: true }));
      channel.send(JSON.stringify({ type: "offer", sdp: this.#peer.localDescription!.sdp }));
    }
    setTimeout(() => {
      this.#isRestarting = false;
      void this.#restartIfLost();
    }, this.#timings.restart);
  }

  async #renegotiated(text: string): Promise<void> {
    const message = JSON.parse(text) as { type: string; sdp: string };
    const channel = this.#channels.get(5)!;
    if (message.type === "restart-request" && this.#role === "caller") await this.#newPath();
    if (message.type === "answer" && this.#peer.signalingState === "have-local-offer") {
      await this.#peer.setRemoteDescription({ type: "answer", sdp: message.sdp });
      this.#isRestarting = false;
    }
    if (message.type === "offer" && this.#role === "callee") {
      await this.#peer.setRemoteDescription({ type: "offer", sdp: message.sdp });
      await this.#peer.setLocalDescription();
      this.paths.answered += 1;
      channel.send(JSON.stringify({ type: "answer", sdp: this.#peer.localDescription!.sdp }));
    }
  }

  #transceiver(kind: "audio" | "video"): RTCRtpTransceiver {
    return this.#peer.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)!;
  }
}
