import { alertsOf, type CueName, type LoopName } from "../call/rules/sounds.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import { TonePlayer, isRegional, regionOf, testTone, toneOf } from "../media/sound/tones.ts";
import type { CallSource } from "./call-source.ts";

/** The host's settings of sounds and vibration. */
export interface AlertSettings {
  /** Volume, 0 (off) to 1. */
  readonly volume: number;
  /** `true` to ring for an incoming call. */
  readonly ring: boolean;
  readonly haptics: boolean;
  /** ISO 3166-1 region of ringback and busy tone; `null` for the region of the language. */
  readonly region: string | null;
  /** BCP 47. */
  readonly language: string;
}

/** The required part of a `TonePlayer`. */
export type Player = Pick<TonePlayer, "play" | "resume" | "volume"> &
  Partial<Pick<TonePlayer, "speaker">>;

/** W3C Vibration API: milliseconds on, off, and so on; an empty pattern stops it. */
type Vibrate = (pattern: number[]) => unknown;

const patterns: Record<CueName | "switched", number[]> = {
  connected: [30],
  ended: [30, 60, 30],
  busy: [30, 60, 30],
  switched: [15],
};
/** Longer than a call rings; engines accept up to 99 numbers. */
const ringing = Array<number[]>(24).fill([400, 200, 400, 2000]).flat();

/** Plays sounds and vibrates for the calls of one screen, by the rules and the host's settings. */
export class Alerts {
  readonly #player: Player;
  /** Apart from the tones of the call, which are as loud as the host wants them. */
  readonly #tester: Player;
  readonly #vibrate: Vibrate;
  #stopTest: (() => void) | undefined;
  #previous: CallSnapshot | null = null;
  #loop: LoopName | null = null;
  #stopLoop: (() => void) | undefined;
  #stopCue: (() => void) | undefined;
  #isShaking = false;

  constructor(
    player: Player = new TonePlayer(),
    vibrate: Vibrate = vibrateDevice,
    tester: Player = new TonePlayer(),
  ) {
    this.#tester = tester;
    this.#player = player;
    this.#vibrate = vibrate;
  }

  /** Call it at every change of the calls or of the settings. */
  follow(
    { snapshot, others }: Pick<CallSource, "snapshot" | "others">,
    { volume, ring, haptics, region, language }: AlertSettings,
  ): void {
    const { loop, cue, touch } = alertsOf(this.#previous, snapshot, others);
    if (snapshot.state !== this.#previous?.state) this.hush();
    this.#previous = snapshot;
    const rings = loop === "ring" && ring;
    // `NaN` is not above 0 either.
    const isAudible = volume > 0;
    // The region lookup uses tables of the engine, and must not delay an accept.
    const toneFor = (name: LoopName | CueName) =>
      toneOf(name, isRegional(name) ? (region ?? regionOf(language)) : "");
    if (isAudible) this.#player.volume = Math.min(volume, 1);
    else this.hush();
    this.#player.speaker = this.#tester.speaker = snapshot.devices.speaker ?? "";
    const wanted = isAudible && (loop !== "ring" || rings) ? loop : null;
    if (wanted !== this.#loop) {
      this.#stopLoop?.();
      this.#loop = wanted;
      this.#stopLoop = wanted === null ? undefined : this.#player.play(toneFor(wanted));
    }
    if (cue !== null && isAudible) this.#stopCue = this.#player.play(toneFor(cue));
    this.#shake(rings && haptics);
    if (touch !== null && haptics) this.#vibrate(patterns[touch]);
  }

  /** Plays the test tone on the chosen speaker, once. @param volume 0 to 1. */
  test(volume: number): void {
    this.#stopTest?.();
    this.#tester.volume = volume;
    this.#stopTest = this.#tester.play(testTone);
    this.#tester.resume();
  }

  /** Stops a sound that plays once, such as the busy tone of a closed screen. */
  hush(): void {
    this.#stopCue?.();
    this.#stopCue = undefined;
  }

  /** Call it in the handler of a press: some browsers block audio before. */
  resume(): void {
    this.#player.resume();
  }

  /** Stops all sounds and vibration. `follow` starts them again. */
  release(): void {
    this.hush();
    this.#stopTest?.();
    this.#stopLoop?.();
    this.#stopLoop = undefined;
    this.#loop = this.#previous = null;
    this.#shake(false);
  }

  #shake(on: boolean): void {
    if (on === this.#isShaking) return;
    this.#isShaking = on;
    this.#vibrate(on ? ringing : []);
  }
}

function vibrateDevice(pattern: number[]): void {
  // Absent in some engines, contrary to TypeScript's DOM library.
  const { userActivation, vibrate } = navigator as Partial<Navigator>;
  // Before the first press it is refused, with an error in the console.
  if (userActivation?.hasBeenActive !== false) vibrate?.call(navigator, pattern);
}
