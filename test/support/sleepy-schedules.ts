import * as fc from "fast-check";
import type { Device, DeviceName } from "./sleepy-world.ts";
import { deviceNames, ringMilliseconds, SleepyWorld } from "./sleepy-world.ts";

const minute = 60_000;
const hour = 60 * minute;

/** One thing that a person, a device or a host does. Plain data: it shrinks, and is printed where a schedule fails. */
type Deed =
  | {
      readonly do:
        | "dial"
        | "accept"
        | "decline"
        | "ignore"
        | "hang-up"
        | "reload"
        | "replay"
        | "freeze";
      readonly by: DeviceName;
    }
  | { readonly do: "sleep"; readonly by: DeviceName }
  | { readonly do: "wake"; readonly by: DeviceName }
  | { readonly do: "set-clock"; readonly by: DeviceName; readonly milliseconds: number };

interface SleepySchedule {
  readonly deeds: readonly (Deed & { readonly after: number })[];
  readonly skews: Readonly<Record<DeviceName, number>>;
  readonly delays: readonly number[];
}

const by = fc.constantFrom(...deviceNames);
const skew = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: -3 * minute, max: 3 * minute }) },
  { weight: 1, arbitrary: fc.integer({ min: -11 * hour, max: 11 * hour }) },
);
const press = fc.record({
  do: fc.constantFrom("dial", "accept", "accept", "accept", "decline", "ignore", "hang-up"),
  by,
});
const trouble = fc.record({
  do: fc.constantFrom("sleep", "freeze", "wake", "wake", "reload", "replay", "replay"),
  by,
});
const set = fc.record({
  do: fc.constant("set-clock" as const),
  by,
  milliseconds: fc.integer({ min: -2 * hour, max: 2 * hour }),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: press },
  { weight: 4, arbitrary: trouble },
  { weight: 1, arbitrary: set },
);
const after = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 3000 }) },
  { weight: 2, arbitrary: fc.nat({ max: 50_000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 3 * hour }) },
);
const schedules: fc.Arbitrary<SleepySchedule> = fc.record({
  deeds: fc
    .array(
      fc.tuple(deed, after).map(([what, milliseconds]) => ({ ...what, after: milliseconds })),
      { minLength: 2, maxLength: 10 },
    )
    // Without a call nothing can go wrong.
    .chain((all) =>
      fc
        .constantFrom("accept", "accept", "replay")
        .map((second) => [
          { do: "dial", by: "ann", after: 50 } as const,
          { do: second, by: "phone", after: 9000 } as const,
          ...all,
        ]),
    ),
  skews: fc.record({ ann: skew, phone: skew, tablet: skew }),
  delays: fc.array(fc.nat({ max: 2500 }), { minLength: 1, maxLength: 8 }),
});

function act(there: SleepyWorld, what: Deed, since: Map<DeviceName, number>): void {
  const device = there.devices[what.by];
  const wake = () => {
    device.wake(there.clock.now() - (since.get(what.by) ?? there.clock.now()));
    since.delete(what.by);
  };
  const press = (intent: Parameters<Device["center"]["perform"]>[0]) => {
    if (device.isAwake) void device.center.perform(intent).catch(() => undefined);
  };
  switch (what.do) {
    case "dial":
      press({ type: "start", media: "audio", to: what.by === "ann" ? "bob" : "ann" });
      break;
    case "accept":
      press({ type: "accept", media: "audio" });
      break;
    case "decline":
    case "ignore":
    case "hang-up":
      press({ type: what.do });
      break;
    case "sleep":
      if (device.isAwake) since.set(what.by, there.clock.now());
      device.sleep();
      break;
    case "freeze":
      if (device.isAwake) since.set(what.by, there.clock.now());
      device.freeze();
      break;
    case "wake":
      if (!device.isAwake) wake();
      break;
    case "reload":
      if (!device.isAwake) wake();
      device.reload();
      break;
    case "replay":
      device.replay();
      break;
    case "set-clock":
      device.setClock(what.milliseconds);
      break;
  }
}

/** Plays a schedule to its end. @returns what no schedule may lead to, and whether anybody could talk. */
async function play({ deeds, skews, delays }: SleepySchedule) {
  const there = new SleepyWorld({ delays, skews });
  const since = new Map<DeviceName, number>();
  let connected = false;
  const look = () => {
    connected ||= there.all.some(({ center }) => center.snapshot.state === "connected");
  };
  for (const what of deeds) {
    // The longer it lasts the less happens in it.
    await there.pass(what.after, what.after > 5 * minute ? 5000 : 250);
    look();
    act(there, what, since);
  }
  for (const device of there.all)
    if (!device.isAwake) act(there, { do: "wake", by: device.name }, since);
  await there.pass(5 * minute, 2500);
  look();
  for (const device of there.all) device.replay();
  await there.pass(2 * minute, 5000);
  const faults = faultsOf(there);
  there.close();
  return { faults, connected };
}

function faultsOf(there: SleepyWorld): string[] {
  const faults: string[] = [];
  for (const { name, center, records, rang } of there.all) {
    const { state } = center.snapshot;
    if (!["idle", "ended", "connected"].includes(state)) faults.push(`${name} stays ${state}`);
    if (center.others.some(({ state: other }) => other === "incoming"))
      faults.push(`something rings for ever beside the call of ${name}`);
    const ends = records.map(({ callId }) => callId);
    for (const callId of new Set(ends)) {
      const count = ends.filter((id) => id === callId).length;
      if (count > 1) faults.push(`${name} has ${String(count)} records of one call`);
    }
    for (const milliseconds of rang.values())
      // Steps of the test's own looks come to it, one a load.
      if (milliseconds > ringMilliseconds + 11_000)
        faults.push(`it rings for ${String(milliseconds)} ms at ${name}`);
  }
  const { ann, phone, tablet } = there.devices;
  const [mine] = [ann.center.snapshot];
  const theirs = [phone, tablet].map(({ center }) => center.snapshot);
  const isIn = (snapshot: typeof mine) => snapshot.state === "connected";
  if (isIn(mine) && !theirs.some((each) => isIn(each) && each.callId === mine.callId))
    faults.push("ann is connected alone");
  for (const each of theirs)
    if (isIn(each) && each.callId !== mine.callId) faults.push("bob is connected alone");
  return faults;
}

/** @throws {Error} with the smallest schedule that fails. */
export async function checkSleepySchedules({
  seed,
  count,
}: {
  seed: number;
  count: number;
}): Promise<{ played: number; connected: number }> {
  const figures = { played: 0, connected: 0 };
  const result = await fc.check(
    fc.asyncProperty(schedules, async (schedule) => {
      const { faults, connected } = await play(schedule);
      figures.played += 1;
      if (connected) figures.connected += 1;
      if (faults.length > 0) throw new Error(faults.join("; "));
    }),
    { seed, numRuns: count },
  );
  if (result.failed) {
    const [smallest] = result.counterexample ?? [];
    throw new Error(
      `${String(result.errorInstance)}\nseed ${String(seed)}: ${JSON.stringify(smallest)}`,
    );
  }
  return figures;
}
