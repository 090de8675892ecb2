import { CallError } from "../../src/errors.ts";
import type { CallErrorCode } from "../../src/errors.ts";

/** The `CallError` that some work throws; `null` where it throws nothing. Anything else that is thrown fails the test. */
export function thrownBy(work: () => unknown): CallError | null {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof CallError) return thrown;
    throw thrown;
  }
  return null;
}

/** The code of {@link thrownBy}. */
export function codeThrownBy(work: () => unknown): CallErrorCode | null {
  return thrownBy(work)?.code ?? null;
}

/** The code with which a promise is rejected; `null` where it is fulfilled. Any other rejection fails the test. */
export async function codeRejectedBy(promise: Promise<unknown>): Promise<CallErrorCode | null> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof CallError) return thrown.code;
    throw thrown;
  }
  return null;
}
