import { alertsOf, type CueName, type LoopName } from "../call/rules/sounds.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import { TonePlayer } from "../media/sound/tone-player.ts";
import { isRegional, regionOf, toneOf } from "../media/sound/tones.ts";
import type { CallSource } from "./call-source.ts";

/** What a host allows of sounds and vibration. */
export interface AlertSettings {
  /** How loud the sounds are, 0 (none) to 1. */
  readonly volume: number;
  /** Whether an incoming call rings here. */
  readonly ring: boolean;
  readonly haptics: boolean;
  /** Whose ringback and busy tone, ISO 3166-1; `null` for the region of the language. */
  readonly region: string | null;
  /** BCP 47. */
  readonly language: string;
}

/** What the alerts need of a `TonePlayer`. */
export type Player = Pick<TonePlayer, "play" | "resume" | "volume"> &
  Partial<Pick<TonePlayer, "speaker">>;

/** W3C Vibration API: on and off in turns, in milliseconds; an empty pattern stops it. */
type Vibrate = (pattern: number[]) => unknown;

const patterns: Record<CueName | "switched", number[]> = {
  connected: [30],
  ended: [30, 60, 30],
  busy: [30, 60, 30],
  switched: [15],
};
/** Longer than a call rings; engines take up to 99 numbers. */
const ringing = Array<number[]>(24).fill([400, 200, 400, 2000]).flat();

/** Lets the calls of one screen be heard and felt: what the rules say, as far as the host allows it. */
export class Alerts {
  readonly #player: Player;
  readonly #vibrate: Vibrate;
  #previous: CallSnapshot | null = null;
  #loop: LoopName | null = null;
  #stopLoop: (() => void) | undefined;
  #stopCue: (() => void) | undefined;
  #isShaking = false;

  constructor(player: Player = new TonePlayer(), vibrate: Vibrate = vibrateDevice) {
    this.#player = player;
    this.#vibrate = vibrate;
  }

  /** To be called at every change of the calls or of the settings. */
  follow(
    { snapshot, others }: Pick<CallSource, "snapshot" | "others">,
    { volume, ring, haptics, region, language }: AlertSettings,
  ): void {
    const { loop, cue, touch } = alertsOf(this.#previous, snapshot, others);
    if (snapshot.state !== this.#previous?.state) this.hush();
    this.#previous = snapshot;
    const rings = loop === "ring" && ring;
    // What is not a number is not above 0.
    const isAudible = volume > 0;
    // What a language is spoken in is looked up in tables of the engine: not in the middle of an accept.
    const toneFor = (name: LoopName | CueName) =>
      toneOf(name, isRegional(name) ? (region ?? regionOf(language)) : "");
    if (isAudible) this.#player.volume = Math.min(volume, 1);
    else this.hush();
    this.#player.speaker = snapshot.devices.speaker ?? "";
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

  /** Ends what sounds once, such as the busy tone, whose screen may be closed before it is over. */
  hush(): void {
    this.#stopCue?.();
    this.#stopCue = undefined;
  }

  /** To be called when a person presses something: some browsers are silent before that. */
  resume(): void {
    this.#player.resume();
  }

  /** Ends everything that sounds or shakes. `follow` begins anew. */
  release(): void {
    this.hush();
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
  // Neither is in every engine, whatever TypeScript's DOM library says.
  const { userActivation, vibrate } = navigator as Partial<Navigator>;
  // Before the first press it is refused, and engines say so in the console.
  if (userActivation?.hasBeenActive !== false) vibrate?.call(navigator, pattern);
}
