import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import type { TrackProcessor } from "../../../src/media/devices/open-track.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices, FakeTrack } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;
let made: FakeTrack;
let signal: AbortSignal | null;

const withProcessor = (processor: TrackProcessor) => {
  const noted: TrackProcessor = (track, context) => {
    signal = context.signal;
    return processor(track, context);
  };
  capture = new Capture(devices, watch, { processor: noted, chosen: {} });
};

beforeEach(() => {
  devices = new FakeDevices();
  watch = new CaptureWatch();
  made = new FakeTrack("video");
  signal = null;
});

afterEach(() => {
  capture.close();
});

describe("a track that a host works on", () => {
  it("is the one that is sent; both are stopped, and the host is notified, when the camera goes off", async () => {
    const kinds: string[] = [];
    withProcessor((track, { kind }) => (kinds.push(`${kind} ${track.kind}`), made.asTrack));
    capture.setDevice("camera", true);
    await watch.until("camera on");
    expect([watch.placed[1] === made, capture.track("camera") === made.asTrack]).to.deep.equal([
      true,
      true,
    ]);
    expect([kinds, signal?.aborted]).to.deep.equal([["camera video"], false]);
    capture.setDevice("camera", false);
    await watch.until("camera off");
    expect([made.readyState, devices.live().length, signal?.aborted]).to.deep.equal([
      "ended",
      0,
      true,
    ]);
  });

  it("is muted with the device's own, also before it is first heard", async () => {
    made = new FakeTrack("audio");
    withProcessor(() => made.asTrack);
    capture.setDevice("microphone", true);
    capture.setDevice("microphone", false);
    await settled();
    expect([devices.tracks[0]?.enabled, made.enabled, watch.wasEnabled]).to.deep.equal([
      false,
      false,
      [false],
    ]);
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    expect([devices.tracks[0]?.enabled, made.enabled]).to.deep.equal([true, true]);
  });

  const failures: Record<string, () => TrackProcessor> = {
    "the host throws": () => () => {
      throw new DOMException("No model.", "NotAllowedError");
    },
    "the host refuses": () => () => Promise.reject(new Error("No model.")),
    "the host gives a track that has ended": () => () => (made.stop(), made.asTrack),
    "the host gives a track of another kind": () => () => new FakeTrack("audio").asTrack,
    // Hosts are not all written in TypeScript.
    "the host gives nothing": () => () => undefined as unknown as MediaStreamTrack,
  };
  for (const [name, processor] of Object.entries(failures)) {
    it(`fails and shows nothing where ${name}`, async () => {
      withProcessor(processor());
      capture.setDevice("camera", true);
      await watch.until("camera failed device-busy");
      expect([watch.placed[1], devices.live().length, signal?.aborted]).to.deep.equal([
        null,
        0,
        true,
      ]);
    });
  }

  it("that is slow is abandoned where the camera is turned off, and a late track is stopped", async () => {
    let give: (track: MediaStreamTrack) => void = () => {};
    withProcessor(() => new Promise((resolve) => (give = resolve)));
    capture.setDevice("camera", true);
    await settled();
    capture.setDevice("camera", false);
    await watch.until("camera off");
    await settled();
    expect([devices.live().length, signal?.aborted]).to.deep.equal([0, true]);
    give(made.asTrack);
    await settled();
    expect([made.readyState, watch.placed[1], watch.last]).to.deep.equal([
      "ended",
      null,
      "camera off",
    ]);
  });

  it("that takes its time is given up at the end of the call", async () => {
    withProcessor(() => new Promise(() => {}));
    capture.setDevice("microphone", true);
    await settled();
    capture.close();
    await settled();
    expect([devices.live().length, signal?.aborted]).to.deep.equal([0, true]);
  });

  it("that ends by itself is created again", async () => {
    const all: FakeTrack[] = [];
    withProcessor(() => {
      all.push(new FakeTrack("video"));
      return all.at(-1)!.asTrack;
    });
    capture.setDevice("camera", true);
    await watch.until("camera on");
    all[0]!.unplug();
    await settled();
    expect([watch.last, watch.placed[1] === all[1], devices.live().length]).to.deep.equal([
      "camera on",
      true,
      1,
    ]);
  });
});
