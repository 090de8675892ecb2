/* The worker of `backgroundBlur()`: finds the person in each picture, and blurs the rest. Imports nothing but the host's library. */

/** The first message to the worker. */
export interface BlurStart {
  readonly library: string;
  readonly wasmLoader: string;
  readonly wasm: string;
  readonly model: string;
  readonly strength: number;
  /** The camera's frames, and where the blurred ones go; `null` where they are passed one by one. */
  readonly frames: {
    readonly readable: ReadableStream<VideoFrame>;
    readonly writable: WritableStream<VideoFrame>;
  } | null;
}

/** Answer of the worker: it can begin, it cannot, or a blurred picture. */
export type BlurAnswer = "ready" | "failed" | ImageBitmap;

/** The used part of `@mediapipe/tasks-vision`. */
interface Vision {
  readonly ImageSegmenter: {
    createFromOptions(
      files: { readonly wasmLoaderPath: string; readonly wasmBinaryPath: string },
      options: object,
    ): Promise<Segmenter>;
  };
}

interface Segmenter {
  segmentForVideo(
    picture: OffscreenCanvas,
    timestamp: number,
  ): {
    readonly confidenceMasks?: readonly { getAsFloat32Array(): Float32Array }[];
    close(): void;
  };
}

/** The size that the model works with. */
const [maskWidth, maskHeight] = [256, 144];

/** Share of the last mask in a new one: an edge that flickers is seen more than one that is late. */
const memory = 0.35;

const contextOf = (width: number, height: number, options?: CanvasRenderingContext2DSettings) => {
  const context = new OffscreenCanvas(width, height).getContext("2d", options);
  if (context === null) throw new Error("No canvas.");
  return context;
};

/** Draws pictures whose background is blurred. */
class Blur {
  readonly #segmenter: Segmenter;
  readonly #strength: number;
  readonly #seen = contextOf(maskWidth, maskHeight);
  readonly #mask = contextOf(maskWidth, maskHeight);
  readonly #alpha = new ImageData(maskWidth, maskHeight);
  readonly #coarse = contextOf(1, 1);
  readonly #drawn = contextOf(1, 1);
  /** The segmenter requires times that grow. Milliseconds. */
  #time = 0;

  constructor(segmenter: Segmenter, strength: number) {
    this.#segmenter = segmenter;
    this.#strength = strength;
  }

  /** @returns the canvas of the blurred picture, valid until the next one. */
  draw(picture: CanvasImageSource, width: number, height: number): OffscreenCanvas {
    this.#findPerson(picture);
    const { canvas } = this.#drawn;
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    this.#drawn.globalCompositeOperation = "copy";
    this.#drawn.drawImage(this.#mask.canvas, 0, 0, width, height);
    this.#drawn.globalCompositeOperation = "source-in";
    this.#drawn.drawImage(picture, 0, 0, width, height);
    this.#drawn.globalCompositeOperation = "destination-over";
    this.#drawn.drawImage(this.#blurred(width, height), 0, 0, width, height);
    return canvas;
  }

  #findPerson(picture: CanvasImageSource): void {
    this.#seen.drawImage(picture, 0, 0, maskWidth, maskHeight);
    this.#time = Math.max(this.#time + 1, Math.round(performance.now()));
    const found = this.#segmenter.segmentForVideo(this.#seen.canvas, this.#time);
    const person = found.confidenceMasks?.[0]?.getAsFloat32Array();
    const { data } = this.#alpha;
    if (person?.length !== data.length / 4) throw new Error("No mask.");
    for (const [at, share] of person.entries()) {
      const index = 4 * at + 3;
      data[index] = memory * (data[index] ?? 0) + (1 - memory) * 255 * share;
    }
    found.close();
    this.#mask.putImageData(this.#alpha, 0, 0);
  }

  /** Small and large again: a blur in every engine, at the cost of drawing it twice. */
  #blurred(width: number, height: number): OffscreenCanvas {
    const { canvas } = this.#coarse;
    const rows = Math.max(4, Math.round(1 / this.#strength));
    const columns = Math.max(4, Math.round((rows * width) / height));
    if (canvas.width !== columns || canvas.height !== rows)
      Object.assign(canvas, { width: columns, height: rows });
    this.#coarse.imageSmoothingQuality = "high";
    this.#drawn.imageSmoothingQuality = "high";
    // From the small copy: one step to a tiny size would pick single pixels, and flicker.
    this.#coarse.drawImage(this.#seen.canvas, 0, 0, columns, rows);
    return canvas;
  }
}

async function blurOf({ library, wasmLoader, wasm, model, strength }: BlurStart): Promise<Blur> {
  // Safari before 16.4: nothing is loaded for what cannot run.
  if (!("OffscreenCanvas" in globalThis)) throw new Error("No canvas in a worker.");
  const vision = (await import(/* @vite-ignore */ /* webpackIgnore: true */ library)) as Vision;
  const segmenter = await vision.ImageSegmenter.createFromOptions(
    { wasmLoaderPath: wasmLoader, wasmBinaryPath: wasm },
    {
      // The model is small: WebGL costs more than it saves, and needs a graphics card.
      baseOptions: { modelAssetPath: model, delegate: "CPU" },
      runningMode: "VIDEO",
      outputCategoryMask: false,
      outputConfidenceMasks: true,
    },
  );
  const blur = new Blur(segmenter, strength);
  // An engine without WebGL fails at the first picture only.
  blur.draw(contextOf(maskWidth, maskHeight).canvas, maskWidth, maskHeight);
  return blur;
}

/** TypeScript's DOM library has the types of a page, not those of a worker. */
const page = globalThis as unknown as {
  postMessage(answer: BlurAnswer, transfer?: Transferable[]): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<BlurStart | ImageBitmap>) => void,
  ): void;
};

let blur: Blur | null = null;

async function start(options: BlurStart): Promise<void> {
  const ready = await blurOf(options);
  blur = ready;
  page.postMessage("ready");
  if (options.frames === null) return;
  const { readable, writable } = options.frames;
  const blurring = new TransformStream<VideoFrame, VideoFrame>({
    transform(frame, controller) {
      const { displayWidth, displayHeight, timestamp } = frame;
      try {
        const drawn = ready.draw(frame, displayWidth, displayHeight);
        controller.enqueue(new VideoFrame(drawn, { timestamp }));
      } finally {
        frame.close();
      }
    },
  });
  // A failure ends the track: a picture that is not blurred never passes.
  await readable.pipeThrough(blurring).pipeTo(writable);
}

page.addEventListener("message", ({ data }) => {
  if (!(data instanceof ImageBitmap)) {
    start(data).catch(() => {
      page.postMessage("failed");
    });
    return;
  }
  try {
    const drawn = blur?.draw(data, data.width, data.height).transferToImageBitmap();
    if (drawn) page.postMessage(drawn, [drawn]);
  } catch {
    page.postMessage("failed");
  } finally {
    data.close();
  }
});
