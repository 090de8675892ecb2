import { isAbsent, type NumberRange } from "./host-value.ts";

/** How long a call may ring, and how long it may wait for a lost path: ten minutes. Seconds. */
export const waitRange: NumberRange = { least: 0, most: 600, above: true };
/** Sound alone costs 58 MB an hour, headers included: a lower cap could not be kept. */
export const dataRange: NumberRange = { least: 60, most: Number.MAX_VALUE };
/** A host binding has room for a few identity keys, and no more than a message could carry. Bytes. */
export const maxBinding = 4096;
export const secretLength = 32;

/** Bytes in the forms that hosts have them. Anything else comes back as it is, to be refused. */
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
  return isAbsent(given) || (given instanceof Uint8Array && given.length === secretLength);
}

export function isBinding(given: unknown): boolean {
  return isAbsent(given) || (given instanceof Uint8Array && given.length <= maxBinding);
}
