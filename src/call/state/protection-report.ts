import type { Encryption } from "../terms.ts";
import { judgeProtection, type Protection, type ProtectionReport, total } from "./protection.ts";

/** `sx-call/1` has one suite: RFC 9605 section 4.5, keyed by RFC 7748 and FIPS 203 together. */
const ciphers: Record<Exclude<Encryption, "none" | "transport">, string> = {
  "sx-call/1": "AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768",
  compatible: "AES_256_GCM",
};

/** Returns the verdict with its counts. */
export function reportProtection(
  { measurements, since, sealedIn }: Pick<Protection, "measurements" | "since" | "sealedIn">,
  encryption: Encryption = "sx-call/1",
): ProtectionReport {
  const hasFrames = encryption !== "none" && encryption !== "transport";
  const { dtls } = measurements.at(-1) ?? {};
  // Frames that only pass through do not count as encrypted.
  const last = hasFrames ? measurements.at(-1) : undefined;
  const sealed = total(last, "sealed");
  const opened = total(last, "opened");
  return {
    ...judgeProtection(measurements, encryption),
    ...(sealedIn && hasFrames && { sealedIn }),
    ...(dtls && { dtls }),
    cipher: hasFrames && (sealed > 0 || opened > 0) ? ciphers[encryption] : null,
    sealed,
    opened,
    duplicate: total(last, "duplicate"),
    forged: total(last, "forged"),
    since,
  };
}
