import { expect } from "@open-wc/testing";
import { OpusPadding } from "../../../src/crypto/frames/frame-pipeline.ts";

/** A second of a tone that grows louder, as real Opus packets of changing size. */
async function encodeTone(): Promise<Uint8Array<ArrayBuffer>[]> {
  const packets: Uint8Array<ArrayBuffer>[] = [];
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      packets.push(packet);
    },
    error: (error) => {
      throw error;
    },
  });
  const config = {
    codec: "opus",
    sampleRate: 48_000,
    numberOfChannels: 1,
    bitrate: 40_000,
    bitrateMode: "variable",
  } as const;
  encoder.configure(config);
  for (let frame = 0; frame < 50; frame++) {
    const data = Float32Array.from(
      { length: 960 },
      (_, at) => (frame / 60) * Math.sin((frame * 960 + at) * (0.02 + frame / 900)),
    );
    const format = {
      format: "f32-planar",
      sampleRate: 48_000,
      numberOfFrames: 960,
      numberOfChannels: 1,
    } as const;
    encoder.encode(new AudioData({ ...format, timestamp: frame * 20_000, data }));
  }
  await encoder.flush();
  encoder.close();
  return packets;
}

/** The samples of packets, by a real decoder. */
async function decode(packets: readonly Uint8Array<ArrayBuffer>[]): Promise<Float32Array> {
  const samples: number[] = [];
  const decoder = new AudioDecoder({
    output: (data) => {
      const part = new Float32Array(data.numberOfFrames);
      data.copyTo(part, { planeIndex: 0, format: "f32-planar" });
      samples.push(...part);
      data.close();
    },
    error: (error) => {
      throw error;
    },
  });
  decoder.configure({ codec: "opus", sampleRate: 48_000, numberOfChannels: 1 });
  packets.forEach((data, index) => {
    decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: index * 20_000, data }));
  });
  await decoder.flush();
  decoder.close();
  return Float32Array.from(samples);
}

function packet(length: number): ArrayBuffer {
  return Uint8Array.from({ length }, (_, at) => (at === 0 ? 0x78 : at)).buffer;
}

describe("the padding of sound", () => {
  it("changes no sample: a real decoder hears the same of padded packets", async () => {
    const packets = await encodeTone();
    expect(new Set(packets.map(({ length }) => length)).size).to.be.greaterThan(5);
    const padding = new OpusPadding();
    padding.pad(packet(400));
    const padded = packets.map((data) => new Uint8Array(padding.pad(data.buffer)));
    expect([...new Set(padded.map(({ length }) => length))]).to.deep.equal([400]);
    const [heard, meant] = [await decode(padded), await decode(packets)];
    expect(heard.length).to.equal(meant.length);
    expect(heard.every((sample, at) => sample === meant[at])).to.equal(true);
  });

  it("leaves packets of one size as they are", () => {
    const padding = new OpusPadding();
    for (let index = 0; index < 5; index++) {
      const data = packet(80);
      expect(padding.pad(data) === data).to.equal(true);
    }
  });

  it("gives every packet the size of the largest so far, whatever is missing", () => {
    for (let missing = 1; missing < 400; missing++) {
      const padding = new OpusPadding();
      padding.pad(packet(400));
      expect(padding.pad(packet(400 - missing)).byteLength).to.equal(400);
    }
  });

  it("leaves alone what it cannot pad: an empty packet, one of several frames, one that is larger than any for speech", () => {
    const padding = new OpusPadding();
    padding.pad(packet(100));
    const several = Uint8Array.of(0x7b, 0x02, 1, 2).buffer;
    for (const data of [new ArrayBuffer(0), several, packet(401)])
      expect(padding.pad(data) === data).to.equal(true);
    expect(padding.pad(packet(50)).byteLength).to.equal(100);
  });
});
