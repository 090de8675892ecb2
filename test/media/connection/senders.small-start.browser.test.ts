import { expect } from "@open-wc/testing";
import { ladderRungs, senderLimits } from "../../../src/call/rules/adaptation.ts";
import { Transceivers } from "../../../src/media/connection/transceivers.ts";
import type { TransceiverOptions } from "../../../src/media/connection/transceivers.ts";
import { ConnectionPair } from "../../support/connection-pair.ts";

/** Chromium's, for frames without a painted page. https://w3c.github.io/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

const best = senderLimits(ladderRungs[0]!, { camera: true, screen: false });
const small = senderLimits(ladderRungs[2]!, { camera: true, screen: false });
const soundOnly = senderLimits(ladderRungs.at(-1)!, { camera: true, screen: false });

/** A track of a given size, which this page draws. */
function trackOf(width: number, height: number): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.fillRect(0, 0, 4, 4);
  return canvas.captureStream(5).getVideoTracks()[0]!;
}

/** What this side sends, on senders of the engine, and the readings that a test makes up. */
class Sending {
  #connection = new RTCPeerConnection();
  #transceivers: Transceivers;
  /** Parameters that the picture senders had when a track was placed. */
  readonly placed: [scale: number | undefined, maxBitrate: number | undefined][] = [];

  constructor(options: TransceiverOptions = {}) {
    this.#transceivers = new Transceivers(this.#connection, options, () => undefined);
    this.#transceivers.create();
    this.#watch();
  }

  /** A side that answers an offer of one picture and one voice, and has asked for the small start of its camera. */
  static async answering(): Promise<Sending> {
    const sending = new Sending({ sections: "by-kind" });
    const offering = sending.#connection;
    const description = await offering.createOffer();
    offering.close();
    sending.#connection = new RTCPeerConnection();
    sending.#transceivers = new Transceivers(
      sending.#connection,
      { sections: "by-kind" },
      () => undefined,
    );
    const { sender } = sending.#connection.addTransceiver("video");
    const answered = new Promise<void>((resolve) => {
      const ask = sender.setParameters.bind(sender);
      sender.setParameters = async (parameters) => {
        await ask(parameters);
        resolve();
      };
    });
    await sending.#transceivers.find(() => sending.#connection.setRemoteDescription(description));
    sending.#watch();
    await answered;
    // What waits for the same answer comes first.
    await new Promise((resolve) => setTimeout(resolve));
    return sending;
  }

  #watch(): void {
    for (const { sender } of this.#connection.getTransceivers()) {
      const place = sender.replaceTrack.bind(sender);
      sender.replaceTrack = (track) => {
        const [encoding] = sender.getParameters().encodings;
        if (track?.kind === "video")
          this.placed.push([encoding?.scaleResolutionDownBy, encoding?.maxBitrate]);
        return place(track);
      };
    }
  }

  async set(index: 1 | 3, track: MediaStreamTrack | null): Promise<void> {
    await this.#transceivers.setTrack(index, track, () => Promise.resolve(true));
  }

  async limit(limits = best): Promise<void> {
    await this.#transceivers.limitSenders(limits);
  }

  async read(left: number): Promise<void> {
    await this.#transceivers.read({ left, available: 5_000_000 });
  }

  /** Scale and bit rate of the camera or the screen now. */
  now(index: 0 | 1 | 3 = 1): [scale: number | undefined, maxBitrate: number | undefined] {
    const [encoding] = this.#transceivers.at(index)!.sender.getParameters().encodings;
    return [encoding?.scaleResolutionDownBy, encoding?.maxBitrate];
  }

  get isActive(): boolean | undefined {
    return this.#transceivers.at(1)!.sender.getParameters().encodings[0]?.active;
  }

  /** The engine takes no parameters any more, and does not say so. */
  stopAnswering(): void {
    this.#transceivers.at(1)!.sender.setParameters = () => new Promise(() => undefined);
  }

  close(): void {
    this.#connection.close();
  }
}

describe("the first picture", () => {
  let sending: Sending;

  beforeEach(() => {
    sending = new Sending();
  });

  afterEach(() => {
    sending.close();
  });

  it("has a quarter of the camera's size before the sender has the camera, and all of it once frames were sent", async () => {
    await sending.set(1, trackOf(1280, 720));
    expect(sending.placed).to.deep.equal([[4, undefined]]);
    await sending.read(4);
    expect(sending.now()[0]).to.equal(4);
    await sending.read(5);
    expect(sending.now()[0]).to.equal(1);
  });

  const sizes: readonly [what: string, width: number, height: number, scale: number][] = [
    ["of an upright phone, by its width", 720, 1280, 4],
    ["of a small camera, down to the lowest rung's", 640, 480, 480 / 180],
    ["that is smaller than that, by nothing", 160, 120, 1],
  ];
  for (const [what, width, height, scale] of sizes) {
    it(`reduces the size ${what}`, async () => {
      await sending.set(1, trackOf(width, height));
      expect(sending.placed[0]![0]).to.be.closeTo(scale, 0.001);
    });
  }

  it("has the ladder's limits with its full size, and not before its first frames", async () => {
    await sending.set(1, trackOf(1280, 720));
    await sending.limit();
    expect(sending.now()).to.deep.equal([4, undefined]);
    await sending.read(5);
    expect(sending.now()).to.deep.equal([1, best.camera!.maxBitrate]);
    await sending.limit(small);
    expect(sending.now()).to.deep.equal([2, small.camera!.maxBitrate]);
  });

  it("comes before the limits of everything else, too: these follow with the next ones after a reading, or with its full size", async () => {
    await sending.set(1, trackOf(1280, 720));
    for (let times = 0; times < 2; times++) {
      await sending.limit();
      expect(sending.now(0)[1]).to.equal(undefined);
    }
    await sending.read(4);
    await sending.limit();
    expect(sending.now(0)[1]).to.equal(best.microphone.maxBitrate);
    expect(sending.now()).to.deep.equal([4, undefined]);
  });

  it("may still be opening when the limits come, which then are not asked of its sender either", async () => {
    await sending.limit();
    await sending.set(1, trackOf(1280, 720));
    expect(sending.placed).to.deep.equal([[4, undefined]]);
  });

  it("holds no limits back for longer than a reading where no camera starts", async () => {
    await sending.limit();
    await sending.read(0);
    await sending.limit();
    expect(sending.now(0)[1]).to.equal(best.microphone.maxBitrate);
  });

  it("stops at once where the ladder has no room for it", async () => {
    await sending.set(1, trackOf(1280, 720));
    await sending.limit(soundOnly);
    expect(sending.isActive).to.equal(false);
    await sending.limit();
    expect(sending.isActive).to.equal(true);
    expect(sending.now()).to.deep.equal([1, best.camera!.maxBitrate]);
  });

  it("is not sent by a camera that is switched on where the ladder has no room for it", async () => {
    await sending.limit(soundOnly);
    await sending.set(1, trackOf(1280, 720));
    expect(sending.isActive).to.equal(false);
  });

  it("is small again, within the limits, where the camera is switched on in the call or after a hold", async () => {
    await sending.set(1, trackOf(1280, 720));
    await sending.limit();
    await sending.read(5);
    await sending.set(1, null);
    await sending.read(90);
    await sending.set(1, trackOf(1280, 720));
    expect(sending.placed[1]).to.deep.equal([4, best.camera!.maxBitrate]);
    await sending.read(94);
    expect(sending.now()[0]).to.equal(4);
    await sending.read(95);
    expect(sending.now()).to.deep.equal([1, best.camera!.maxBitrate]);
  });

  it("keeps its size where a camera is flipped at once: its encoder is there", async () => {
    await sending.set(1, trackOf(1280, 720));
    await sending.read(5);
    await sending.set(1, null);
    await sending.set(1, trackOf(1280, 720));
    expect(sending.placed[1]![0]).to.equal(1);
  });

  it("is never small on a shared screen, whose text is read", async () => {
    await sending.set(1, trackOf(1280, 720));
    await sending.set(3, trackOf(1920, 1080));
    expect(sending.placed[1]![0]).to.equal(1);
    await sending.limit();
    expect(sending.now(3)[0]).to.equal(1);
  });

  it("is never small on a shared screen that takes the camera's place on the wire", async () => {
    sending.close();
    for (const limits of [null, best]) {
      sending = new Sending({ sections: "by-kind" });
      await sending.set(1, trackOf(1280, 720));
      if (limits !== null) await sending.limit(limits);
      await sending.set(3, trackOf(1920, 1080));
      expect(sending.placed.map(([scale]) => scale)).to.deep.equal([4, 1]);
      await sending.set(3, null);
      expect(sending.placed.at(-1)![0]).to.equal(1);
      if (limits !== null) sending.close();
    }
  });

  it("is placed the moment it is open by a side that answers, which asked for its size before: a camera that waits loses its first frame", async () => {
    const answering = await Sending.answering();
    answering.stopAnswering();
    void answering.set(1, trackOf(640, 480));
    await new Promise((resolve) => setTimeout(resolve));
    expect(answering.placed).to.deep.equal([[4, undefined]]);
    answering.close();
  });

  it("has then the size that is right for the camera, right behind it", async () => {
    const answering = await Sending.answering();
    await answering.set(1, trackOf(640, 480));
    while (answering.now()[0] === 4) await new Promise((resolve) => setTimeout(resolve));
    expect(answering.now()[0]).to.be.closeTo(480 / 180, 0.001);
    answering.close();
  });

  it("is never small on a screen that a side which answers shares first", async () => {
    const answering = await Sending.answering();
    await answering.set(3, trackOf(1920, 1080));
    expect(answering.placed).to.deep.equal([[1, undefined]]);
    answering.close();
  });

  it("waits for its size again where limits came before the camera", async () => {
    const answering = await Sending.answering();
    await answering.limit(best);
    await answering.read(0);
    await answering.limit(best);
    expect(answering.now()[0]).to.equal(1);
    await answering.set(1, trackOf(1280, 720));
    expect(answering.placed[0]![0]).to.equal(4);
    answering.close();
  });

  it("comes through where the engine does not take the size, or does not answer", async () => {
    const refused = RTCRtpSender.prototype.setParameters;
    try {
      for (const answer of [
        () => Promise.reject(new DOMException("No.")),
        () => new Promise(() => undefined),
      ]) {
        // Engines resolve with nothing.
        RTCRtpSender.prototype.setParameters = answer as typeof refused;
        const odd = new Sending();
        await odd.set(1, trackOf(1280, 720));
        expect(odd.placed.length).to.equal(1);
        odd.close();
      }
    } finally {
      RTCRtpSender.prototype.setParameters = refused;
    }
  });
});

describe("the picture of a real connection", () => {
  it("begins small on the other side, and grows", async () => {
    const pair = new ConnectionPair({}, false);
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: 1280, height: 720 },
    });
    const [camera] = stream.getVideoTracks();
    try {
      await pair.connect();
      const track = pair.b.remoteTrack(1)!;
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      await pair.a.setTrack(1, camera!);
      const heights: number[] = [];
      while (!heights.some((height) => height > 180)) {
        const { value } = await reader.read();
        heights.push(value!.displayHeight);
        value!.close();
        await pair.a.measure();
      }
      expect(heights[0]).to.equal(180);
      await reader.cancel();
    } finally {
      camera!.stop();
      pair.close();
    }
  });
});
