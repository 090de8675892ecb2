import type { CallRecord, Contact } from "sx-call-kit";
import { ann, bob, mallory, noura } from "./support/contacts.ts";
import { aRecord, now } from "./support/snapshots.ts";
import { directions, medias, outcomes, protections } from "./support/unions.ts";

const people: readonly Contact[] = [
  ann,
  bob,
  noura,
  { id: "chen", name: "陈雨" },
  { id: "olu", name: "Oluwaseun Adébáyọ̀" },
  { id: "mia", name: "Mia" },
  { id: "vera", name: "Vera-Katharina von Hohenlohe-Langenburg" },
  { id: "", name: " " },
];

/** Whose call one of `manyRecords()` was: always the same for the same record. */
export function contactOf({ callId }: { readonly callId: string }): Contact {
  return callId === "call-3" ? mallory : people[Number(callId.slice(5)) % people.length]!;
}

/**
 * Returns a reproducible history of calls, the newest first, minutes to half a day apart, so that days have several. Most are
 * ordinary; every outcome, protection and path occurs.
 */
export function manyRecords(count: number): CallRecord[] {
  let seed = 7;
  // Numerical Recipes' generator: good enough to look like life.
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  let endedAt = now;
  return Array.from({ length: count }, (_, index) => {
    endedAt -= (5 + below(below(4) === 0 ? 600 : 60)) * 60_000;
    const outcome = below(3) > 0 ? "completed" : outcomes[below(outcomes.length)]!;
    const direction = directions[below(2)]!;
    const common = {
      callId: `call-${index}`,
      direction,
      media: medias[below(2)]!,
      outcome,
      endedAt,
    };
    if (outcome !== "completed") {
      return aRecord({
        ...common,
        startedAt: endedAt - 40_000,
        durationSeconds: 0,
        protection: "none",
        relayed: null,
      });
    }
    const durationSeconds = below(below(3) === 0 ? 7200 : 900);
    const startedAt = (endedAt -= durationSeconds * 1000);
    const protection =
      below(12) === 0 ? protections[1 + below(protections.length - 1)]! : "protected";
    return aRecord({
      ...{ ...common, startedAt, durationSeconds, protection, relayed: below(4) === 0 },
      ...(protection === "protected" && below(6) === 0 ? { verified: true } : {}),
    });
  });
}
