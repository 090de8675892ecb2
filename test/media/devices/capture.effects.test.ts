import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import type { ChosenDevices } from "../../../src/media/devices/device-choices.ts";
import type { TrackEffect, TrackProcessor } from "../../../src/media/devices/open-track.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices, FakeTrack } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;
let chosen: ChosenDevices;
/** What the effect has made, in order, and whether it still may work. */
let made: { readonly track: FakeTrack; readonly signal: AbortSignal }[];
let fails: boolean;

const effect = (
  feature: TrackEffect["feature"],
  kind: "audio" | "video",
  make = () => new FakeTrack(kind),
): TrackEffect => ({
  feature,
  process: (_, { signal }) => {
    if (fails) throw new Error("No model.");
    const track = make();
    made.push({ track, signal });
    return track.asTrack;
  },
});

const begin = (effects: readonly TrackEffect[], processor: TrackProcessor | null = null) => {
  capture = new Capture(devices, watch, { processor, effects, chosen });
};

async function cameraOn(): Promise<void> {
  capture.setDevice("camera", true);
  await watch.until("camera on");
  await settled();
}

beforeEach(() => {
  devices = new FakeDevices();
  chosen = {};
  watch = new CaptureWatch();
  watch.chosen = chosen;
  made = [];
  fails = false;
});

afterEach(() => {
  capture.close();
});

describe("an effect of the host", () => {
  it("has a switch that is off, and does nothing before it is on", async () => {
    begin([effect("backgroundBlur", "video")]);
    await cameraOn();
    expect([watch.voice?.backgroundBlur, made.length]).to.deep.equal([false, 0]);
    expect(capture.track("camera") === devices.tracks[0]?.asTrack).to.be.true;
  });

  it("takes over without opening the camera again, and what it replaced is stopped", async () => {
    begin([effect("backgroundBlur", "video")]);
    await cameraOn();
    capture.setVoice("backgroundBlur", true);
    await settled();
    expect([
      watch.voice?.backgroundBlur,
      chosen.backgroundBlur,
      devices.requests.length,
    ]).to.deep.equal([true, true, 1]);
    expect(watch.reported.at(-1), "the other side keeps its picture").to.equal("camera on");
    expect(watch.reported.filter((one) => one === "camera starting").length).to.equal(1);
    const [camera] = devices.tracks;
    expect([
      capture.track("camera") === made[0]?.track.asTrack,
      watch.placed[1] === made[0]?.track,
      camera?.readyState,
      camera?.clones[0]?.readyState,
    ]).to.deep.equal([true, true, "ended", "live"]);
  });

  it("ends as it is turned off, and everything of it with the camera", async () => {
    begin([effect("backgroundBlur", "video")]);
    await cameraOn();
    capture.setVoice("backgroundBlur", true);
    await settled();
    capture.setVoice("backgroundBlur", false);
    await settled();
    const [camera] = devices.tracks;
    const [first] = camera?.clones ?? [];
    const [second] = first?.clones ?? [];
    expect([
      watch.voice?.backgroundBlur,
      made[0]?.signal.aborted,
      made[0]?.track.readyState,
    ]).to.deep.equal([false, true, "ended"]);
    expect(capture.track("camera") === second?.asTrack).to.be.true;
    capture.setDevice("camera", false);
    await watch.until("camera off");
    expect([camera, first, second].map((one) => one?.readyState)).to.deep.equal([
      "ended",
      "ended",
      "ended",
    ]);
  });

  it("that fails leaves the camera as it was, and the person is notified", async () => {
    begin([effect("backgroundBlur", "video")]);
    await cameraOn();
    fails = true;
    capture.setVoice("backgroundBlur", true);
    await settled();
    expect([
      watch.voice?.backgroundBlur,
      chosen.backgroundBlur,
      watch.reported.includes("choice failed not-possible"),
      devices.tracks[0]?.readyState,
    ]).to.deep.equal([false, undefined, true, "live"]);
  });

  it("is there from the first picture where it was on in the call before", async () => {
    chosen = { backgroundBlur: true };
    watch = new CaptureWatch();
    watch.chosen = chosen;
    begin([effect("backgroundBlur", "video")]);
    await cameraOn();
    expect([watch.voice?.backgroundBlur, watch.placed[1] === made[0]?.track]).to.deep.equal([
      true,
      true,
    ]);
  });

  it("that was on and fails sends nothing: not the room that was to be hidden", async () => {
    chosen = { backgroundBlur: true };
    watch = new CaptureWatch();
    watch.chosen = chosen;
    begin([effect("backgroundBlur", "video")]);
    fails = true;
    capture.setDevice("camera", true);
    await watch.until("camera failed device-busy");
    expect([watch.placed[1], devices.live().length]).to.deep.equal([null, 0]);
  });

  it("is chosen for later while the camera is off", async () => {
    begin([effect("backgroundBlur", "video")]);
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    capture.setVoice("backgroundBlur", true);
    expect([watch.voice?.backgroundBlur, made.length]).to.deep.equal([true, 0]);
    await cameraOn();
    expect(watch.placed[1] === made[0]?.track).to.be.true;
  });

  it("is not used where the engine does the same", async () => {
    devices.voice = { voiceIsolation: [true, false] };
    devices.microphones = [{ deviceId: "microphone", voiceIsolation: false } as never];
    begin([effect("voiceIsolation", "audio")]);
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    capture.setVoice("voiceIsolation", true);
    await settled();
    expect(made.length).to.equal(0);
  });

  it("of the microphone is muted with it", async () => {
    begin([effect("voiceIsolation", "audio")]);
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    capture.setVoice("voiceIsolation", true);
    await settled();
    capture.setDevice("microphone", false);
    await settled();
    expect([watch.voice?.voiceIsolation, made[0]?.track.enabled]).to.deep.equal([true, false]);
    expect(devices.tracks[0]?.clones[0]?.enabled).to.be.false;
  });

  it("works on what the host's own processor has made, which is stopped with it", async () => {
    const [own, given] = [new FakeTrack("video"), [] as MediaStreamTrack[]];
    const blur: TrackEffect = {
      feature: "backgroundBlur",
      process: (track) => (given.push(track), new FakeTrack("video").asTrack),
    };
    chosen = { backgroundBlur: true };
    watch = new CaptureWatch();
    watch.chosen = chosen;
    begin([blur], () => own.asTrack);
    await cameraOn();
    expect(given[0] === own.asTrack).to.be.true;
    capture.setDevice("camera", false);
    await watch.until("camera off");
    expect(own.readyState).to.equal("ended");
  });
});
