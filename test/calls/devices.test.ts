import { expect } from "@open-wc/testing";
import type { CallMediaDevices } from "../../src/media/devices/device-requests.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { longIt } from "../support/long-it.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The browser's own fake devices: several microphones, each with a beep of its own. */
const real = navigator.mediaDevices;

/** Waits until a level is as the condition wants it: levels have no notices. */
async function untilLevel(read: () => number, isRight: (level: number) => boolean): Promise<void> {
  while (!isRight(read())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A microphone that hums as loud as the test wants, and a camera that shows one colour. */
class DrawnDevices implements CallMediaDevices {
  readonly #context = new AudioContext();
  readonly #gain = new GainNode(this.#context, { gain: 0 });
  readonly #canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  readonly #painting: ReturnType<typeof setInterval>;
  colour = "black";

  constructor() {
    const hum = new OscillatorNode(this.#context, { frequency: 300 });
    hum.connect(this.#gain);
    hum.start();
    this.#painting = setInterval(() => {
      const context = this.#canvas.getContext("2d")!;
      context.fillStyle = this.colour;
      context.fillRect(0, 0, 64, 48);
    }, 100);
  }

  set loudness(gain: number) {
    this.#gain.gain.value = gain;
  }

  getUserMedia = (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
    const sound = new MediaStreamAudioDestinationNode(this.#context);
    this.#gain.connect(sound);
    const tracks = [
      ...(constraints.audio === undefined ? [] : sound.stream.getAudioTracks()),
      ...(constraints.video === undefined ? [] : this.#canvas.captureStream(10).getVideoTracks()),
    ];
    return Promise.resolve(new MediaStream(tracks));
  };

  enumerateDevices = () => Promise.resolve([]);

  async close(): Promise<void> {
    clearInterval(this.#painting);
    await this.#context.close();
  }
}

describe("the devices of a real call", () => {
  let pair: CallPair;
  const player = new Audio();

  afterEach(() => {
    player.srcObject = null;
    pair.close();
  });

  /** An engine decodes what is played. */
  const play = () => {
    player.srcObject = new MediaStream([pair.b.source.tracks.remoteMicrophone!]);
    void player.play();
  };

  it("are listed once one is open, and changing the microphone needs no signalling", async () => {
    pair = new CallPair();
    expect(pair.a.snapshot.devices.microphones).to.deep.equal([]);
    await pair.connect();
    const { devices } = await pair.a.until((snapshot) => snapshot.devices.microphones.length > 1);
    expect(devices.microphone).to.equal(
      (await real.enumerateDevices()).find(({ kind }) => kind === "audioinput")?.deviceId,
    );
    const { id } = devices.microphones.at(-1)!;
    const [said, opened] = [pair.a.sent.length, pair.b.snapshot.protection.opened];
    await pair.a.source.perform({ type: "choose-device", device: "microphone", id });
    expect([
      pair.a.snapshot.devices.microphone,
      pair.a.snapshot.local.microphone.state,
    ]).to.deep.equal([id, "on"]);
    await pair.b.until(({ protection }) => protection.opened > opened + 100);
    expect([pair.a.sent.length, pair.a.errors]).to.deep.equal([said, []]);
  });

  longIt("tell how loud both sides are, and nothing of a microphone that is off", async () => {
    pair = new CallPair();
    await pair.connect();
    await pair.b.until(() => pair.b.source.tracks.remoteMicrophone !== null);
    play();
    const { levels } = pair.a.source;
    await untilLevel(levels.microphone, (level) => level > 0.01);
    await untilLevel(pair.b.source.levels.remote, (level) => level > 0.01);
    await pair.a.source.perform({ type: "set-device", device: "microphone", on: false });
    expect(levels.microphone()).to.equal(0);
    // Silence goes on being sent, and is heard as silence.
    for (let quiet = 0; quiet < 10;) {
      quiet = pair.b.source.levels.remote() < 0.001 ? quiet + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  longIt(
    "that the system takes are reported to the other side, are asked for again when the page is seen, and come back",
    async () => {
      const tracks: MediaStreamTrack[] = [];
      const mediaDevices: CallMediaDevices = {
        getUserMedia: async (constraints) => {
          const stream = await real.getUserMedia(constraints);
          tracks.push(...stream.getTracks());
          return stream;
        },
        enumerateDevices: () => real.enumerateDevices(),
      };
      pair = new CallPair({ a: new Side({ mediaDevices }) });
      await pair.connect("video");
      await pair.a.until(({ local }) => local.camera.state === "on");
      await pair.b.until(({ remote }) => remote.microphone && remote.camera);
      // No engine takes a device where a page asks it to: `muted` is what it would say.
      const taken = [...tracks];
      for (const track of taken) {
        Object.defineProperty(track, "muted", { configurable: true, value: true });
        track.dispatchEvent(new Event("mute"));
      }
      const { remote } = await pair.b.until((one) => one.remote.interrupted?.length === 2);
      expect([remote.microphone, remote.camera]).to.deep.equal([false, false]);
      expect(pair.a.snapshot.local.microphone).to.deep.equal({
        state: "interrupted",
        problem: null,
      });
      document.dispatchEvent(new Event("visibilitychange"));
      await pair.b.until((one) => one.remote.microphone && one.remote.camera);
      expect(taken.map(({ readyState }) => readyState)).to.deep.equal(["ended", "ended"]);
      const { protection } = pair.b.snapshot;
      await pair.b.until((one) => one.protection.opened > protection.opened + 100);
      expect([pair.a.errors, pair.b.errors]).to.deep.equal([[], []]);
    },
  );

  it("share a screen that is paused as a still, goes on, and is replaced by another without an end", async () => {
    const drawn = (colour: string) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
      const context = canvas.getContext("2d")!;
      const painting = setInterval(() => {
        context.fillStyle = colour;
        context.fillRect(0, 0, 64, 48);
      }, 50);
      const stop = () => {
        clearInterval(painting);
      };
      return { paint: (next: string) => (colour = next), stream: canvas.captureStream(20), stop };
    };
    const screens = [drawn("red"), drawn("blue")];
    let asked = 0;
    const mediaDevices: CallMediaDevices = {
      getUserMedia: (constraints) => real.getUserMedia(constraints),
      enumerateDevices: () => real.enumerateDevices(),
      getDisplayMedia: () => Promise.resolve(screens[asked++]!.stream),
    };
    pair = new CallPair({ a: new Side({ mediaDevices }) });
    await pair.connect("audio");
    await pair.a.source.perform({ type: "set-device", device: "screen", on: true });
    await pair.b.until(() => pair.b.source.tracks.remoteScreen !== null);
    const seen = Object.assign(document.createElement("video"), { muted: true });
    seen.srcObject = new MediaStream([pair.b.source.tracks.remoteScreen!]);
    await seen.play();
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    const shows = () => {
      context.drawImage(seen, 0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
      const most = Math.max(red, green, blue);
      return most < 60 ? "nothing" : red === most ? "red" : green === most ? "green" : "blue";
    };
    const untilShown = async (colour: string) => {
      while (shows() !== colour) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await untilShown("red");
    const own = screens.flatMap(({ stream }) => stream.getTracks());
    const usual = RTCRtpSender.prototype.replaceTrack;
    const placed: (MediaStreamTrack | null)[] = [];
    RTCRtpSender.prototype.replaceTrack = function (track) {
      placed.push(track);
      return usual.call(this, track);
    };
    const isStill = (track: MediaStreamTrack | null) =>
      track?.kind === "video" && !own.includes(track);
    try {
      await pair.a.source.perform({ type: "pause-screen", on: true });
      await pair.b.until(({ remote }) => remote.screenPaused === true);
      // Nothing of the screen is sent while the still is made.
      expect(placed.some((track) => track !== null && own.includes(track))).to.equal(false);
      await waitUntil(() => placed.some(isStill), "no still is sent");
      expect(placed.findIndex(isStill)).to.be.greaterThan(placed.indexOf(null));
    } finally {
      RTCRtpSender.prototype.replaceTrack = usual;
    }
    screens[0]!.paint("lime");
    const { opened } = pair.b.snapshot.protection;
    // What is seen is sealed and sent like any picture, and shows nothing of what was painted since.
    await pair.b.until(({ protection }) => protection.opened > opened + 150);
    expect(shows()).to.equal("red");
    await pair.a.source.perform({ type: "pause-screen", on: false });
    await untilShown("green");
    expect(pair.b.snapshot.remote).not.to.have.property("screenPaused");
    await pair.a.source.perform({ type: "change-screen" });
    await untilShown("blue");
    expect(pair.a.snapshot.local.screen.state).to.equal("on");
    expect(screens[0]!.stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal([
      "ended",
    ]);
    expect([pair.a.errors, pair.b.errors]).to.deep.equal([[], []]);
    seen.srcObject = null;
    for (const screen of screens) screen.stop();
  });

  it("end a shared screen whole where the browser's own bar stops it in a pause: its still goes with it", async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
    canvas.getContext("2d")!.fillRect(0, 0, 64, 48);
    const stream = canvas.captureStream(20);
    const mediaDevices: CallMediaDevices = {
      getUserMedia: (constraints) => real.getUserMedia(constraints),
      enumerateDevices: () => real.enumerateDevices(),
      getDisplayMedia: () => Promise.resolve(stream),
    };
    const usual = RTCRtpSender.prototype.replaceTrack;
    let last: MediaStreamTrack | null = null;
    RTCRtpSender.prototype.replaceTrack = function (track) {
      if (track?.kind === "video") last = track;
      return usual.call(this, track);
    };
    try {
      pair = new CallPair({ a: new Side({ mediaDevices }) });
      await pair.connect("audio");
      const share = { type: "set-device", device: "screen", on: true } as const;
      await pair.a.source.perform(share);
      await pair.b.until(({ remote }) => remote.screen);
      const [own] = stream.getTracks();
      await pair.a.source.perform({ type: "pause-screen", on: true });
      await waitUntil(() => last !== null && last !== own, "no still is sent");
      // What the bar does: the engine ends the track, and tells.
      own!.stop();
      own!.dispatchEvent(new Event("ended"));
      const { remote } = await pair.b.until((one) => !one.remote.screen);
      expect(remote).not.to.have.property("screenPaused");
      expect(pair.a.snapshot.local).not.to.have.property("screenPaused");
      expect(pair.a.snapshot.local.screen.state).to.equal("off");
      expect((last as MediaStreamTrack | null)?.readyState).to.equal("ended");
      expect([pair.a.errors, pair.b.errors]).to.deep.equal([[], []]);
    } finally {
      RTCRtpSender.prototype.replaceTrack = usual;
    }
  });

  it("switch the noise suppression for real, and back", async () => {
    pair = new CallPair();
    await pair.connect();
    await pair.a.until(({ voice }) => voice.noiseSuppression === true);
    for (const on of [false, true]) {
      await pair.a.source.perform({ type: "set-voice", feature: "noiseSuppression", on });
      expect([
        pair.a.snapshot.voice.noiseSuppression,
        pair.a.snapshot.local.microphone.state,
      ]).to.deep.equal([on, "on"]);
    }
  });

  longIt(
    "give hints for a silent microphone, a black camera, and speaking while muted",
    async () => {
      const drawn = new DrawnDevices();
      pair = new CallPair({ a: new Side({ mediaDevices: drawn }) });
      await pair.connect("video");
      const { hints } = await pair.a.until((snapshot) => snapshot.hints.length === 2);
      expect(hints).to.deep.equal(["microphone-silent", "camera-black"]);
      drawn.colour = "green";
      drawn.loudness = 0.2;
      await pair.a.until((snapshot) => snapshot.hints.length === 0);
      await pair.a.source.perform({ type: "set-device", device: "microphone", on: false });
      // Words, and pauses between them.
      let isWord = false;
      const speech = setInterval(() => {
        isWord = !isWord;
        drawn.loudness = isWord ? 0.3 : 0.001;
      }, 700);
      const reported = await pair.a.until((snapshot) => snapshot.hints.length > 0);
      clearInterval(speech);
      expect(reported.hints).to.deep.equal(["speaking-while-muted"]);
      await pair.a.source.perform({ type: "set-device", device: "microphone", on: true });
      expect(pair.a.snapshot.hints).to.deep.equal([]);
      await drawn.close();
    },
  );

  longIt("are the same ones after a hold, and in the next call of the page", async () => {
    pair = new CallPair();
    await pair.connect();
    const { devices } = await pair.a.until((snapshot) => snapshot.devices.microphones.length > 1);
    const { id } = devices.microphones.at(-1)!;
    await pair.a.source.perform({ type: "choose-device", device: "microphone", id });
    await pair.a.source.perform({ type: "hold" });
    await pair.a.source.perform({ type: "resume" });
    expect(pair.a.snapshot.devices.microphone).to.equal(id);
    await pair.a.source.perform({ type: "hang-up" });
    await pair.b.untilState("ended");
    await pair.connect();
    expect(pair.a.snapshot.devices.microphone).to.equal(id);
  });
});
