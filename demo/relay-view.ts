import { isMotionReduced } from "./drawn-voice.ts";
import type { WireFrame } from "./wire.ts";

/** Frames whose last bytes are on the screen, and how many of each. */
const shownFrames = 60;
const shownBytes = 8;
/** Milliseconds between two pictures of the bytes. */
const pause = { usual: 90, reduced: 3000 };

function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no "${id}".`);
  return element;
}

/** Bytes as a picture: one pixel for each, in shades of one colour. The next frame goes on where the last one ended. */
class Noise {
  readonly #context: CanvasRenderingContext2D | null;
  readonly #image: ImageData;
  readonly #shade: (byte: number) => readonly [number, number, number];
  #at = 0;

  constructor(
    canvas: HTMLCanvasElement,
    shade: (byte: number) => readonly [number, number, number],
  ) {
    this.#context = canvas.getContext("2d", { alpha: false });
    this.#image = new ImageData(canvas.width, canvas.height);
    this.#shade = shade;
  }

  add(bytes: Uint8Array): void {
    const { data } = this.#image;
    for (const byte of bytes) {
      const [red, green, blue] = this.#shade(byte);
      data.set([red, green, blue, 255], this.#at);
      this.#at = (this.#at + 4) % data.length;
    }
  }

  draw(): void {
    this.#context?.putImageData(this.#image, 0, 0);
  }
}

/** Shows the frames on their way, byte by byte: what whoever relays them has. */
export class RelayView {
  readonly #text = find("bytes", HTMLElement);
  readonly #count = find("relayed", HTMLElement);
  readonly #noises: Readonly<Record<string, Noise>> = {
    Ann: new Noise(find("noise-ann", HTMLCanvasElement), (byte) => [
      40 + byte * 0.84,
      18 + byte * 0.62,
      44 + byte * 0.46,
    ]),
    Ben: new Noise(find("noise-ben", HTMLCanvasElement), (byte) => [
      14 + byte * 0.46,
      26 + byte * 0.68,
      56 + byte * 0.78,
    ]),
  };
  #shown: string[] = [];
  #frames = 0;
  #bytes = 0;
  #drawn = 0;

  take({ sender, isPicture, bytes }: WireFrame): void {
    const all = new Uint8Array(bytes);
    this.#frames += 1;
    this.#bytes += all.length;
    // The last bytes: those at the front name the codec and are in clear, as packets need it.
    const end = all.subarray(-shownBytes);
    this.#shown.push(Array.from(end, (byte) => byte.toString(16).padStart(2, "0")).join(" "));
    if (this.#shown.length > shownFrames) this.#shown = this.#shown.slice(-shownFrames);
    if (isPicture) this.#noises[sender]?.add(all);
    this.#drawSoon();
  }

  #drawSoon(): void {
    const now = performance.now();
    if (now - this.#drawn < (isMotionReduced() ? pause.reduced : pause.usual)) return;
    this.#drawn = now;
    requestAnimationFrame(() => {
      for (const noise of Object.values(this.#noises)) noise.draw();
      this.#text.textContent = this.#shown.join(" ");
      const size = (this.#bytes / 1e6).toFixed(1);
      this.#count.textContent = `${this.#frames.toLocaleString("en")} frames, ${size} MB. No key, no word, no face.`;
    });
  }
}
