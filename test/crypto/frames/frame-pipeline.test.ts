import { expect } from "@open-wc/testing";
import {
  CompatibleFrames,
  importCompatibleKey,
} from "../../../src/crypto/frames/compatible-frames.ts";
import { transportFrames } from "../../../src/crypto/frames/frame-layout.ts";
import { FramePipeline } from "../../../src/crypto/frames/frame-pipeline.ts";
import type { EncodedFrame } from "../../../src/crypto/frames/frame-pipeline.ts";
import type { TrackId } from "../../../src/crypto/agreement/key-schedule.ts";
import type {
  CipherReport,
  TrackCounts,
  TransformSide,
} from "../../../src/crypto/worker/worker-protocol.ts";
import { epochSecret, flipped, sound } from "../../support/frames.ts";
import { toHex } from "../../support/hex.ts";

interface FrameOptions {
  readonly mimeType?: string;
  readonly payloadType?: number;
  readonly type?: "key" | "delta" | "empty";
  readonly bytes?: Uint8Array;
}

function frame({
  mimeType = "audio/opus",
  payloadType,
  type,
  bytes = sound(),
}: FrameOptions = {}): EncodedFrame {
  const metadata = {
    ...(payloadType === undefined ? { mimeType } : { payloadType }),
    ...(type === undefined ? {} : { width: 640, height: 360 }),
  };
  return {
    data: bytes.slice().buffer,
    ...(type === undefined ? {} : { type }),
    getMetadata: () => metadata,
  };
}

/** One transform with the test at both ends. */
class Transform {
  readonly #input = new TransformStream<EncodedFrame, EncodedFrame>();
  readonly #output = new TransformStream<EncodedFrame, EncodedFrame>();
  readonly #writer = this.#input.writable.getWriter();
  readonly passed: EncodedFrame[] = [];
  readonly ended: Promise<void>;
  readonly #drained: Promise<void>;

  constructor(pipeline: FramePipeline, side: TransformSide, track: TrackId = 0) {
    this.ended = pipeline.run(
      { side, track },
      { readable: this.#input.readable, writable: this.#output.writable },
    );
    this.#drained = this.#output.readable.pipeTo(
      new WritableStream({ write: (passed) => void this.passed.push(passed) }),
    );
  }

  /** Puts frames in, and ends the track: waits until everything that passes has come out. */
  async pass(...frames: readonly EncodedFrame[]): Promise<readonly EncodedFrame[]> {
    for (const one of frames) await this.#writer.write(one);
    await this.#writer.close();
    await Promise.all([this.ended, this.#drained]);
    return this.passed;
  }

  abort(): Promise<void> {
    return this.#writer.abort(new Error("The track has ended."));
  }
}

const none: Omit<TrackCounts, "track"> = {
  sealed: 0,
  unsealed: 0,
  opened: 0,
  duplicate: 0,
  forged: 0,
  keyless: 0,
};

describe("the frames of a call", () => {
  let reports: CipherReport[];
  let caller: FramePipeline;
  let callee: FramePipeline;

  beforeEach(() => {
    reports = [];
    caller = new FramePipeline((report) => reports.push(report));
    callee = new FramePipeline((report) => reports.push(report));
  });

  async function giveKeys(): Promise<void> {
    const secret = await epochSecret();
    caller.setKeys(secret, "initiator");
    callee.setKeys(secret, "responder");
  }

  it("go sealed from one side to the other, both ways", async () => {
    await giveKeys();
    for (const [from, to] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      const sealed = await new Transform(from, "seal").pass(frame(), frame());
      expect(sealed.length).to.equal(2);
      expect(sealed.some(({ data }) => toHex(data).includes(toHex(sound(8))))).to.equal(false);
      const opened = await new Transform(to, "open").pass(...sealed);
      expect(opened.map(({ data }) => toHex(data))).to.deep.equal([toHex(sound()), toHex(sound())]);
    }
  });

  for (const mimeType of ["video/VP8", "video/VP9"]) {
    it(`go sealed and wrapped where they are picture: ${mimeType}`, async () => {
      await giveKeys();
      const frames = (["key", "delta"] as const).map((type) => frame({ mimeType, type }));
      const sealed = await new Transform(caller, "seal", 1).pass(...frames);
      const opened = await new Transform(callee, "open", 1).pass(...sealed);
      expect(opened.map(({ data }) => toHex(data))).to.deep.equal([toHex(sound()), toHex(sound())]);
      expect(callee.counts).to.deep.equal([{ track: 1, ...none, opened: 2 }]);
    });
  }

  it("that arrive again after a silence have both sides' pictures begin with a key frame, once", async () => {
    let now = 1000;
    const asked: string[] = [];
    const pipeline = new FramePipeline(
      () => undefined,
      undefined,
      () => now,
    );
    const endless = () => ({
      readable: new ReadableStream<EncodedFrame>(),
      writable: new WritableStream<EncodedFrame>(),
    });
    const refused = () => Promise.reject(new Error("This track has no pictures."));
    for (const [side, track] of [
      ["seal", 1],
      ["open", 1],
    ] as const)
      void pipeline.run(
        { side, track },
        {
          ...endless(),
          generateKeyFrame: async () => void asked.push(`${side} generate`),
          sendKeyFrameRequest: async () => void asked.push(`${side} request`),
        },
      );
    // Neither an engine that refuses nor one without the methods disturbs the others.
    void pipeline.run(
      { side: "open", track: 2 },
      { ...endless(), generateKeyFrame: refused, sendKeyFrameRequest: refused },
    );
    const sound = new TransformStream<EncodedFrame, EncodedFrame>();
    void pipeline.run(
      { side: "open", track: 0 },
      { readable: sound.readable, writable: new WritableStream() },
    );
    const writer = sound.writable.getWriter();
    const arriveAt = async (time: number) => {
      now = time;
      const before = pipeline.counts[0]?.keyless ?? 0;
      await writer.write(frame());
      while ((pipeline.counts[0]?.keyless ?? 0) === before) await Promise.resolve();
    };
    for (const time of [10_000, 10_020, 10_519]) await arriveAt(time);
    expect(asked, "no silence").to.deep.equal([]);
    await arriveAt(13_000);
    const once = ["seal generate", "seal request", "open generate", "open request"];
    expect(asked).to.deep.equal(once);
    await arriveAt(13_020);
    expect(asked).to.deep.equal(once);
    await arriveAt(20_000);
    expect(asked).to.deep.equal([...once, ...once]);
    pipeline.close();
  });

  it("do not leave before there are keys, nor come in", async () => {
    expect(await new Transform(caller, "seal").pass(frame(), frame())).to.deep.equal([]);
    expect(await new Transform(caller, "open").pass(frame(), frame(), frame())).to.deep.equal([]);
    expect(caller.counts).to.deep.equal([{ track: 0, ...none, unsealed: 2, keyless: 3 }]);
  });

  it("pass from the moment on that there are keys, in the same stream", async () => {
    const transform = new Transform(caller, "seal");
    const early = frame();
    const passed = transform.pass(early);
    await giveKeys();
    await passed;
    expect(await new Transform(caller, "seal").pass(frame())).to.have.lengthOf(1);
  });

  it("of a codec that cannot be wrapped are dropped, on their way out and in", async () => {
    await giveKeys();
    const odd = ["video/H265", "video/rtx", "audio/PCMU", ""].map((mimeType) =>
      frame({ mimeType, type: "key" }),
    );
    expect(await new Transform(caller, "seal", 1).pass(...odd)).to.deep.equal([]);
    expect(await new Transform(caller, "open", 1).pass(...odd)).to.deep.equal([]);
    expect(caller.counts).to.deep.equal([{ track: 1, ...none, unsealed: 4, forged: 4 }]);
  });

  it("that do not name their codec are known by their payload type", async () => {
    await giveKeys();
    for (const pipeline of [caller, callee])
      pipeline.setPayloadTypes(
        new Map([
          [111, "audio/opus"],
          [96, "video/VP8"],
        ]),
      );
    const sealed = await new Transform(caller, "seal").pass(
      frame({ payloadType: 111 }),
      frame({ payloadType: 5 }),
    );
    expect(sealed.length).to.equal(1);
    expect((await new Transform(callee, "open").pass(...sealed)).length).to.equal(1);
    expect(caller.counts).to.deep.equal([{ track: 0, ...none, sealed: 1, unsealed: 1 }]);
  });

  it("that are empty are sealed like any other, and come out empty", async () => {
    await giveKeys();
    const empty = frame({ bytes: new Uint8Array(0) });
    const picture = frame({ bytes: new Uint8Array(0), mimeType: "video/VP8", type: "empty" });
    const sealed = [
      ...(await new Transform(caller, "seal").pass(empty)),
      ...(await new Transform(caller, "seal", 1).pass(picture)),
    ];
    expect(sealed.every(({ data }) => data.byteLength >= 17)).to.equal(true);
    const opened = [
      ...(await new Transform(callee, "open").pass(sealed[0]!)),
      ...(await new Transform(callee, "open", 1).pass(sealed[1]!)),
    ];
    expect(opened.map(({ data }) => data.byteLength)).to.deep.equal([0, 0]);
  });

  it("that are bad are dropped and counted by what they are, and the stream goes on", async () => {
    await giveKeys();
    const sealed = await new Transform(caller, "seal").pass(frame(), frame(), frame());
    const again = { ...sealed[0]!, data: sealed[0]!.data.slice(0) };
    const bad = { ...sealed[1]!, data: flipped(new Uint8Array(sealed[1]!.data), 50).buffer };
    const clear = frame();
    const tiny = frame({ bytes: new Uint8Array(3) });
    const opened = await new Transform(callee, "open").pass(
      sealed[0]!,
      again,
      bad,
      clear,
      tiny,
      sealed[1]!,
      sealed[2]!,
    );
    expect(opened.length).to.equal(3);
    expect(callee.counts).to.deep.equal([
      { track: 0, ...none, opened: 3, duplicate: 1, forged: 3 },
    ]);
  });

  it("cannot be sealed under a second secret: the counters would start again", async () => {
    await giveKeys();
    await new Transform(caller, "seal").pass(frame());
    caller.setKeys(await epochSecret(new Uint8Array(64)), "initiator");
    caller.setKeys(await epochSecret(), "responder");
    const sealed = await new Transform(caller, "seal").pass(frame());
    expect(new Uint8Array(sealed[0]!.data)[0]).to.equal(1);
    expect((await new Transform(callee, "open").pass(...sealed)).length).to.equal(1);
  });

  it("keep counting where a track's transform is created again", async () => {
    await giveKeys();
    const first = await new Transform(caller, "seal").pass(frame());
    const second = await new Transform(caller, "seal").pass(frame());
    expect([first, second].map(([one]) => new Uint8Array(one!.data)[0])).to.deep.equal([0, 1]);
  });

  it("are reported: the transform when it has its streams, and the first frame of a track that was opened", async () => {
    await giveKeys();
    const sealed = await new Transform(caller, "seal", 2).pass(frame(), frame());
    expect(reports).to.deep.equal([{ type: "attached", side: "seal", track: 2 }]);
    await new Transform(callee, "open", 2).pass(frame(), ...sealed);
    expect(reports.slice(1)).to.deep.equal([
      { type: "attached", side: "open", track: 2 },
      { type: "opened", track: 2 },
    ]);
  });

  it("end with their track, without a throw", async () => {
    await giveKeys();
    const transform = new Transform(caller, "seal");
    await transform.abort().catch(() => undefined);
    await transform.ended;
  });

  it("end where nobody takes them any more, without a throw", async () => {
    await giveKeys();
    const input = new TransformStream<EncodedFrame, EncodedFrame>();
    const output = new TransformStream<EncodedFrame, EncodedFrame>();
    const ended = caller.run(
      { side: "seal", track: 0 },
      { readable: input.readable, writable: output.writable },
    );
    await output.readable.cancel();
    await input.writable
      .getWriter()
      .write(frame())
      .catch(() => undefined);
    await ended;
  });
});

describe("the frames of a call with SimpleX's own apps", () => {
  const keyBytes = Uint8Array.from({ length: 32 }, (_, at) => at);
  let caller: FramePipeline;
  let callee: FramePipeline;

  beforeEach(() => {
    const foreign = (key: CryptoKey | null) => key && new CompatibleFrames(key);
    caller = new FramePipeline(() => {}, foreign);
    callee = new FramePipeline(() => {}, foreign);
  });

  async function giveKey(): Promise<void> {
    for (const pipeline of [caller, callee]) {
      pipeline.handle({ type: "compatible-key", key: await importCompatibleKey(keyBytes) });
    }
  }

  it("go sealed in their layout from one side to the other, both ways, sound and picture", async () => {
    await giveKey();
    for (const [from, to] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      const sound = await new Transform(from, "seal").pass(frame());
      const types = ["key", "delta", "empty"] as const;
      const picture = await new Transform(from, "seal", 1).pass(
        ...types.map((type) => frame({ mimeType: "video/VP8", type })),
      );
      expect([...sound, ...picture].map(({ data }) => data.byteLength)).to.deep.equal([
        108, 108, 108, 108,
      ]);
      expect((await new Transform(to, "open").pass(...sound)).length).to.equal(1);
      expect((await new Transform(to, "open", 1).pass(...picture)).length).to.equal(3);
    }
  });

  it("lose nothing to forgeries: after 15 of them 45 good ones come out", async () => {
    await giveKey();
    const sealed = await new Transform(caller, "seal").pass(
      ...Array.from({ length: 60 }, () => frame()),
    );
    const sent = sealed.map((one, at) =>
      at < 15 ? { ...one, data: flipped(new Uint8Array(one.data), 99).buffer } : one,
    );
    expect((await new Transform(callee, "open").pass(...sent)).length).to.equal(45);
    expect(callee.counts).to.deep.equal([{ track: 0, ...none, opened: 45, forged: 15 }]);
  });

  it("that their page sent without a tag are dropped without counting as forged", async () => {
    await giveKey();
    const bare = frame({ bytes: new Uint8Array(13) });
    expect((await new Transform(callee, "open").pass(bare, bare)).length).to.equal(0);
    expect(callee.counts).to.deep.equal([{ track: 0, ...none, duplicate: 2 }]);
  });

  it("neither leave nor come in before there is a key, nor as another codec", async () => {
    expect(await new Transform(caller, "seal").pass(frame())).to.deep.equal([]);
    expect(await new Transform(caller, "open").pass(frame())).to.deep.equal([]);
    await giveKey();
    const odd = ["video/VP9", "video/AV1", "video/H264", "audio/PCMU"].map((mimeType) =>
      frame({ mimeType, type: "key" }),
    );
    expect(await new Transform(caller, "seal").pass(...odd)).to.deep.equal([]);
    expect(await new Transform(caller, "open").pass(...odd)).to.deep.equal([]);
    expect(caller.counts).to.deep.equal([
      { track: 0, ...none, unsealed: 5, keyless: 1, forged: 4 },
    ]);
  });

  it("are of one size where they are sound, and begin with their own first byte but for the padding's mark", async () => {
    await giveKey();
    const packets = [80, 61, 79, 40].map((length) =>
      frame({ bytes: Uint8Array.from(sound(length), (byte, at) => (at ? byte : 0x78)) }),
    );
    const sealed = await new Transform(caller, "seal").pass(...packets);
    expect(sealed.map(({ data }) => data.byteLength)).to.deep.equal([108, 108, 108, 108]);
    // RFC 6716 section 3.1: configuration and channels are the upper six bits, the lower two say how many frames there are.
    expect(sealed.map(({ data }) => new Uint8Array(data)[0])).to.deep.equal([
      0x78, 0x7b, 0x7b, 0x7b,
    ]);
    const opened = await new Transform(callee, "open").pass(...sealed);
    expect(opened.map(({ data }) => new Uint8Array(data)[0])).to.deep.equal([
      0x78, 0x7b, 0x7b, 0x7b,
    ]);
    expect(opened.map(({ data }) => toHex(data).includes(toHex(sound(40).slice(1))))).to.deep.equal(
      [true, true, true, true],
    );
  });

  it("stay what they were where a key of the other kind follows: the first is the only one", async () => {
    await giveKey();
    for (const pipeline of [caller, callee])
      pipeline.handle({ type: "keys", secret: await epochSecret(), role: "initiator" });
    const theirs = await new Transform(caller, "seal").pass(frame());
    expect(theirs.map(({ data }) => data.byteLength)).to.deep.equal([108]);
    expect((await new Transform(callee, "open").pass(...theirs)).length).to.equal(1);

    const [own, other] = [caller, callee].map(
      () =>
        new FramePipeline(
          () => {},
          (key) => key && new CompatibleFrames(key),
        ),
    );
    own!.setKeys(await epochSecret(), "initiator");
    other!.setKeys(await epochSecret(), "responder");
    for (const pipeline of [own!, other!])
      pipeline.setCompatibleKey(await importCompatibleKey(keyBytes));
    const sealed = await new Transform(own!, "seal").pass(frame());
    expect(sealed.map(({ data }) => data.byteLength)).to.deep.equal([97]);
    expect((await new Transform(other!, "open").pass(...sealed)).length).to.equal(1);
  });

  it("do not start again under a second key of the same kind", async () => {
    await giveKey();
    const prefix = ({ data }: EncodedFrame) => toHex(data.slice(-12));
    const [first] = await new Transform(caller, "seal").pass(frame());
    await giveKey();
    const [second] = await new Transform(caller, "seal").pass(frame());
    expect(prefix(second!)).to.equal(`${prefix(first!).slice(0, -1)}1`);
  });

  it("do not pass where the layout was not handed in, nor in a pipeline that was closed", async () => {
    const key = await importCompatibleKey(keyBytes);
    const without = new FramePipeline(() => {});
    const closed = new FramePipeline(
      () => {},
      (given) => given && new CompatibleFrames(given),
    );
    closed.close();
    for (const pipeline of [without, closed]) {
      pipeline.handle({ type: "compatible-key", key });
      expect(await new Transform(pipeline, "seal").pass(frame())).to.deep.equal([]);
      expect(await new Transform(pipeline, "open").pass(frame())).to.deep.equal([]);
      expect(pipeline.counts).to.deep.equal([{ track: 0, ...none, unsealed: 1, keyless: 1 }]);
    }
  });
});

describe("frames of a call that DTLS alone encrypts", () => {
  const layout = (key: CryptoKey | null) => (key === null ? transportFrames : null);

  it("pass as they are, once the page has said that there is no key", async () => {
    const pipeline = new FramePipeline(() => {}, layout);
    const before = frame();
    expect(await new Transform(pipeline, "seal").pass(before)).to.deep.equal([]);
    pipeline.handle({ type: "compatible-key", key: null });
    const clear = toHex(new Uint8Array(frame({ payloadType: 96, type: "key" }).data));
    const [picture] = await new Transform(pipeline, "seal", 1).pass(
      frame({ mimeType: "video/VP8", type: "key" }),
    );
    expect(toHex(new Uint8Array(picture!.data))).to.equal(clear);
    const [received] = await new Transform(pipeline, "open", 1).pass(picture!);
    expect(toHex(new Uint8Array(received!.data))).to.equal(clear);
  });

  it("pass in no other page: its layout refuses a call without a key, and this one a call with one", async () => {
    for (const [foreign, key] of [
      [undefined, null],
      [(one: CryptoKey | null) => one && new CompatibleFrames(one), null],
      [layout, await importCompatibleKey(new Uint8Array(32))],
    ] as const) {
      const pipeline = new FramePipeline(() => {}, foreign);
      pipeline.handle({ type: "compatible-key", key });
      expect(await new Transform(pipeline, "seal").pass(frame())).to.deep.equal([]);
      expect(await new Transform(pipeline, "open").pass(frame())).to.deep.equal([]);
    }
  });

  it("never pass once the call has the kit's own keys", async () => {
    const pipeline = new FramePipeline(() => {}, layout);
    pipeline.setKeys(await epochSecret(), "initiator");
    pipeline.handle({ type: "compatible-key", key: null });
    const clear = toHex(new Uint8Array(frame().data));
    const [sealed] = await new Transform(pipeline, "seal").pass(frame());
    expect(toHex(new Uint8Array(sealed!.data))).not.to.include(clear);
  });
});
