import { expect } from "@open-wc/testing";
import type { Sense } from "../../../src/call/state/devices.ts";
import { Senses, samplePicture } from "../../../src/media/devices/senses.ts";
import { FakeTrack } from "../../support/fake-devices.ts";
import { longIt } from "../../support/long-it.ts";

let context: AudioContext;
let hum: GainNode;
let microphone: MediaStreamTrack;
let copies: MediaStreamTrack[];
let reported: Sense[];
let watchers: (() => void)[];
let senses: Senses;

/** A host's counts: how much has been heard of the microphone, and how loud the other side is. */
let counts: { audioLevel?: number; totalAudioEnergy?: number; totalSamplesDuration?: number };
let reads: number;
let camera: MediaStreamTrack | null;

const getStats = () => {
  reads += 1;
  const entries = [
    { type: "inbound-rtp", ...counts },
    { type: "media-source", ...counts },
  ];
  // The code under test reads no more of a report than its values.
  return Promise.resolve(new Map(Object.entries(entries)) as unknown as RTCStatsReport);
};

/** Waits until the last report is as the condition wants it. */
const until = (condition: (last: Sense) => boolean) =>
  new Promise<void>((resolve) => {
    watchers.push(() => {
      const last = reported.at(-1);
      if (last !== undefined && condition(last)) resolve();
    });
  });

beforeEach(async () => {
  context = new AudioContext();
  await context.resume();
  hum = new GainNode(context, { gain: 0.5 });
  const source = new OscillatorNode(context);
  const out = new MediaStreamAudioDestinationNode(context);
  source.connect(hum).connect(out);
  source.start();
  [microphone] = out.stream.getAudioTracks() as [MediaStreamTrack];
  copies = [];
  const clone = microphone.clone.bind(microphone);
  microphone.clone = () => {
    const copy = clone();
    copies.push(copy);
    return copy;
  };
  [camera, counts, reads, reported, watchers] = [null, {}, 0, [], []];
  const track = (device: string) => (device === "camera" ? camera : microphone);
  // Of sender and receiver, nothing else is used.
  const sound = { sender: { getStats }, receiver: { getStats } } as unknown as RTCRtpTransceiver;
  senses = new Senses({ source: track, track, sound: () => sound }, (sense) => {
    reported.push(sense);
    for (const watcher of watchers) watcher();
  });
});

afterEach(async () => {
  senses.close();
  await context.close();
});

/** A camera that shows one colour. */
function colouredCamera(colour: string): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const brush = canvas.getContext("2d")!;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 64, 48);
  return canvas.captureStream(10).getVideoTracks()[0]!;
}

describe("the senses of a call", () => {
  it("do nothing without a request or a plan", () => {
    senses.measure({ microphone: null, camera: null });
    expect([copies.length, reads, reported.length]).to.deep.equal([0, 0, 0]);
  });

  it("hear a microphone that is muted with a copy of its track, which ends with the attention", async () => {
    microphone.enabled = false;
    senses.measure({ microphone: "voice", camera: null });
    await until((last) => last.of === "voice" && last.level > 0.1);
    expect([copies.length, copies[0]?.readyState, microphone.enabled]).to.deep.equal([
      1,
      "live",
      false,
    ]);
    senses.measure({ microphone: "silence", camera: null });
    while (copies[0]?.readyState !== "ended")
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(microphone.readyState).to.equal("live");
  });

  it("end every copy with the call", async () => {
    while (senses.microphone() < 0.1) await new Promise((resolve) => setTimeout(resolve, 20));
    senses.close();
    expect(copies.map(({ readyState }) => readyState)).to.deep.equal(["ended"]);
  });

  it("say nothing of how loud a microphone is that is off", () => {
    microphone.enabled = false;
    expect([senses.microphone(), copies.length]).to.deep.equal([0, 0]);
  });

  it("read how loud the other side is as often as asked, but not at every frame", async () => {
    counts = { audioLevel: 0.25 };
    while (senses.remote() !== 0.25) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = reads;
    for (let frame = 0; frame < 100; frame++) senses.remote();
    expect(reads - before).to.be.at.most(1);
  });

  longIt(
    "tell how much a microphone has given since the last look, and nothing where the engine does not count it",
    async () => {
      senses.measure({ microphone: "silence", camera: null });
      while (reads < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(reported).to.deep.equal([]);
      counts = { totalAudioEnergy: 0, totalSamplesDuration: 1 };
      const loud = until((last) => last.of === "silence" && last.level === 0.5);
      while (reads < 3) await new Promise((resolve) => setTimeout(resolve, 50));
      counts = { totalAudioEnergy: 0.5, totalSamplesDuration: 3 };
      await loud;
      counts = { totalAudioEnergy: 0.5, totalSamplesDuration: 4 };
      await until((last) => last.of === "silence" && last.level === 0);
    },
  );

  it("tell a camera that the system has muted as black", async () => {
    const muted = new FakeTrack("video");
    muted.muted = true;
    camera = muted.asTrack;
    senses.measure({ microphone: null, camera: "closely" });
    await until((last) => last.of === "picture" && last.light === 0 && last.variance === 0);
  });
});

describe("a look at a picture", () => {
  it("tells how light it is", async () => {
    const [black, white] = [colouredCamera("black"), colouredCamera("white")];
    const looks = [await samplePicture(black, 5000), await samplePicture(white, 5000)];
    expect(
      looks.map((look) => [Math.round(look?.light ?? -1), Math.round(look?.variance ?? -1)]),
    ).to.deep.equal([
      [0, 0],
      [255, 0],
    ]);
    for (const track of [black, white]) track.stop();
  });

  it("is nothing where no picture comes in time", async () => {
    const track = document.createElement("canvas").captureStream(0).getVideoTracks()[0]!;
    expect(await samplePicture(track, 50)).to.equal(null);
    track.stop();
  });
});
