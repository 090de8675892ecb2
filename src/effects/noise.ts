import type { TrackEffect } from "../media/devices/open-track.ts";

/** Options of `noiseSuppression()`. */
export interface NoiseSuppressionOptions {
  /** Folder of the host's own origin with the files below, which need not be named then. It ends with a slash. */
  readonly folder: string | URL;
  /** `rnnoiseWorklet.js` of `@sapphi-red/web-noise-suppressor` 0.4: its `dist/rnnoise/workletProcessor.js`. */
  readonly worklet?: string | URL;
  /** `rnnoise.wasm` of the same package. */
  readonly wasm?: string | URL;
  /** `rnnoise_simd.wasm` of the same package. */
  readonly simdWasm?: string | URL;
}

/** The rate that RNNoise is made for, in Hz. */
const sampleRate = 48_000;

/** Milliseconds for an audio context to start: without a press, an engine may never let it. */
const patience = 3000;

/**
 * Leaves the voice of what the microphone hears, by RNNoise in an audio worklet: for `view.effects`. The device menu then has the switch
 * "Voice isolation". Where the engine has `voiceIsolation` (W3C Media Capture and Streams Extensions), this is not used. The content
 * security policy of the page needs `'wasm-unsafe-eval'`.
 *
 * @example view.effects = [noiseSuppression({ folder: "/effects/" })];
 */
export function noiseSuppression({
  folder,
  worklet = "rnnoiseWorklet.js",
  wasm = "rnnoise.wasm",
  simdWasm = "rnnoise_simd.wasm",
}: NoiseSuppressionOptions): TrackEffect {
  const base = new URL(folder, document.baseURI);
  const at = (file: string | URL) => new URL(file, base).href;
  /** Loaded once for all calls; again where it could not be loaded. */
  let loaded: Promise<ArrayBuffer> | null = null;
  return {
    feature: "voiceIsolation",
    process: async (track, { signal }) => {
      // A class of a node: a server that renders has none to derive it from.
      const { loadRnnoise, RnnoiseWorkletNode } = await import("@sapphi-red/web-noise-suppressor");
      loaded ??= loadRnnoise({ url: at(wasm), simdUrl: at(simdWasm) });
      const wasmBinary = await loaded.catch((thrown: unknown) => {
        loaded = null;
        throw thrown;
      });
      const context = new AudioContext({ sampleRate, latencyHint: "interactive" });
      const end = () => void context.close().catch(() => undefined);
      signal.addEventListener("abort", end);
      try {
        await context.audioWorklet.addModule(at(worklet));
        const source = context.createMediaStreamSource(new MediaStream([track]));
        const suppressor = new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary });
        const sink = context.createMediaStreamDestination();
        sink.channelCount = 1;
        source.connect(suppressor).connect(sink);
        await running(context);
        const [clean] = sink.stream.getAudioTracks();
        if (clean === undefined) throw new Error("No track of an audio context.");
        // The context does not end its track with the device's.
        track.addEventListener("ended", () => {
          clean.stop();
          clean.dispatchEvent(new Event("ended"));
        });
        return clean;
      } catch (thrown) {
        end();
        throw thrown;
      }
    },
  };
}

/** Resolves once a context runs. Rejects where the engine does not let it. */
async function running(context: AudioContext): Promise<void> {
  const timer = new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error("The audio context does not run."));
    }, patience);
  });
  await Promise.race([context.resume(), timer]);
}
