/**
 * Security code of a call: seven numbers from 0 to 63. The first four are the short form of 24 bits. Both sides commit before
 * they see the other's nonce, so an attacker has one guess in 16.7 million. All seven are the long form.
 */
export type SecurityCode = readonly number[];

/** Converts the first 42 of 48 derived bits to seven numbers, highest bits first. */
export function toSecurityCode(bytes: Uint8Array): SecurityCode {
  const bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 7 }, (_, index) => Number((bits >> BigInt(42 - 6 * index)) & 63n));
}
