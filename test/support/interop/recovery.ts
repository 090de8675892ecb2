import type { InteropCall } from "./call.ts";
import type { Decoding } from "./side.ts";

/** From the moment that a path is there until sound and picture come out again, in milliseconds. */
export interface Recovery {
  readonly sound: number;
  readonly picture: number;
}

/** A pause in what is decoded that is longer than any in a call that works: its end is the recovery. Milliseconds. */
export const pause = 300;

/** What happens to a call's network. Each ends when a path is there again, and says when that was: milliseconds since the epoch. */
export const troubles = {
  "the path cut for 3 s": (call: InteropCall) => cut(call, 3000),
  "the path cut for 10 s": (call: InteropCall) => cut(call, 10_000),
  "the path and the host's channel cut for 3 s": async (call: InteropCall) => {
    call.isSignallingDead = true;
    return cut(call, 3000);
  },
  "both addresses changed, which the devices notice": async (call: InteropCall) => {
    call.relay.retireAddresses();
    await Promise.all([call.caller, call.callee].map((page) => page.evaluate(() => window.interop.changeNetwork())));
    return Date.now();
  },
  "the caller's network changed, which only it notices": (call: InteropCall) => changeNetwork(call, "caller"),
  "the callee's network changed, which only it notices": (call: InteropCall) => changeNetwork(call, "callee"),
  "the relay restarted with other addresses after 2 s": async (call: InteropCall) => {
    call.relay.retireAddresses();
    call.relay.isCut = true;
    await passing(2000);
    call.relay.isCut = false;
    return Date.now();
  },
} as const;

export type Trouble = keyof typeof troubles;

/** Makes the trouble in a connected call, and waits until both sides hear and see again. */
export async function recover(call: InteropCall, trouble: Trouble): Promise<Record<"caller" | "callee", Recovery>> {
  const pages = { caller: call.caller, callee: call.callee };
  await Promise.all(Object.values(pages).map((page) => page.evaluate(() => window.interop.watchDecoding())));
  const back = await troubles[trouble](call);
  const looksFor = async (side: "caller" | "callee"): Promise<Recovery> => {
    for (;;) {
      const found = recoveryAfter(back, await pages[side].evaluate(() => window.interop.decodings()));
      if (found !== null) return found;
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

/** What was decoded tells when the pause after `back` was over; `null` while it does not. */
export function recoveryAfter(back: number, decodings: readonly Decoding[]): Recovery | null {
  const sound = endOfPause(back, decodings, ({ samples }) => samples);
  const picture = endOfPause(back, decodings, ({ pictures }) => pictures);
  return sound === null || picture === null ? null : { sound, picture };
}

function endOfPause(back: number, decodings: readonly Decoding[], count: (decoding: Decoding) => number): number | null {
  const isNew = (each: Decoding, at: number) => at === 0 || count(each) > count(decodings[at - 1]!);
  const times = decodings.filter(isNew).map(({ at }) => at);
  const ends = times.filter((time, at) => time >= back && at > 0 && time - times[at - 1]! >= pause);
  // Once it runs for a second the pause is over, or there was none.
  const [last = 0] = times.slice(-1);
  const since = ends[0] ?? back;
  return last - since >= 1000 ? since - back : null;
}

async function cut(call: InteropCall, milliseconds: number): Promise<number> {
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

function passing(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
