import { durationOf, type Tone } from "./tones.ts";

/** Seconds of fade-in and fade-out: a sine that is cut off clicks. */
const fade = 0.015;
/** Milliseconds for a fade-out to complete. */
const fading = 60;
/** Milliseconds an output device may take to start, above all by Bluetooth: the end of the tone must not be cut off. */
const patience = 1500;

/**
 * Schedules a whole tone in an audio graph: one oscillator per frequency, and all gain changes in advance on the audio clock.
 * Background pages with late timers keep the cadence.
 *
 * @param context an `AudioContext`, or an `OfflineAudioContext`.
 * @returns a function that fades it out.
 */
export function scheduleTone(context: BaseAudioContext, output: AudioNode, tone: Tone): () => void {
  const { currentTime } = context;
  const bus = context.createGain();
  bus.connect(output);
  const voices = new Map<
    number,
    { readonly oscillator: OscillatorNode; readonly loudness: AudioParam }
  >();
  const voiceOf = (hertz: number) => {
    const known = voices.get(hertz);
    if (known) return known.loudness;
    const oscillator = context.createOscillator();
    const amplifier = context.createGain();
    amplifier.gain.value = 0;
    oscillator.frequency.value = hertz;
    oscillator.connect(amplifier).connect(bus);
    oscillator.start(currentTime);
    oscillator.stop(currentTime + durationOf(tone));
    voices.set(hertz, { oscillator, loudness: amplifier.gain });
    return amplifier.gain;
  };
  let at = currentTime;
  for (let time = 0; time < tone.times; time++) {
    for (const { hertz, seconds } of tone.notes) {
      for (const frequency of new Set(hertz)) {
        const share = hertz.filter((other) => other === frequency).length / hertz.length;
        const loudness = voiceOf(frequency);
        loudness.setValueAtTime(0, at);
        loudness.linearRampToValueAtTime(tone.level * share, at + fade);
        loudness.setValueAtTime(tone.level * share, at + seconds - fade);
        loudness.linearRampToValueAtTime(0, at + seconds);
      }
      at += seconds;
    }
  }
  return () => {
    bus.gain.setTargetAtTime(0, context.currentTime, fade / 2);
    for (const { oscillator } of voices.values())
      oscillator.stop(context.currentTime + fading / 1000);
  };
}

/** An audio graph at work. */
interface OpenContext {
  /** `setSinkId` is absent in TypeScript's DOM library. */
  readonly context: AudioContext & { setSinkId?(id: string): Promise<void> };
  readonly master: GainNode;
  /** What plays instead of the context's own output; `null` for that. */
  element: HTMLAudioElement | null;
}

/**
 * Plays tones. Opens an audio context before the first note, and closes it after the last. A silent call uses no output device,
 * and opening one never delays connecting.
 */
export class TonePlayer {
  readonly #makeContext: () => AudioContext;
  readonly #playing = new Set<symbol>();
  #open: OpenContext | null = null;
  #volume = 1;
  #speaker = "";

  constructor(makeContext = () => new AudioContext()) {
    this.#makeContext = makeContext;
  }

  /** Volume of all tones, 0 to 1. */
  set volume(volume: number) {
    this.#volume = volume;
    if (this.#open) this.#open.master.gain.value = volume;
  }

  /** Output of all tones: a `MediaDeviceInfo.deviceId`, or "" for the system's default. */
  set speaker(id: string) {
    if (id === this.#speaker) return;
    this.#speaker = id;
    if (this.#open) this.#route(this.#open);
  }

  /** `true` while an audio context is open. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /**
   * Plays a tone now. Never throws: a call works without tones.
   * @returns a function that stops it.
   */
  play(tone: Tone): () => void {
    if (tone.lead === 0) return this.#sound(tone);
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => (stop = this.#sound(tone)), tone.lead * 1000);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }

  /** Resumes audio that the browser's autoplay policy blocks. Call it in the handler of a press. */
  resume(): void {
    // If still blocked, the next press retries.
    void this.#open?.context.resume().catch(() => undefined);
  }

  #sound(tone: Tone): () => void {
    try {
      const { context, master } = (this.#open ??= this.#begin());
      const fadeOut = scheduleTone(context, master, tone);
      const key = Symbol();
      this.#playing.add(key);
      const end = () => this.#end(key);
      // By a page timer instead of `ended`: a blocked context stands still.
      let timer = setTimeout(end, durationOf(tone) * 1000 + patience);
      return () => {
        if (!this.#playing.has(key)) return;
        clearTimeout(timer);
        fadeOut();
        timer = setTimeout(end, fading);
      };
    } catch {
      // No Web Audio, or no output device.
      this.#close();
      return () => undefined;
    }
  }

  #begin() {
    const context = this.#makeContext();
    const master = context.createGain();
    master.gain.value = this.#volume;
    master.connect(context.destination);
    const open: OpenContext = { context, master, element: null };
    if (this.#speaker !== "") this.#route(open);
    return open;
  }

  /**
   * W3C Web Audio, `AudioContext.setSinkId`. Where contexts have no choice but elements have one (Firefox), an element plays what the
   * context makes. The system's default plays where neither has, or where the speaker is gone.
   */
  #route(open: OpenContext): void {
    const { context, master } = open;
    const speaker = this.#speaker;
    if (context.setSinkId !== undefined) {
      context.setSinkId(speaker).catch(() => undefined);
      return;
    }
    open.element?.pause();
    open.element = null;
    master.disconnect();
    const byDefault = () => {
      if (this.#speaker === speaker) master.connect(context.destination);
    };
    const element = speaker === "" ? null : new Audio();
    // Absent in some engines, contrary to TypeScript's DOM library.
    if (element === null || !("setSinkId" in element)) {
      byDefault();
      return;
    }
    const output = context.createMediaStreamDestination();
    open.element = element;
    element.srcObject = output.stream;
    element
      .setSinkId(speaker)
      .then(() => {
        if (open.element !== element) return;
        master.connect(output);
        return element.play();
      })
      .catch(byDefault);
  }

  #end(key: symbol): void {
    if (this.#playing.delete(key) && this.#playing.size === 0) this.#close();
  }

  #close(): void {
    this.#open?.element?.pause();
    void this.#open?.context.close().catch(() => undefined);
    this.#open = null;
  }
}
