import type { BlurAnswer, BlurStart } from "./background-worker.ts";
import type { TrackEffect } from "../media/devices/open-track.ts";

/** Options of `backgroundBlur()`. */
export interface BackgroundBlurOptions {
  /** Folder of the host's own origin with the files below, which need not be named then. It ends with a slash. */
  readonly folder: string | URL;
  /** `vision_bundle.mjs` of `@mediapipe/tasks-vision` 1.1. */
  readonly library?: string | URL;
  /** `vision_wasm_module_internal.js` of the same package. */
  readonly wasmLoader?: string | URL;
  /** `vision_wasm_module_internal.wasm` of the same package. */
  readonly wasm?: string | URL;
  /** The model, a selfie segmenter of MediaPipe with its metadata. Default `selfie_segmenter.tflite`. */
  readonly model?: string | URL;
  /** Address of `background-worker.js`, where a bundler does not find it. */
  readonly worker?: string | URL;
  /** Radius of the blur as a share of the picture's height, 0.01 to 0.2. Default 0.06. */
  readonly strength?: number;
}

/** W3C "MediaStreamTrack Insertable Media Processing using Streams", in its first form, which Chromium has in pages. */
interface FrameStreams {
  readonly MediaStreamTrackProcessor?: new (init: { readonly track: MediaStreamTrack }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  readonly MediaStreamTrackGenerator?: new (init: {
    readonly kind: "video";
  }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
}

/**
 * Blurs what is behind a person, in a worker: for `view.effects`. The device menu then has the switch "Blur background". Where the
 * engine blurs by itself (`backgroundBlur` of W3C Media Capture and Streams Extensions), this is not used. No picture is sent before
 * the first blurred one, and none that is not blurred.
 *
 * Firefox and Safari process frames by a canvas, which stops while the page is hidden.
 *
 * @example view.effects = [backgroundBlur({ folder: "/effects/" })];
 */
export function backgroundBlur({
  folder,
  library = "vision_bundle.mjs",
  wasmLoader = "vision_wasm_module_internal.js",
  wasm = "vision_wasm_module_internal.wasm",
  model = "selfie_segmenter.tflite",
  worker: address,
  strength = 0.06,
}: BackgroundBlurOptions): TrackEffect {
  const base = new URL(folder, document.baseURI);
  const at = (file: string | URL) => new URL(file, base).href;
  const files = {
    library: at(library),
    wasmLoader: at(wasmLoader),
    wasm: at(wasm),
    model: at(model),
    strength: Math.min(0.2, Math.max(0.01, strength)),
  };
  return {
    feature: "backgroundBlur",
    process: async (track, { signal }) => {
      const worker =
        address === undefined
          ? new Worker(new URL("./background-worker.ts", import.meta.url), { type: "module" })
          : new Worker(address, { type: "module" });
      const end = () => {
        worker.terminate();
      };
      signal.addEventListener("abort", end);
      try {
        const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as FrameStreams;
        if (MediaStreamTrackProcessor && MediaStreamTrackGenerator) {
          const { readable } = new MediaStreamTrackProcessor({ track });
          const generator = new MediaStreamTrackGenerator({ kind: "video" });
          const frames = { readable, writable: generator.writable };
          await begin(worker, { ...files, frames }, signal);
          return generator;
        }
        await begin(worker, { ...files, frames: null }, signal);
        return await throughCanvas(worker, track, signal);
      } catch (thrown) {
        end();
        throw thrown;
      }
    },
  };
}

/** Resolves once the worker has its model. Rejects where it fails, or where the camera is not wanted any more. */
function begin(worker: Worker, start: BlurStart, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      reject(new Error("The background cannot be blurred."));
    };
    worker.addEventListener("error", fail);
    signal.addEventListener("abort", fail);
    worker.addEventListener("message", ({ data }: MessageEvent<BlurAnswer>) => {
      if (data === "ready") resolve();
      else if (data === "failed") fail();
    });
    const { frames } = start;
    worker.postMessage(start, frames === null ? [] : [frames.readable, frames.writable]);
  });
}

/** Passes the pictures of a video to the worker one by one, and draws its answers. Resolves with the first one drawn. */
async function throughCanvas(
  worker: Worker,
  track: MediaStreamTrack,
  signal: AbortSignal,
): Promise<MediaStreamTrack> {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream([track]) });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const [drawn] = canvas.captureStream().getVideoTracks();
  if (drawn === undefined || context === null) throw new Error("No track of a canvas.");
  signal.addEventListener("abort", () => {
    video.srcObject = null;
  });
  const pass = async () => {
    if (signal.aborted) return;
    const picture = await createImageBitmap(video);
    worker.postMessage(picture, [picture]);
  };
  await new Promise<void>((resolve, reject) => {
    const lose = () => {
      drawn.stop();
      // A track that the page stops fires no event, and the camera would seem on.
      drawn.dispatchEvent(new Event("ended"));
      reject(new Error("The background is not blurred any more."));
    };
    worker.addEventListener("message", ({ data }: MessageEvent<BlurAnswer>) => {
      if (data === "failed") lose();
      if (typeof data === "string") return;
      if (canvas.width !== data.width || canvas.height !== data.height)
        Object.assign(canvas, { width: data.width, height: data.height });
      context.drawImage(data, 0, 0);
      data.close();
      resolve();
      next();
    });
    const next = () => {
      video.requestVideoFrameCallback(() => void pass().catch(lose));
    };
    next();
    video.play().catch(lose);
  });
  return drawn;
}
