/** 85 ms at 48 kHz: nearly the whole time between two readings. Samples. */
const samples = 4096;

/** Measures the level of a microphone, muted or not, on a copy of its track that is never sent and ends with the meter. */
export class MicrophoneMeter {
  readonly source: MediaStreamTrack;
  readonly #copy: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #heard = new Float32Array(samples);

  /** @throws where the engine cannot create another audio graph. Nothing stays open then. */
  constructor(source: MediaStreamTrack) {
    this.source = source;
    this.#copy = source.clone();
    let context: AudioContext | null = null;
    try {
      this.#copy.enabled = true;
      // No playback. Absent in TypeScript's DOM library: only Chromium supports a context without an output (Audio Output
      // Devices).
      context = new AudioContext({
        latencyHint: "playback",
        sinkId: { type: "none" },
      } as AudioContextOptions);
      this.#analyser = new AnalyserNode(context, { fftSize: samples });
      new MediaStreamAudioSourceNode(context, {
        mediaStream: new MediaStream([this.#copy]),
      }).connect(this.#analyser);
      this.#context = context;
    } catch (thrown) {
      // An open copy would hold the microphone after the call.
      this.#copy.stop();
      void context?.close().catch(() => undefined);
      throw thrown;
    }
  }

  /** Returns the root mean square of the last 85 ms, 0 to 1; 0 while the browser blocks audio. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#heard);
    return Math.sqrt(this.#heard.reduce((sum, sample) => sum + sample * sample, 0) / samples);
  }

  close(): void {
    this.#copy.stop();
    void this.#context.close().catch(() => undefined);
  }
}
