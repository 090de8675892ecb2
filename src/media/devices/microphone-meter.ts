/** 85 ms at 48 kHz: nearly all that is heard between two looks. Samples. */
const samples = 4096;

/** Measures how loud a microphone is, muted or not: on a copy of its track, which goes nowhere and ends with the meter. */
export class MicrophoneMeter {
  readonly source: MediaStreamTrack;
  readonly #copy: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #heard = new Float32Array(samples);

  /** @throws where the engine has no sound graph to spare: nothing stays open then. */
  constructor(source: MediaStreamTrack) {
    this.source = source;
    this.#copy = source.clone();
    let context: AudioContext | null = null;
    try {
      this.#copy.enabled = true;
      // Nothing is played. Not in TypeScript's DOM library: Chromium alone can do without a speaker (Audio Output Devices).
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
      // A copy that is left open holds the microphone after the call.
      this.#copy.stop();
      void context?.close().catch(() => undefined);
      throw thrown;
    }
  }

  /** The root mean square of the last 85 ms, 0 to 1; 0 where the browser does not let a page listen yet. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#heard);
    return Math.sqrt(this.#heard.reduce((sum, sample) => sum + sample * sample, 0) / samples);
  }

  close(): void {
    this.#copy.stop();
    void this.#context.close().catch(() => undefined);
  }
}
