import { expect } from "@open-wc/testing";
import type { SenderLimits } from "../../../src/call/state/adaptation.ts";
import { limitSenders, type LimitedSenders } from "../../../src/media/connection/senders.ts";

const limits: SenderLimits = {
  microphone: { maxBitrate: 40_000 },
  screenSound: { maxBitrate: 24_000 },
  camera: { maxHeight: 360, maxFramesPerSecond: 24, maxBitrate: 700_000 },
  screen: { maxFramesPerSecond: 15, maxBitrate: 350_000 },
};

type SendParameters = RTCRtpSendParameters & { degradationPreference?: string };

/** A sender without an engine, which refuses what it is set to. */
class FakeSender {
  readonly applied: SendParameters[] = [];
  settings: MediaTrackSettings | null;
  refusals = 0;
  hasEncodings = true;
  running = 0;
  mostRunning = 0;
  #encoding: RTCRtpEncodingParameters = { active: true };

  constructor(settings: MediaTrackSettings | null = null) {
    this.settings = settings;
  }

  get track(): { getSettings(): MediaTrackSettings } | null {
    const { settings } = this;
    return settings && { getSettings: () => settings };
  }

  getParameters(): SendParameters {
    const encodings = this.hasEncodings ? [{ ...this.#encoding }] : [];
    return { transactionId: "", codecs: [], headerExtensions: [], rtcp: {}, encodings };
  }

  async setParameters(parameters: SendParameters): Promise<void> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await Promise.resolve();
    this.running -= 1;
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new DOMException("The parameters are stale.", "InvalidStateError");
    }
    this.applied.push(parameters);
    this.#encoding = parameters.encodings[0]!;
  }

  forget(): void {
    this.#encoding = { active: true };
  }

  get encoding(): RTCRtpEncodingParameters {
    return this.#encoding;
  }
}

function senders(settings: MediaTrackSettings = { width: 1280, height: 720 }) {
  const fakes = {
    microphone: new FakeSender(),
    camera: new FakeSender(settings),
    screenSound: new FakeSender(),
    screen: new FakeSender({ width: 1920, height: 1080 }),
  };
  // The code under test uses no more of a sender than the fake has.
  return { ...fakes, all: fakes as unknown as LimitedSenders };
}

describe("the limits of the senders", () => {
  it("are the rung's, with sound before the picture and the screen at its full size", async () => {
    const { microphone, camera, screenSound, screen, all } = senders();
    await limitSenders(all, limits);
    const high = { priority: "high", networkPriority: "high" };
    const low = { priority: "low", networkPriority: "low" };
    expect(microphone.encoding).to.deep.equal({ active: true, maxBitrate: 40_000, ...high });
    expect(screenSound.encoding).to.deep.equal({ active: true, maxBitrate: 24_000, ...low });
    expect(camera.encoding).to.deep.equal({
      ...{ active: true, maxBitrate: 700_000, maxFramerate: 24, scaleResolutionDownBy: 2 },
      ...low,
    });
    expect(screen.encoding).to.deep.equal({
      ...{ active: true, maxBitrate: 350_000, maxFramerate: 15, scaleResolutionDownBy: 1 },
      ...low,
    });
    expect(
      [camera, screen, microphone].map(({ applied }) => applied[0]?.degradationPreference),
    ).to.deep.equal(["maintain-framerate", "maintain-resolution", undefined]);
  });

  const scales: readonly [string, MediaTrackSettings, number][] = [
    ["a phone held upright, by its width", { width: 720, height: 1280 }, 2],
    ["a picture that is small already, by nothing", { width: 320, height: 240 }, 1],
    ["a picture of an odd size, by a fraction", { width: 960, height: 540 }, 1.5],
    ["a picture that does not tell its size, by nothing", {}, 1],
  ];
  for (const [what, settings, expected] of scales) {
    it(`scale ${what}`, async () => {
      const { camera, all } = senders(settings);
      await limitSenders(all, limits);
      expect(camera.encoding.scaleResolutionDownBy).to.equal(expected);
    });
  }

  it("follow a camera that was flipped", async () => {
    const { camera, all } = senders();
    await limitSenders(all, limits);
    camera.settings = { width: 1920, height: 1080 };
    await limitSenders(all, limits);
    expect(camera.encoding.scaleResolutionDownBy).to.equal(3);
  });

  it("switch pictures off and on again, and never the sound", async () => {
    const { microphone, camera, screen, all } = senders();
    await limitSenders(all, { ...limits, camera: null, screen: null });
    expect([microphone, camera, screen].map(({ encoding }) => encoding.active)).to.deep.equal([
      true,
      false,
      false,
    ]);
    await limitSenders(all, limits);
    expect([microphone, camera, screen].map(({ encoding }) => encoding.active)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it("are not set again where they are set, unless the engine has forgotten them", async () => {
    const { camera, all } = senders();
    await limitSenders(all, limits);
    await limitSenders(all, { ...limits });
    expect(camera.applied.length).to.equal(1);
    await limitSenders(all, { ...limits, camera: null });
    await limitSenders(all, { ...limits, camera: null });
    expect(camera.applied.length).to.equal(2);
    camera.forget();
    await limitSenders(all, { ...limits, camera: null });
    expect(camera.applied.length).to.equal(3);
  });

  it("are retried at the next call where the engine refuses, without an error", async () => {
    const { camera, microphone, all } = senders();
    camera.refusals = 1;
    await limitSenders(all, limits);
    expect([camera.encoding.maxBitrate, microphone.encoding.maxBitrate]).to.deep.equal([
      undefined,
      40_000,
    ]);
    await limitSenders(all, limits);
    expect(camera.encoding.maxBitrate).to.equal(700_000);
  });

  it("wait for the first negotiation where an engine has no encodings before it", async () => {
    const { camera, all } = senders();
    camera.hasEncodings = false;
    await limitSenders(all, limits);
    expect(camera.applied.length).to.equal(0);
    camera.hasEncodings = true;
    await limitSenders(all, limits);
    expect(camera.encoding.maxBitrate).to.equal(700_000);
  });

  it("are set one after the other on each sender, and the last ones asked for hold", async () => {
    const { camera, all } = senders();
    const rates = [500_000, 400_000, 300_000, 200_000];
    await Promise.all(
      rates.map((maxBitrate) =>
        limitSenders(all, { ...limits, camera: { ...limits.camera!, maxBitrate } }),
      ),
    );
    expect(camera.mostRunning).to.equal(1);
    expect(camera.encoding.maxBitrate).to.equal(200_000);
  });

  it("do not fail on senders that are stopped or broken", async () => {
    const { microphone, all } = senders();
    const broken = {
      track: null,
      getParameters: () => {
        throw new DOMException("Closed.", "InvalidStateError");
      },
    };
    // As above.
    await limitSenders({ ...all, camera: broken as unknown as RTCRtpSender }, limits);
    expect(microphone.encoding.maxBitrate).to.equal(40_000);
  });
});
