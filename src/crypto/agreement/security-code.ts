/**
 * The security code of a call: seven numbers from 0 to 63. The first four are the short form, 24 bits: because both sides commit
 * before they see the other's nonce, an attacker has one guess in 16.7 million. All seven are the long form.
 */
export type SecurityCode = readonly number[];

/** Cuts the first 42 of 48 derived bits into seven numbers, highest bits first. */
export function toSecurityCode(bytes: Uint8Array): SecurityCode {
  const bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 7 }, (_, index) => Number((bits >> BigInt(42 - 6 * index)) & 63n));
}
