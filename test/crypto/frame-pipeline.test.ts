import { expect } from "@open-wc/testing";
import { FramePipeline } from "../../src/crypto/frame-pipeline.ts";
import type { EncodedFrame } from "../../src/crypto/frame-pipeline.ts";
import type { TrackId } from "../../src/crypto/key-schedule.ts";
import type { CipherReport, TrackCounts, TransformSide } from "../../src/crypto/worker-protocol.ts";
import { epochSecret, flipped, sound } from "../support/frames.ts";
import { toHex } from "../support/hex.ts";

interface FrameOptions {
  readonly mimeType?: string;
  readonly payloadType?: number;
  readonly type?: "key" | "delta" | "empty";
  readonly bytes?: Uint8Array;
}

function frame({ mimeType = "audio/opus", payloadType, type, bytes = sound() }: FrameOptions = {}): EncodedFrame {
  const metadata = {
    ...(payloadType === undefined ? { mimeType } : { payloadType }),
    ...(type === undefined ? {} : { width: 640, height: 360 }),
  };
  return { data: bytes.slice().buffer, ...(type === undefined ? {} : { type }), getMetadata: () => metadata };
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
    this.ended = pipeline.run({ side, track }, { readable: this.#input.readable, writable: this.#output.writable });
    this.#drained = this.#output.readable.pipeTo(new WritableStream({ write: (passed) => void this.passed.push(passed) }));
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

const none: Omit<TrackCounts, "track"> = { sealed: 0, unsealed: 0, opened: 0, duplicate: 0, forged: 0, keyless: 0 };

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
    const odd = ["video/H265", "video/rtx", "audio/PCMU", ""].map((mimeType) => frame({ mimeType, type: "key" }));
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
    const sealed = await new Transform(caller, "seal").pass(frame({ payloadType: 111 }), frame({ payloadType: 5 }));
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
    const opened = await new Transform(callee, "open").pass(sealed[0]!, again, bad, clear, tiny, sealed[1]!, sealed[2]!);
    expect(opened.length).to.equal(3);
    expect(callee.counts).to.deep.equal([{ track: 0, ...none, opened: 3, duplicate: 1, forged: 3 }]);
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

  it("keep counting where a track's transform is made anew", async () => {
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
    const ended = caller.run({ side: "seal", track: 0 }, { readable: input.readable, writable: output.writable });
    await output.readable.cancel();
    await input.writable
      .getWriter()
      .write(frame())
      .catch(() => undefined);
    await ended;
  });
});
