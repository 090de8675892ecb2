import type { CallStateName } from "../terms.ts";

/*
 * The connection that a page makes ahead for the next call that is dialled in it.
 */

/** Input of the decision about a spare connection. */
export interface SpareScene {
  /** The engine notifies a page that it freezes it: only then the page can close what would keep it awake. */
  readonly reportsFreezing: boolean;
  /** The page is seen, and is not about to be left. */
  readonly isSeen: boolean;
  /** States of all views of the page. */
  readonly states: readonly CallStateName[];
}

/**
 * Returns what to do about a spare connection. An open one keeps the page out of the back-forward cache and the tab awake,
 * and therefore exists only while the page is visible. It is created while no view has a call, and used by the next call.
 */
export function judgeSpare({
  reportsFreezing,
  isSeen,
  states,
}: SpareScene): "make" | "keep" | "close" {
  if (!isSeen || states.length === 0) return "close";
  const isFree = states.every((state) => state === "idle" || state === "ended");
  return reportsFreezing && isFree ? "make" : "keep";
}

/**
 * Returns whether a call may use the spare connection: only one whose options, the servers apart, are all those with which it was made. A
 * policy about addresses is never changed afterwards (decision 18).
 */
export function fitsSpare(
  { iceServers: _, ...wanted }: Readonly<Record<string, unknown>>,
  made: Readonly<Record<string, unknown>>,
): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(made)]);
  return [...names].every(
    (name) => name === "iceServers" || JSON.stringify(wanted[name]) === JSON.stringify(made[name]),
  );
}
