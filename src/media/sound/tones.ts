import type { CueName, LoopName } from "../../call/rules/sounds.ts";

/** One section of a tone. */
export interface Note {
  /** Frequencies in hertz; none is silence. A repeated frequency is twice as loud. */
  readonly hertz: readonly number[];
  readonly seconds: number;
}

/** A synthesised sound: no recording, no request. */
export interface Tone {
  /** Seconds of silence before it. */
  readonly lead: number;
  readonly notes: readonly Note[];
  /** Number of repetitions of the notes. */
  readonly times: number;
  /** Peak level relative to other tones, 0 to 1, before the volume. */
  readonly level: number;
}

/** Tones of a country: frequencies, and alternating seconds of sound and silence. */
type NationalTones = readonly [
  ringing: readonly number[],
  ringingCadence: readonly number[],
  busy: readonly number[],
  busyCadence: readonly number[],
];

/** Three steps up, which one hears on every speaker. */
export const testTone: Tone = {
  ...{ lead: 0, times: 1, level: 0.6 },
  notes: [523, 659, 784].map((hertz) => ({ hertz: [hertz], seconds: 0.3 })),
};

/** Longer than any ringing or reconnection: the caller stops the tone. */
const longest = 600;
/** Seconds reserved for the spoken text of the new state: see `call/rules/sounds.ts`. */
const wordsFirst = 1.5;

const doubleRing = [0.4, 0.2, 0.4, 2];
/** Amplitude modulation: a carrier and two sidebands of half its level, at `by` hertz. */
const modulated = (carrier: number, by: number) => [carrier, carrier, carrier - by, carrier + by];

/** ETSI TR 101 041-1 and CEPT T/CS 20-15: the European tones, used in most countries. */
const european: NationalTones = [[425], [1, 4], [425], [0.5, 0.5]];

/** ITU-T E.180, supplement 2, "Various tones used in national networks": countries that differ from the European tones. */
const national: readonly (readonly [regions: string, tones: NationalTones])[] = [
  [
    "US CA PR DO JM TT BS BB",
    [
      [440, 480],
      [2, 4],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  [
    "KR TW",
    [
      [440, 480],
      [1, 2],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  [
    "HK",
    [
      [440, 480],
      [0.4, 0.2, 0.4, 3],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  ["GB", [[400, 450], doubleRing, [400], [0.375, 0.375]]],
  ["IE", [[400, 450], doubleRing, [425], [0.5, 0.5]]],
  ["NZ", [[400, 450], doubleRing, [400], [0.5, 0.5]]],
  ["AU", [[400, 425], doubleRing, [425], [0.375, 0.375]]],
  ["IN", [modulated(400, 25), doubleRing, [400], [0.75, 0.75]]],
  ["SG", [modulated(425, 24), doubleRing, [425], [0.75, 0.75]]],
  ["ZA", [modulated(400, 33), doubleRing, [400], [0.5, 0.5]]],
  ["JP", [modulated(400, 16), [1, 2], [400], [0.5, 0.5]]],
  ["CN", [[450], [1, 4], [450], [0.35, 0.35]]],
  ["FR", [[440], [1.5, 3.5], [440], [0.5, 0.5]]],
  ["DE", [[425], [1, 4], [425], [0.48, 0.48]]],
  ["ES", [[425], [1.5, 3], [425], [0.2, 0.2]]],
  ["SE", [[425], [1, 5], [425], [0.25, 0.25]]],
  ["FI", [[425], [1, 4], [425], [0.3, 0.3]]],
  ["AT", [[420], [1, 5], [420], [0.4, 0.4]]],
  ["BE", [[425], [1, 3], [425], [0.5, 0.5]]],
  ["BR MX", [[425], [1, 4], [425], [0.25, 0.25]]],
  ["RU", [[425], [0.8, 3.2], [425], [0.4, 0.4]]],
  ["IL", [[400], [1, 3], [400], [0.5, 0.5]]],
  ["TR", [[450], [2, 4], [450], [0.5, 0.5]]],
];

/**
 * Returns the region of a language.
 *
 * @param language BCP 47. Without a region, that with most speakers: `US` for `en`.
 * @returns two capital letters; "" for none.
 */
export function regionOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().region ?? "";
  } catch {
    // The host's value may be invalid: the default tones play then.
    return "";
  }
}

/** Returns `true` for a tone that differs by region. */
export const isRegional = (name: LoopName | CueName) => name === "ringback" || name === "busy";

/**
 * Returns the tone of a sound.
 *
 * @param region ISO 3166-1, two letters. Selects ringback and busy tone; European for an unknown region.
 */
export function toneOf(name: LoopName | CueName, region: string): Tone {
  const row = national.find(([regions]) => regions.split(" ").includes(region.toUpperCase()));
  const [ringing, ringingCadence, busy, busyCadence] = row?.[1] ?? european;
  switch (name) {
    case "ringback":
      return loop(cadence(ringing, ringingCadence), 0.2);
    case "busy":
      return { lead: wordsFirst, notes: cadence(busy, busyCadence), times: 4, level: 0.2 };
    case "waiting":
      return loop(cadence([330], [0.12, 2.88]), 0.1);
    case "reconnecting":
      return loop(cadence([294], [0.12, 0.12, 0.12, 4.64]), 0.1);
    case "knock":
      return loop(cadence([196], [0.07, 0.11, 0.07, 7.75]), 0.3);
    case "ring":
      return loop(
        [...arpeggio, { hertz: [], seconds: 0.4 }, ...arpeggio, { hertz: [], seconds: 2 }],
        0.6,
      );
    case "connected":
      return {
        // Opening an audio context takes as long as half of a picture, whose moment this is.
        lead: 0.15,
        notes: cadence([523], [0.09]).concat(cadence([784], [0.14])),
        times: 1,
        level: 0.2,
      };
    case "ended":
      return {
        lead: 0,
        notes: cadence([392], [0.12]).concat(cadence([262], [0.2])),
        times: 1,
        level: 0.2,
      };
  }
}

/** Returns the duration from the first to the last note in seconds. */
export function durationOf({ notes, times }: Tone): number {
  return times * notes.reduce((sum, { seconds }) => sum + seconds, 0);
}

const arpeggio: readonly Note[] = [523, 659, 784].map((hertz) => ({
  hertz: [hertz],
  seconds: 0.18,
}));

function cadence(hertz: readonly number[], turns: readonly number[]): Note[] {
  return turns.map((seconds, turn) => ({ hertz: turn % 2 === 0 ? hertz : [], seconds }));
}

function loop(notes: readonly Note[], level: number): Tone {
  const once = { lead: wordsFirst, notes, times: 1, level };
  return { ...once, times: Math.ceil(longest / durationOf(once)) };
}

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
  /** Element that plays instead of the context's own output; `null` for the latter. */
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
        // The next tone of the call finds the context open: opening one blocks the page, in the moment of the first picture.
        timer = setTimeout(end, patience);
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
