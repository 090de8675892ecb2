import { durationOf, type Tone } from "./tones.ts";

/** How long a note takes to come and to go, in seconds: a sine that is cut off clicks. */
const fade = 0.015;
/** How long a fading tone still needs, in milliseconds. */
const fading = 60;
/** A sound device may take that long to start, Bluetooth above all, in milliseconds: the tone must not be cut off at its end. */
const patience = 1500;

/**
 * Puts a whole tone into a graph, from its first note on: one oscillator a frequency, and every rise and fall of its loudness
 * ahead of time on the clock of the sound itself. A page in the background, whose timers are late, keeps the cadence.
 *
 * @param context an `AudioContext`, or an `OfflineAudioContext`.
 * @returns a function that lets it fade out.
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

/**
 * Plays tones. Nothing is opened before the first note, and everything is closed after the last: a call in which nothing sounds
 * costs nothing, takes no sound device, and a call that connects before the first note is not held up by one.
 */
export class TonePlayer {
  readonly #makeContext: () => AudioContext;
  readonly #playing = new Set<symbol>();
  #open: { readonly context: AudioContext; readonly master: GainNode } | null = null;
  #volume = 1;
  #speaker = "";

  constructor(makeContext = () => new AudioContext()) {
    this.#makeContext = makeContext;
  }

  /** How loud everything is, 0 to 1. */
  set volume(volume: number) {
    this.#volume = volume;
    if (this.#open) this.#open.master.gain.value = volume;
  }

  /** Where everything sounds: a `MediaDeviceInfo.deviceId`, or "" for the system's own. */
  set speaker(id: string) {
    if (id === this.#speaker) return;
    this.#speaker = id;
    this.#route(this.#open?.context);
  }

  /** Whether a sound device is held. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /**
   * Plays a tone, from now on. Never throws: a call without its tones is a call.
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

  /** Makes audible what the browser has held back until a person pressed something. To be called from such a press. */
  resume(): void {
    // Where it may still not sound the next press asks again.
    void this.#open?.context.resume().catch(() => undefined);
  }

  #sound(tone: Tone): () => void {
    try {
      const { context, master } = (this.#open ??= this.#begin());
      const fadeOut = scheduleTone(context, master, tone);
      const key = Symbol();
      this.#playing.add(key);
      const end = () => this.#end(key);
      // By the clock of the page, and not by `ended`: a context that may not sound yet stands still.
      let timer = setTimeout(end, durationOf(tone) * 1000 + patience);
      return () => {
        if (!this.#playing.has(key)) return;
        clearTimeout(timer);
        fadeOut();
        timer = setTimeout(end, fading);
      };
    } catch {
      // No Web Audio here, or no device for it.
      this.#close();
      return () => undefined;
    }
  }

  #begin() {
    const context = this.#makeContext();
    const master = context.createGain();
    master.gain.value = this.#volume;
    master.connect(context.destination);
    if (this.#speaker !== "") this.#route(context);
    return { context, master };
  }

  /** Not in TypeScript's DOM library, nor in every engine (W3C Web Audio, `AudioContext.setSinkId`): then the system's own sounds. */
  #route(context?: AudioContext & { setSinkId?: (id: string) => Promise<void> }): void {
    context?.setSinkId?.(this.#speaker).catch(() => undefined);
  }

  #end(key: symbol): void {
    if (this.#playing.delete(key) && this.#playing.size === 0) this.#close();
  }

  #close(): void {
    void this.#open?.context.close().catch(() => undefined);
    this.#open = null;
  }
}
