import { mkdir, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import type { Note } from "./film.ts";
import type { Box, PictureName } from "./film-moment.ts";
import { hues, type Subject } from "./film-people.ts";

/** What is seen in one picture of a film. */
export interface Seen {
  /** Number of the frame: that of its note. */
  readonly frame: number;
  readonly sides: readonly [caller: Sight, callee: Sight];
}

/** Whose picture it is, by its colour; `black` for one that is black, which no place without a picture is. */
export type Shown = Subject | "black" | "none";

/** What is seen of one side in one picture of a film. */
export interface Sight {
  /** The picture in the middle. */
  readonly middle: Shown;
  /** Relative luminance at the edge, 0 to 1: of what is behind everything. */
  readonly edge: number;
  /** Contrast ratio of every control that may be pressed. */
  readonly contrasts: Readonly<Record<string, number>>;
  /** What is in each place for a picture. */
  readonly places: Readonly<Partial<Record<PictureName, Shown>>>;
  /** Lightness of the parts of the screen, 0 to 1. */
  readonly cells: readonly number[];
}

/** A picture of the film. */
export interface Frame {
  /** PNG in base64. */
  readonly data: string;
  /** When the browser has put it together, in seconds. */
  readonly time: number;
}

/** A film that is being made. */
export interface Reel {
  /** The last picture so far. */
  readonly last: Frame | undefined;
  stop(): Promise<readonly Frame[]>;
}

/** Films a page: every picture that the browser has put together, as it was shown. */
export async function film(page: Page): Promise<Reel> {
  const session = await page.context().newCDPSession(page);
  const frames: Frame[] = [];
  session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    frames.push({ data, time: metadata.timestamp ?? 0 });
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
      // They are compressed beside each other: one in ten comes before the one in front of it.
      return frames.toSorted((one, other) => one.time - other.time);
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

/** Looks at the pictures of a film in a page of its own. Below the sides each has the number of its frame. */
export async function develop(
  browser: Browser,
  frames: readonly Frame[],
  notes: readonly Note[],
): Promise<readonly Seen[]> {
  const page = await browser.newPage();
  try {
    const seen: Seen[] = [];
    for (const { data } of frames) {
      const frame = await page.evaluate(numberOf, data);
      // Something may have been rendered after the note, and before the frame.
      const near = notes.slice(frame, frame + 2);
      if (near.length === 0) continue;
      const sides = await page.evaluate(look, { data, near, hues });
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

/** Runs in a page. What moves at this moment counts by the better of its places. */
async function look({
  data,
  near,
  hues: known,
}: {
  data: string;
  near: readonly Note[];
  hues: Readonly<Record<Subject, number>>;
}): Promise<Sight[]> {
  const image = await createImageBitmap(
    await (await fetch(`data:image/png;base64,${data}`)).blob(),
  );
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", {
    willReadFrequently: true,
  })!;
  context.drawImage(image, 0, 0);
  const linear = Array.from({ length: 256 }, (_, value) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  const lights = (x: number, y: number, w: number, h: number, step = 1): number[] => {
    const { data: bytes } = context.getImageData(x, y, Math.max(1, w), Math.max(1, h));
    const found: number[] = [];
    for (let at = 0; at < bytes.length; at += 4 * step)
      found.push(
        0.2126 * linear[bytes[at]!]! +
          0.7152 * linear[bytes[at + 1]!]! +
          0.0722 * linear[bytes[at + 2]!]!,
      );
    return found;
  };
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  /** Whose colour most of a box has. */
  const shownIn = (x: number, y: number, w: number, h: number): Shown => {
    const { data: bytes } = context.getImageData(x, y, Math.max(1, w), Math.max(1, h));
    const counts = new Map<Subject | "black", number>();
    for (let at = 0; at < bytes.length; at += 20) {
      const [red, green, blue] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
      const most = Math.max(red, green, blue);
      const chroma = most - Math.min(red, green, blue);
      if (most < 4) counts.set("black", (counts.get("black") ?? 0) + 1);
      // Also of a picture that is dimmed.
      if (most < 10 || chroma < most * 0.35) continue;
      const sixth =
        most === red
          ? (green - blue) / chroma
          : most === green
            ? 2 + (blue - red) / chroma
            : 4 + (red - green) / chroma;
      const hue = (sixth * 60 + 360) % 360;
      for (const [subject, own] of Object.entries(known) as [Subject, number][])
        if (Math.abs(hue - own) < 15) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    }
    for (const [subject, count] of counts) if (count > bytes.length / 20 / 2) return subject;
    return "none";
  };
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
  return [0, 1].map((side) => {
    const moments = near.map(({ sides }) => sides[side]!);
    const [x, y, w, h] = moments[0]!.view;
    const contrasts: Record<string, number> = {};
    for (const { name } of moments[0]!.controls) {
      const boxes = moments.flatMap(({ controls }) => controls.filter((one) => one.name === name));
      // Where it has just come or gone, the picture is of either.
      if (boxes.length === 2) contrasts[name] = Math.max(...boxes.map(({ box }) => ratio(box)));
    }
    const places: Partial<Record<PictureName, Shown>> = {};
    for (const { name } of moments[0]!.places) {
      const boxes = moments.flatMap((one) => one.places.filter((place) => place.name === name));
      const shown = boxes.map(({ box: [left, top, width, height] }) =>
        shownIn(left + width * 0.25, top + height * 0.25, width * 0.5, height * 0.5),
      );
      // Where it has just come or gone, the picture is of either: but nothing else is black.
      if (boxes.length < 2 && !shown.includes("black")) continue;
      places[name] = shown.find((one) => one !== "none") ?? "none";
    }
    const [columns, rows] = w < h ? [3, 6] : [6, 3];
    const cells = Array.from({ length: columns * rows }, (_, index) => {
      const [column, row] = [index % columns, Math.floor(index / columns)];
      const light = mean(
        lights(x + (column * w) / columns, y + (row * h) / rows, w / columns, h / rows, 7),
      );
      // CIE L*, of one.
      return light <= 0.008856 ? 9.033 * light : 1.16 * Math.cbrt(light) - 0.16;
    });
    return {
      middle: shownIn(x + w * 0.3, y + h * 0.42, w * 0.4, h * 0.16),
      edge: mean(lights(x + 4, y + h * 0.7, 8, h * 0.1)),
      contrasts,
      places,
      cells,
    };
  });
}
