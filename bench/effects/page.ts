import { backgroundBlur } from "../../src/effects/background.ts";
import { noiseSuppression } from "../../src/effects/noise.ts";
import type { TrackEffect } from "../../src/media/devices/open-track.ts";

const packages = new URL("../../node_modules/", location.href);
const vision = new URL("@mediapipe/tasks-vision/", packages);
const noise = new URL("@sapphi-red/web-noise-suppressor/dist/", packages);

const blur = backgroundBlur({
  folder: vision,
  wasmLoader: "wasm/vision_wasm_module_internal.js",
  wasm: "wasm/vision_wasm_module_internal.wasm",
  model: new URL(
    "@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite",
    packages,
  ),
});
const suppression = noiseSuppression({ folder: noise, worklet: "rnnoise/workletProcessor.js" });

/** The first form of W3C "MediaStreamTrack Insertable Media Processing using Streams", which TypeScript's library lacks. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<VideoFrame>;
};
declare const MediaStreamTrackGenerator: new (init: {
  kind: "video";
}) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };

/** Milliseconds from a frame of 640 × 360 that goes in to the one that comes out, one after another. */
async function frameTimes(effect: TrackEffect | null, count: number): Promise<number[]> {
  const source = new MediaStreamTrackGenerator({ kind: "video" });
  const life = new AbortController();
  const { signal } = life;
  const track = effect ? await effect.process(source, { kind: "camera", signal }) : source;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const writer = source.writable.getWriter();
  const canvas = new OffscreenCanvas(640, 360);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("No canvas.");
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    context.fillStyle = `hsl(${at * 7} 60% 60%)`;
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = "#c68863";
    context.fillRect(260, 80, 120, 280);
    const since = performance.now();
    await writer.write(new VideoFrame(canvas, { timestamp: at * 33_333 }));
    const { value } = await reader.read();
    times.push(performance.now() - since);
    value?.close();
  }
  life.abort();
  return times;
}

function soundOf({ stream }: MediaStreamAudioDestinationNode): MediaStreamTrack {
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new Error("No track of an audio context.");
  return track;
}

/** An audio context that changes nothing: what every effect of sound costs in a page. */
const nothing: TrackEffect["process"] = (track, { signal }) => {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: "interactive" });
  signal.addEventListener("abort", () => void context.close());
  const sink = context.createMediaStreamDestination();
  context.createMediaStreamSource(new MediaStream([track])).connect(sink);
  return soundOf(sink);
};

const recorderScript = `registerProcessor("recorder", class extends AudioWorkletProcessor {
  process([[before, after]]) {
    if (before && after) this.port.postMessage([before, after]);
    return true;
  }
});`;

/** Milliseconds that a voice is later through noise suppression, or through an audio context that changes nothing. */
async function soundDelay(isSuppressed: boolean): Promise<number> {
  const context = new AudioContext({ sampleRate: 48_000 });
  const voice = context.createBuffer(1, 3 * 48_000, 48_000);
  const samples = voice.getChannelData(0);
  // A buzz whose pitch and loudness move as a voice's do.
  let phase = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const seconds = at / 48_000;
    phase += (110 + 40 * Math.sin(2 * Math.PI * 0.7 * seconds)) / 48_000;
    const loud = Math.max(0, Math.sin(2 * Math.PI * 3.1 * seconds) + 0.3 * Math.sin(9 * seconds));
    let tone = 0;
    for (let partial = 1; partial <= 12; partial += 1)
      tone += Math.sin(2 * Math.PI * phase * partial) / partial;
    samples[at] = 0.25 * loud * tone;
  }
  const source = new AudioBufferSourceNode(context, { buffer: voice, loop: true });
  const sink = context.createMediaStreamDestination();
  source.connect(sink);
  const life = new AbortController();
  const process = isSuppressed ? suppression.process : nothing;
  const clean = await process(soundOf(sink), { kind: "microphone", signal: life.signal });
  const both = context.createChannelMerger(2);
  context.createMediaStreamSource(sink.stream).connect(both, 0, 0);
  context.createMediaStreamSource(new MediaStream([clean])).connect(both, 0, 1);
  const address = URL.createObjectURL(new Blob([recorderScript], { type: "text/javascript" }));
  await context.audioWorklet.addModule(address);
  const recorder = new AudioWorkletNode(context, "recorder", { channelCount: 2 });
  const heard: [number[], number[]] = [[], []];
  recorder.port.addEventListener(
    "message",
    ({ data }: MessageEvent<[Float32Array, Float32Array]>) => {
      heard[0].push(...data[0]);
      heard[1].push(...data[1]);
    },
  );
  recorder.port.start();
  both.connect(recorder).connect(context.destination);
  source.start();
  await new Promise((heardEnough) => setTimeout(heardEnough, 5000));
  life.abort();
  await context.close();
  // The last three seconds: by then the model has learnt the room.
  const [before, after] = heard.map((all) => all.slice(-3 * 48_000)) as [number[], number[]];
  let best = { delay: 0, likeness: 0 };
  for (let delay = 0; delay < 0.4 * 48_000; delay += 12) {
    let likeness = 0;
    for (let at = 20_000; at < after.length; at += 4)
      likeness += (after[at] ?? 0) * (before[at - delay] ?? 0);
    if (likeness > best.likeness) best = { delay, likeness };
  }
  return (1000 * best.delay) / 48_000;
}

const bench = {
  frames: async (on: boolean, count: number) => frameTimes(on ? blur : null, count),
  soundDelay,
};
Object.assign(globalThis, { effectsBench: bench });
