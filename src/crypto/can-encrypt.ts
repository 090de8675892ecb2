import { loadKeySharesFallback } from "./agreement/load-key-shares-fallback.ts";
import type { Bytes } from "./bytes.ts";

/*
 * APIs for encoded frames, by engine:
 *
 *   script-transform   RTCRtpScriptTransform in a worker: Chromium and Android WebView from 141, Firefox from 117, Safari from 15.4
 *   encoded-streams    createEncodedStreams, its streams transferred to the worker: Chromium 86 to 140
 *   main-thread        createEncodedStreams in the page: where a worker does not start or is known to crash
 */
export type CipherMode = "script-transform" | "encoded-streams" | "main-thread";

const hasScriptTransform = () => typeof RTCRtpScriptTransform === "function";
const hasEncodedStreams = () =>
  typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;

/** Returns the APIs of this engine, best first. Empty: no call is possible. */
export function cipherModes(): CipherMode[] {
  const modes: CipherMode[] = [];
  if (hasScriptTransform()) modes.push("script-transform");
  if (hasEncodedStreams()) modes.push("encoded-streams", "main-thread");
  return modes;
}

/**
 * What WebCrypto calls the parts of a key pair. ML-KEM in it is a WICG draft ("Modern Algorithms in the Web Cryptography API"),
 * which TypeScript's DOM library does not have yet.
 */
const pairs = {
  X25519: { format: "raw", usages: ["deriveBits"] },
  "ML-KEM-768": { format: "raw-public", usages: ["encapsulateBits", "decapsulateBits"] },
} as const;

/** Generates a key pair by WebCrypto. Its private key is not extractable. */
export async function generatePair(
  algorithm: keyof typeof pairs,
): Promise<{ privateKey: CryptoKey; publicKey: Bytes }> {
  const { format, usages } = pairs[algorithm];
  const { subtle } = crypto;
  const made = await subtle.generateKey(
    algorithm,
    false,
    usages as readonly string[] as KeyUsage[],
  );
  const { privateKey, publicKey } = made as CryptoKeyPair;
  const exported = await subtle.exportKey(format as "raw", publicKey);
  return { privateKey, publicKey: new Uint8Array(exported) };
}

const works = (algorithm: keyof typeof pairs) =>
  generatePair(algorithm).then(
    () => true,
    () => false,
  );

let algorithms: Promise<readonly [x25519: boolean, kem: boolean]> | undefined;

/** Returns which key shares WebCrypto has: X25519, ML-KEM-768. Detected once per page. */
export const engineAlgorithms = () =>
  (algorithms ??= Promise.all([works("X25519"), works("ML-KEM-768")]));

let fallback: ReturnType<typeof loadKeySharesFallback> | undefined;

/** Loads the stand-ins for what WebCrypto lacks, once per page. After a failure the next call tries again. */
export function keySharesFallback(): ReturnType<typeof loadKeySharesFallback> {
  fallback ??= loadKeySharesFallback().catch((thrown: unknown) => {
    fallback = undefined;
    throw thrown;
  });
  return fallback;
}

/**
 * Returns `true` where this engine can encrypt a call: access to its frames, and both key shares. Called before a device is
 * opened.
 */
export async function canEncryptCalls(): Promise<boolean> {
  if (cipherModes().length === 0) return false;
  if (!(await engineAlgorithms()).includes(false)) return true;
  return keySharesFallback().then(
    () => true,
    () => false,
  );
}
