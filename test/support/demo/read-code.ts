import type { Locator } from "playwright";

/** Modules of a picture of a QR code, dark ones `true`: a square. */
type Modules = readonly (readonly boolean[])[];

/** Of level M: bytes in each block, and where alignment patterns are, by version (ISO/IEC 18004). */
const versions: Readonly<Record<number, { blocks: readonly number[]; at: readonly number[] }>> = {
  5: { blocks: [43, 43], at: [6, 30] },
  6: { blocks: [27, 27, 27, 27], at: [6, 34] },
  7: { blocks: [31, 31, 31, 31], at: [6, 22, 38] },
  8: { blocks: [38, 38, 39, 39], at: [6, 24, 42] },
};

const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/**
 * Reads a QR code as it is seen: from the pixels of its element. It has to be whole, upright and of level M: nothing is corrected.
 *
 * @throws {Error} for anything else.
 */
export async function readCode(code: Locator): Promise<string> {
  const picture = await code.screenshot();
  return textOf(await code.page().evaluate(modulesOf, picture.toString("base64")));
}

/** Runs in a page. The quiet zone is what is light around it. */
async function modulesOf(png: string): Promise<boolean[][]> {
  const image = new Image();
  // The page's policy allows this way only.
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const isDark = (x: number, y: number) => (data[4 * (y * width + x)] ?? 255) < 128;
  const columns = Array.from({ length: width }, (_, x) => x);
  const rows = Array.from({ length: height }, (_, y) => y);
  const dark = columns.filter((x) => rows.some((y) => isDark(x, y)));
  const [left, right] = [dark[0] ?? 0, (dark.at(-1) ?? 0) + 1];
  const top = rows.find((y) => columns.some((x) => isDark(x, y))) ?? 0;
  // The first row begins with a finder pattern, seven modules wide.
  const finder = columns.slice(left).findIndex((x) => !isDark(x, top));
  const size = Math.round(((right - left) * 7) / finder);
  const module = (right - left) / size;
  const middle = (start: number, index: number) => Math.floor(start + (index + 0.5) * module);
  return Array.from({ length: size }, (_row, y) =>
    Array.from({ length: size }, (_column, x) => isDark(middle(left, x), middle(top, y))),
  );
}

function textOf(modules: Modules): string {
  const size = modules.length;
  const version = (size - 17) / 4;
  const known = versions[version];
  if (!known) throw new Error(`A code with ${String(size)} modules is not known here.`);
  const bit = (x: number, y: number) => (modules[y]?.[x] ? 1 : 0);
  const format = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((x) => bit(x, 8)),
    ...[7, 5, 4, 3, 2, 1, 0].map((y) => bit(8, y)),
  ];
  const kind = (numberOf(format) ^ 0x5412) >> 10;
  if (kind >> 3 !== 0) throw new Error("The code is not of level M.");
  const mask = masks[kind & 7]!;
  const bits = pathOf(size, version, known.at).map(
    ([x, y]) => bit(x, y) ^ (mask(x, y) === 0 ? 1 : 0),
  );
  const bytes = bytesOf(bits);
  // One byte of each block after the other.
  const blocks: number[][] = known.blocks.map(() => []);
  const longest = Math.max(...known.blocks);
  let next = 0;
  for (let index = 0; index < longest; index++)
    for (const [number, length] of known.blocks.entries())
      if (index < length) blocks[number]!.push(bytes[next++]!);
  const data = blocks
    .flat()
    .flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1));
  if (numberOf(data.slice(0, 4)) !== 4) throw new Error("The code has no bytes.");
  const length = numberOf(data.slice(4, 12));
  const text = Uint8Array.from(bytesOf(data.slice(12, 12 + 8 * length)));
  return new TextDecoder("utf-8", { fatal: true }).decode(text);
}

const numberOf = (bits: readonly number[]): number => bits.reduce((sum, each) => 2 * sum + each, 0);

const bytesOf = (bits: readonly number[]): number[] =>
  Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    numberOf(bits.slice(8 * index, 8 * index + 8)),
  );

/** The modules with data in their order: two columns at a time from the right, up and down. */
function pathOf(size: number, version: number, at: readonly number[]): [x: number, y: number][] {
  const last = size - 7;
  const isAlignment = (x: number, y: number) =>
    at.some((column) =>
      at.some(
        (row) =>
          !(column === 6 && (row === 6 || row === last)) &&
          !(row === 6 && column === last) &&
          Math.abs(x - column) <= 2 &&
          Math.abs(y - row) <= 2,
      ),
    );
  const isPattern = (x: number, y: number) =>
    x === 6 ||
    y === 6 ||
    (x < 9 && (y < 9 || y >= size - 8)) ||
    (y < 9 && x >= size - 8) ||
    (version >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11))) ||
    isAlignment(x, y);
  const path: [x: number, y: number][] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!isPattern(x, y)) path.push([x, y]);
    }
    isUp = !isUp;
  }
  return path;
}
