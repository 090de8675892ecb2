import { attempt, isAbsent, type NumberRange } from "./host-value.ts";

/** Seconds of ringing and of waiting for a lost path: at most ten minutes. */
export const waitRange: NumberRange = { least: 0, most: 600, above: true };
/** Seconds that a call may outlive its view's place in the document. */
export const removalRange: NumberRange = { least: 0, most: 600 };
/** Audio alone takes 58 MB per hour including headers: a lower cap cannot be kept. */
export const dataRange: NumberRange = { least: 60, most: Number.MAX_VALUE };
/** Bytes of a host binding: several identity keys. */
export const maxBinding = 4096;
export const secretLength = 32;

/** Converts bytes from the representations that hosts use. Other values are returned unchanged, to be refused. */
export function toBytes(given: unknown): unknown {
  if (isAbsent(given)) return null;
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (Array.isArray(given) && given.length <= maxBinding && given.every(isByte))
    return Uint8Array.from(given as number[]);
  return given;
}

/** Java's bytes are signed. */
export function isByte(given: unknown): boolean {
  return Number.isInteger(given) && Math.abs(Number(given)) < 256;
}

export function isSecret(given: unknown): boolean {
  return isAbsent(given) || (isBytes(given) && given.length === secretLength);
}

export function isBinding(given: unknown): boolean {
  return isAbsent(given) || (isBytes(given) && given.length <= maxBinding);
}

/** A proxy may look like bytes, and the engine takes none for them. */
function isBytes(given: unknown): given is Uint8Array {
  return attempt(() => given instanceof Uint8Array && ArrayBuffer.isView(given), false);
}
