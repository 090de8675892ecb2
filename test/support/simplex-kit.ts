import type { CallSnapshot } from "../../src/call/snapshot.ts";
import type { CallNotice, CallTracks } from "../../src/controller/call-source.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { SimplexHost } from "../../src/hosts/simplex/simplex-host.ts";
import type { SimplexHostOptions } from "../../src/hosts/simplex/simplex-host.ts";
import type { CallMediaDevices } from "../../src/media/devices/device-requests.ts";
import { ConnectionSight } from "./connection-sight.ts";
import type { OpenPage } from "./simplex/page-channels.ts";
import { drawnScreen } from "./simplex/local-media.ts";
import type { PageDevices } from "./simplex/local-media.ts";
import type { Source } from "./simplex/protocol.ts";
import { now, readInbound } from "./simplex/remote-media.ts";
import type { Inbound } from "./simplex/remote-media.ts";

/** The worker that knows the other app's frames, as the test server serves it. */
export const compatibleWorkerUrl = new URL(
  "../../src/crypto/worker/compatible-worker.ts",
  import.meta.url,
).href;

/** Our page without a face, to be driven by an app of the test peer. It plays what a screen would play. */
export interface KitPage {
  readonly open: OpenPage;
  readonly host: SimplexHost;
  readonly notices: CallNotice[];
  /** Its connection and its cipher, which the kit keeps to itself. */
  readonly sight: ConnectionSight;
  /** Requests to the devices, such as `camera environment`. */
  readonly asked: readonly string[];
  /** Waits until the call is as the condition wants it; it is looked at after every notice. */
  until(condition: (snapshot: CallSnapshot) => boolean): Promise<CallSnapshot>;
  inbound(source: Source): Promise<Inbound>;
  /** Waits until more of a source is decoded than by now. */
  decodesMore(source: Source): Promise<void>;
  /** Plays everything that the connection receives, whatever the kit makes of it. */
  playAll(): void;
}

export interface KitPageOptions extends SimplexHostOptions {
  /** Timers of the page that ring at another time: milliseconds to milliseconds. */
  readonly timers?: Readonly<Record<number, number>>;
  /** `true` if it hears of a change of network. Two pages in one window would both take it for their own. */
  readonly hearsNetwork?: boolean;
  /** The pitch of its microphone, in Hz, and the colour of its camera, in degrees: what tells two sides apart. */
  readonly tone?: number;
}

export function kitPage({
  timers = {},
  tone = 880,
  hearsNetwork = true,
  ...options
}: KitPageOptions = {}): KitPage {
  let host: SimplexHost | null = null;
  const notices: CallNotice[] = [];
  const watchers = new Set<() => void>();
  const sight = new ConnectionSight();
  const player = new Player();
  const { asked, devices } = drawnDevices(tone);
  const ports: CallPorts = {
    ...sight.ports,
    ...(!hearsNetwork && { watchNetwork: () => () => undefined }),
    setTimer: (milliseconds, ring) =>
      sight.ports.setTimer(timers[milliseconds] ?? milliseconds, ring),
  };
  const inbound = (source: Source) =>
    sight.peer === null ? Promise.resolve(nothing) : readInbound(sight.peer, source);
  /** As the test peer's page takes it: the first picture shown, or the first sample decoded, looked for every 10 ms. */
  const firstRemoteMedia = async (media: "audio" | "video"): Promise<number> => {
    if (media === "video") return player.firstPicture;
    while ((await inbound("mic")).samples === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return now();
  };
  return {
    open({ receive }) {
      const send = (message: unknown) =>
        queueMicrotask(() => receive(JSON.parse(JSON.stringify(message))));
      const own = new SimplexHost(
        send,
        { workerUrl: compatibleWorkerUrl, mediaDevices: devices, ...options },
        ports,
      );
      own.subscribe((notice) => {
        notices.push(notice);
        player.play(own.tracks);
        for (const watcher of watchers) watcher();
      });
      host = own;
      return {
        processCommand: (message) => own.processCommand(JSON.parse(JSON.stringify(message))),
        firstRemoteMedia,
        close: () => {
          own.close();
          player.stop();
        },
      };
    },
    get host() {
      if (host === null) throw new Error("the page is not open");
      return host;
    },
    ...{ notices, sight, asked, inbound },
    until(condition) {
      return new Promise((resolve) => {
        const look = () => {
          if (host === null || !condition(host.snapshot)) return;
          watchers.delete(look);
          resolve(host.snapshot);
        };
        watchers.add(look);
        look();
      });
    },
    async decodesMore(source) {
      const decoded = async () => {
        const { framesDecoded, totalAudioEnergy } = await inbound(source);
        return framesDecoded + totalAudioEnergy;
      };
      const before = await decoded();
      while ((await decoded()) <= before) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    playAll() {
      for (const { receiver } of sight.peer?.getTransceivers() ?? []) player.add(receiver.track);
    },
  };
}

const nothing: Inbound = { bytesReceived: 0, framesDecoded: 0, samples: 0, totalAudioEnergy: 0 };

/** A tone that never stops. In one page the echo cancellation of real devices would take one side's sound for the other's echo. */
export function drawnSound(tone: number): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const out = context.createMediaStreamDestination();
  oscillator.frequency.value = tone;
  oscillator.connect(out);
  oscillator.start();
  const track = out.stream.getAudioTracks()[0]!;
  const stop = track.stop.bind(track);
  track.stop = () => {
    stop();
    void context.close().catch(() => undefined);
  };
  return track;
}

/**
 * Of the drawn camera. A bench sets more frames, because a first picture is late by up to one of them. It sets `isInStep` to
 * `false`. The first frame then comes at any time within the length of one.
 */
export const drawnCamera = { framesPerSecond: 25, isInStep: true };

/** A picture that moves, 320 × 240, in one colour. */
export function drawnPicture(hue: number): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext("2d")!;
  const track = canvas.captureStream(drawnCamera.framesPerSecond).getVideoTracks()[0]!;
  let pictures = 0;
  const draw = () => {
    if (track.readyState === "ended") clearInterval(timer);
    context.fillStyle = `hsl(${hue} 90% ${30 + ((pictures * 7) % 40)}%)`;
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = "white";
    context.fillRect((pictures++ * 11) % 300, 100, 20, 40);
  };
  const interval = 1000 / drawnCamera.framesPerSecond;
  let timer: ReturnType<typeof setInterval>;
  const begin = () => {
    timer = setInterval(draw, interval);
    draw();
  };
  if (drawnCamera.isInStep) begin();
  else setTimeout(begin, Math.random() * interval);
  return track;
}

/** Devices for the kit: what is drawn and played here, and nothing of the browser's own. */
export function drawnDevices(tone: number): {
  readonly asked: string[];
  readonly devices: CallMediaDevices;
} {
  const asked: string[] = [];
  const cameras = ["one", "two"].map((deviceId) => ({
    ...{ kind: "videoinput" as const, deviceId, groupId: "", label: "" },
    toJSON: () => ({}),
  }));
  return {
    asked,
    devices: {
      getUserMedia({ audio, video } = {}) {
        if (audio) asked.push("microphone");
        if (video) asked.push(`camera ${facingOf(video)}`);
        return Promise.resolve(
          new MediaStream([
            ...(audio ? [drawnSound(tone)] : []),
            ...(video ? [drawnPicture(tone / 4)] : []),
          ]),
        );
      },
      getDisplayMedia() {
        asked.push("screen");
        return Promise.resolve(new MediaStream([drawnScreen()]));
      },
      enumerateDevices: () => Promise.resolve(cameras),
    },
  };
}

/** The same for the test peer. */
export function drawnPageDevices(tone = 440): PageDevices {
  return {
    microphone: () => Promise.resolve(drawnSound(tone)),
    camera: () => Promise.resolve(drawnPicture(tone / 4)),
    screen: () => Promise.resolve(drawnScreen()),
  };
}

function facingOf(video: boolean | MediaTrackConstraints): string {
  const { facingMode } = typeof video === "boolean" ? {} : video;
  if (typeof facingMode === "string") return facingMode;
  return facingMode === undefined ? "any" : JSON.stringify(facingMode);
}

/** Chromium decodes sound only where it is played. */
export class Player {
  /** Milliseconds since the epoch. */
  readonly firstPicture: Promise<number>;
  #shown: (time: number) => void = () => undefined;
  readonly #elements = new Map<MediaStreamTrack, HTMLMediaElement>();

  constructor() {
    this.firstPicture = new Promise((resolve) => {
      this.#shown = resolve;
    });
  }

  play({ remoteCamera, remoteMicrophone, remoteScreen, remoteScreenAudio }: CallTracks): void {
    for (const track of [remoteCamera, remoteMicrophone, remoteScreen, remoteScreenAudio]) {
      if (track !== null) this.add(track);
    }
  }

  add(track: MediaStreamTrack): void {
    if (this.#elements.has(track)) return;
    const element = document.createElement(track.kind === "audio" ? "audio" : "video");
    element.autoplay = true;
    if (element instanceof HTMLVideoElement) {
      element.width = 64;
      element.requestVideoFrameCallback(() => this.#shown(now()));
    }
    element.srcObject = new MediaStream([track]);
    document.body.append(element);
    this.#elements.set(track, element);
  }

  stop(): void {
    for (const element of this.#elements.values()) {
      element.srcObject = null;
      element.remove();
    }
    this.#elements.clear();
  }
}
