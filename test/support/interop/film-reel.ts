import { mkdir, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import type { Box, Note } from "./film.ts";

/** What is seen in one picture of a film. */
export interface Seen {
  /** Number of the frame: that of its note. */
  readonly frame: number;
  readonly sides: readonly [caller: Sight, callee: Sight];
}

/** What is seen of one side in one picture of a film. */
export interface Sight {
  /** Whether most of the middle is the green picture of the browser's camera. */
  readonly isPicture: boolean;
  /** Relative luminance at the edge, 0 to 1: of what is behind everything. */
  readonly edge: number;
  /** Contrast ratio of the least readable icon of the toolbar; `null` without any. */
  readonly contrast: number | null;
}

/** A picture of the film. */
export interface Frame {
  /** PNG in base64. */
  readonly data: string;
}

/** A film that is being made. */
interface Reel {
  /** The last picture so far. */
  readonly last: Frame | undefined;
  stop(): Promise<readonly Frame[]>;
}

/** Films a page: every picture that the browser has put together, as it was shown. */
export async function film(page: Page): Promise<Reel> {
  const session = await page.context().newCDPSession(page);
  const frames: Frame[] = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    frames.push({ data });
    // The page may have gone in the meantime.
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  await session.send("Page.startScreencast", { format: "png" });
  return {
    get last() {
      return frames.at(-1);
    },
    async stop() {
      await session.send("Page.stopScreencast");
      return frames;
    },
  };
}

/** Writes a film's pictures into the folder that FILM_FOLDER names, to look at them. */
export async function keepFilm(name: string, frames: readonly Frame[]): Promise<void> {
  const folder = process.env.FILM_FOLDER;
  if (folder === undefined) return;
  await mkdir(`${folder}/${name}`, { recursive: true });
  const digits = (index: number) => String(index).padStart(4, "0");
  await Promise.all(
    frames.map(({ data }, index) =>
      writeFile(`${folder}/${name}/${digits(index)}.png`, Buffer.from(data, "base64")),
    ),
  );
}

/**
 * Looks at the pictures of a film in a page of its own.
 *
 * @param size of one side; the sides stand beside each other, and below them is the number of the frame.
 */
export async function develop(
  browser: Browser,
  frames: readonly Frame[],
  notes: readonly Note[],
  size: readonly [number, number],
): Promise<readonly Seen[]> {
  const page = await browser.newPage();
  try {
    const seen: Seen[] = [];
    for (const { data } of frames) {
      const frame = await page.evaluate(numberOf, data);
      // Something may have been rendered after the note, and before the frame.
      const near = notes.slice(frame, frame + 2);
      const icons = [0, 1].map((side) => near.map(({ sides }) => sides[side]!.icons));
      const sides = await page.evaluate(look, { data, size, icons });
      seen.push({ frame, sides: sides as unknown as Seen["sides"] });
    }
    return seen;
  } finally {
    await page.close();
  }
}

/** Runs in a page. Returns the number that a picture shows in its lower left corner. */
export async function numberOf(data: string): Promise<number> {
  const image = await createImageBitmap(
    await (await fetch(`data:image/png;base64,${data}`)).blob(),
  );
  const context = new OffscreenCanvas(8, 8).getContext("2d")!;
  context.drawImage(image, 0, 8 - image.height);
  const [red = 0, green = 0, blue = 0] = context.getImageData(4, 4, 1, 1).data;
  return (red << 16) + (green << 8) + blue;
}

/** Runs in a page. An icon that moves at this moment counts by the better of its places. */
async function look({
  data,
  size: [width, height],
  icons,
}: {
  data: string;
  size: readonly [number, number];
  icons: readonly (readonly (readonly Box[])[])[];
}): Promise<Sight[]> {
  const image = await createImageBitmap(
    await (await fetch(`data:image/png;base64,${data}`)).blob(),
  );
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", {
    willReadFrequently: true,
  })!;
  context.drawImage(image, 0, 0);
  const linear = (value: number) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const lights = (x: number, y: number, w: number, h: number): number[] => {
    const { data: bytes } = context.getImageData(x, y, Math.max(1, w), Math.max(1, h));
    const found: number[] = [];
    for (let at = 0; at < bytes.length; at += 4)
      found.push(
        0.2126 * linear(bytes[at]!) +
          0.7152 * linear(bytes[at + 1]!) +
          0.0722 * linear(bytes[at + 2]!),
      );
    return found;
  };
  const greenShare = (x: number, y: number, w: number, h: number): number => {
    const { data: bytes } = context.getImageData(x, y, w, h);
    let green = 0;
    for (let at = 0; at < bytes.length; at += 4)
      if (bytes[at + 1]! > 40 + Math.max(bytes[at]!, bytes[at + 2]!)) green += 4;
    return green / bytes.length;
  };
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const ratio = ([x, y, w, h]: Box): number => {
    const counts = new Map<number, number>();
    for (const light of lights(x, y, w, h)) {
      const step = Math.round(light * 200) / 200;
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    const [behind] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
    const seen = [...counts].filter(([, count]) => count > 3).map(([light]) => light);
    return Math.max(
      1,
      ...seen.map((light) => (Math.max(light, behind) + 0.05) / (Math.min(light, behind) + 0.05)),
    );
  };
  return icons.map((moments, side) => {
    const left = side * width;
    // Where it has just come or gone, the picture is of either.
    const isThere = moments.length > 0 && moments.every((boxes) => boxes.length > 0);
    const worst = moments.map((boxes) => Math.min(...boxes.map(ratio)));
    return {
      isPicture: greenShare(left + width * 0.3, height * 0.42, width * 0.4, height * 0.16) > 0.5,
      edge: mean(lights(left + 4, height * 0.7, 8, height * 0.1)),
      contrast: isThere ? Math.max(...worst) : null,
    };
  });
}
