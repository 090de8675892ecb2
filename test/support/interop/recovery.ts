import type { InteropCall } from "./call.ts";
import type { Decoding, Look } from "./side.ts";

/** From the moment that a path is there until sound and picture come out again, in milliseconds. */
export interface Recovery {
  readonly sound: number;
  readonly picture: number;
}

/** A pause in what is decoded that is longer than any in a call that works: its end is the recovery. Milliseconds. */
export const pause = 300;

const waitMilliseconds = 45_000;

/** Faults of a call's network. Each ends when the path is restored, and returns that time: milliseconds since the epoch. */
export const troubles = {
  "the path cut for 3 s": (call: InteropCall) => cut(call, 3000),
  "the path cut for 10 s": (call: InteropCall) => cut(call, 10_000),
  "the path and the host's channel cut for 3 s": async (call: InteropCall) => {
    call.isSignallingDead = true;
    return cut(call, 3000);
  },
  "both addresses changed, which the devices notice": async (call: InteropCall) => {
    call.relay.retireAddresses();
    await Promise.all(
      [call.caller, call.callee].map((page) => page.evaluate(() => window.interop.changeNetwork())),
    );
    return Date.now();
  },
  "the caller's network changed, which only it notices": (call: InteropCall) =>
    changeNetwork(call, "caller"),
  "the callee's network changed, which only it notices": (call: InteropCall) =>
    changeNetwork(call, "callee"),
  "the relay restarted with other addresses after 2 s": async (call: InteropCall) => {
    call.relay.retireAddresses();
    call.relay.isCut = true;
    await passing(2000);
    call.relay.isCut = false;
    return Date.now();
  },
} as const;

export type Trouble = keyof typeof troubles;

/**
 * Makes a trouble in a connected call, and waits until both sides hear and see again.
 *
 * @param trouble one of {@link troubles}, or another one that ends in the same way.
 */
export async function recover(
  call: InteropCall,
  trouble: Trouble | (() => Promise<number>),
): Promise<Record<"caller" | "callee", Recovery>> {
  const pages = { caller: call.caller, callee: call.callee };
  await Promise.all(
    Object.values(pages).map((page) => page.evaluate(() => window.interop.watchDecoding())),
  );
  const back = await (typeof trouble === "string" ? troubles[trouble](call) : trouble());
  const deadline = Date.now() + waitMilliseconds;
  const looksFor = async (side: "caller" | "callee"): Promise<Recovery> => {
    for (;;) {
      const decodings = await pages[side].evaluate(() => window.interop.decodings());
      const found = recoveryAfter(back, decodings);
      if (found !== null) return found;
      if (Date.now() > deadline) {
        const looks = await call.look();
        const statistics = await Promise.all(
          [call.caller, call.callee].map((page) =>
            page.evaluate(() => window.interop.pictureStatistics()),
          ),
        );
        throw new Error(describeMissing(side, back, decodings, { ...looks, statistics }));
      }
      await passing(100);
    }
  };
  let isOver = false;
  const connected = async () => {
    // Says how both sides are where they do not come back.
    await call.until(({ state }) => state === "connected" || isOver);
    return Promise.all([looksFor("caller"), looksFor("callee")]);
  };
  const [caller, callee] = await connected().finally(() => (isOver = true));
  return { caller, callee };
}

/** Distribution of many durations: milliseconds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Waits until sound and picture come through on both sides. */
export async function untilBothHearAndSee(call: InteropCall): Promise<void> {
  await call.until(({ state, decoded, heard }) => state === "connected" && decoded >= 10 && heard);
}

function describeMissing(
  side: string,
  back: number,
  decodings: readonly Decoding[],
  looks: object,
): string {
  const last = decodings.slice(-5).map(({ at, ...counts }) => ({ ...counts, after: at - back }));
  return `The ${side} does not hear and see again. It decoded last: ${JSON.stringify(last)}. ${JSON.stringify(looks, null, 1)}`;
}

/** Of many calls, both sides together. */
export type Recoveries = Record<keyof Recovery, Spread>;

/**
 * Causes the same fault in one call after the other, and waits until each has sound and picture again. A call without them is
 * an error with the state of both sides. What it took is measured here; `bench/recovery` sets it beside the limit.
 *
 * @returns what both sides together needed, and how each side was after it.
 */
export async function recoverOften(
  times: number,
  connect: () => Promise<InteropCall>,
  trouble: (call: InteropCall) => ReturnType<typeof recover>,
): Promise<Recoveries & { readonly looks: readonly Look[] }> {
  const looks: Look[] = [];
  const found: Recovery[] = [];
  for (let time = 0; time < times; time++) {
    const call = await connect();
    found.push(...Object.values(await trouble(call)));
    looks.push(...Object.values(await call.look()));
    await call.close();
  }
  return { ...spreadsOf(found), looks };
}

/** A side of a call that goes on after a trouble as it did before. */
export const unharmed = { state: "connected", errors: [], protection: { forged: 0 } };

/** @param found at least one. */
export function spreadsOf(found: readonly Recovery[]): Recoveries {
  return {
    sound: spread(found.map(({ sound }) => sound)),
    picture: spread(found.map(({ picture }) => picture)),
  };
}

/** For the log. */
export function describeSpreads(of: Recoveries): string {
  const text = ({ median, least, most }: Spread) => `${median} ms (${least} to ${most})`;
  return `sound ${text(of.sound)}, picture ${text(of.picture)}`;
}

/** @param values at least one. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = Math.round((sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2);
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Returns the end of the pause after `back` from the decoded media; `null` if unknown. */
export function recoveryAfter(back: number, decodings: readonly Decoding[]): Recovery | null {
  const sound = endOfPause(back, decodings, ({ samples }) => samples);
  const picture = endOfPause(back, decodings, ({ pictures }) => pictures);
  return sound === null || picture === null ? null : { sound, picture };
}

function endOfPause(
  back: number,
  decodings: readonly Decoding[],
  count: (decoding: Decoding) => number,
): number | null {
  const isNew = (each: Decoding, at: number) => at === 0 || count(each) > count(decodings[at - 1]!);
  const times = decodings.filter(isNew).map(({ at }) => at);
  const ends = times.filter((time, at) => time >= back && at > 0 && time - times[at - 1]! >= pause);
  // Once it runs for a second the pause is over, or there was none.
  const [last = 0] = times.slice(-1);
  const since = ends[0] ?? back;
  return last - since >= 1000 ? since - back : null;
}

/** No packet passes for a while. Returns the time at which they do again: milliseconds since the epoch. */
export async function cut(call: InteropCall, milliseconds: number): Promise<number> {
  call.relay.isCut = true;
  await passing(milliseconds);
  call.relay.isCut = false;
  return Date.now();
}

async function changeNetwork(call: InteropCall, side: "caller" | "callee"): Promise<number> {
  call.relay.retireAddresses();
  await call[side].evaluate(() => window.interop.changeNetwork());
  return Date.now();
}

export function passing(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
