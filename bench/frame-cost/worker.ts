import type { FrameCodec } from "../../src/crypto/frames/codec-wrapper.ts";
import { noise } from "./frames.ts";
import { kitDirect, kitLoop, liveKitLoop, raw, rawAndCopy, rawLoop } from "./subjects.ts";

if (!globalThis.crossOriginIsolated)
  throw new Error("The clock is too coarse for turns of a millisecond.");

/** Few frames a turn: it is over before the machine turns to something else, and a queue of many is not what a call has. */
const cases = [
  { name: "Opus 80 B", codec: "opus", size: 80, frames: 150 },
  { name: "VP8 3 kB", codec: "vp8", size: 3000, frames: 100 },
  { name: "VP8 8 kB", codec: "vp8", size: 8000, frames: 60 },
  { name: "VP8 80 kB", codec: "vp8", size: 80_000, frames: 15 },
  { name: "VP8 200 kB", codec: "vp8", size: 200_000, frames: 8 },
  { name: "H264 8 kB", codec: "h264", size: 8000, frames: 40 },
  { name: "H264 80 kB", codec: "h264", size: 80_000, frames: 8 },
] as const satisfies readonly { name: string; codec: FrameCodec; size: number; frames: number }[];

const subjects = {
  raw,
  rawAndCopy,
  rawLoop,
  direct: await kitDirect(),
  loop: await kitLoop(),
  liveKit: await liveKitLoop(),
};

type Name = keyof typeof subjects;
const names = Object.keys(subjects) as Name[];

/** One row of the table: the mean cost of a frame in each round, µs. */
export interface Row {
  readonly name: string;
  readonly codec: FrameCodec;
  readonly size: number;
  readonly seal: Readonly<Record<Name, number[]>>;
  readonly open: Readonly<Record<Name, number[]>>;
  /** Bytes that a sealed frame is longer, smallest and largest. */
  readonly overhead: Readonly<Record<Name, readonly [number, number]>>;
}

/** All rounds of all rows. The subjects alternate in a different order each round, so that other load affects them alike. */
async function measure(rounds: number): Promise<Row[]> {
  const each = <T>(make: () => T) =>
    Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, T>;
  const rows = cases.map(({ name, codec, size, frames }) => ({
    ...{ name, codec, size, plaintexts: noise(codec, size, frames) },
    ...{
      seal: each((): number[] => []),
      open: each((): number[] => []),
      overhead: each((): [number, number] => [Infinity, 0]),
    },
  }));
  // The first rounds warm the engine up.
  for (let round = -3; round < rounds; round++) {
    for (const { codec, plaintexts, seal, open, overhead } of rows) {
      for (const [at] of names.entries()) {
        const name = names[(at + round + 3) % names.length] ?? "raw";
        // Outputs are dropped during the measurement, as a call drops sent frames.
        const sealed: ArrayBuffer[] = [];
        await subjects[name].seal({
          codec,
          buffers: plaintexts,
          take: (frame) => sealed.push(frame),
        });
        overhead[name] = added(overhead[name], plaintexts, sealed);
        const sealing = await subjects[name].seal({
          codec,
          buffers: plaintexts,
          take: () => undefined,
        });
        const opening = await subjects[name].open({
          codec,
          buffers: sealed,
          take: () => undefined,
        });
        if (round < 0) continue;
        seal[name].push(sealing);
        open[name].push(opening);
      }
    }
  }
  return rows.map(({ plaintexts: _, ...row }) => row);
}

function added(
  [least, most]: readonly [number, number],
  plaintexts: ArrayBuffer[],
  sealed: ArrayBuffer[],
): [number, number] {
  const lengths = sealed.map(
    ({ byteLength }, at) => byteLength - (plaintexts[at]?.byteLength ?? 0),
  );
  return [Math.min(least, ...lengths), Math.max(most, ...lengths)];
}

/** Checks that all do the same work: every frame is restored. */
async function check(): Promise<void> {
  for (const { codec, name: title, size } of cases) {
    const plaintexts = noise(codec, size, 3);
    for (const name of names) {
      const sealed: ArrayBuffer[] = [];
      const opened: ArrayBuffer[] = [];
      await subjects[name].seal({
        codec,
        buffers: plaintexts,
        take: (frame) => sealed.push(frame),
      });
      await subjects[name].open({ codec, buffers: sealed, take: (frame) => opened.push(frame) });
      const text = (buffers: readonly ArrayBuffer[]) =>
        buffers.map((buffer) => new Uint8Array(buffer).join()).join(";");
      if (text(opened) !== text(plaintexts))
        throw new Error(`${name} does not give the frames of ${title} back.`);
      if (sealed.some(({ byteLength }) => byteLength < size + 16))
        throw new Error(`${name} does not encrypt the frames of ${title}.`);
    }
  }
}

addEventListener("message", ({ data }: MessageEvent<{ rounds: number }>) => {
  check()
    .then(() => measure(data.rounds))
    .then(
      (rows) => {
        postMessage({ rows });
      },
      (thrown: unknown) => {
        postMessage({ failure: String(thrown) });
      },
    );
});
