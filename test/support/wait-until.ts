// oxlint-disable-next-line no-restricted-imports -- here is the one with patience.
import { waitUntil as waitAtMost } from "@open-wc/testing";

/** For what hangs, not for what is slow: a test runs beside others, on a busy machine. */
const patience = { timeout: 30_000 };

/** Waits until a condition is truthy, and fails with its message where it never is. */
export const waitUntil = (condition: () => unknown, message?: string): Promise<void> =>
  waitAtMost(condition, message, patience);
