import { CallError } from "../errors.ts";
import type { Bytes } from "./bytes.ts";

/** An X25519 key pair (RFC 7748); the private key cannot be extracted. */
export interface X25519Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
}

/** An ML-KEM-768 key pair (FIPS 203); the private key cannot be extracted. */
export interface KemPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
}

/*
 * ML-KEM in WebCrypto is a WICG draft ("Modern Algorithms in the Web Cryptography API") that TypeScript's DOM library does not
 * have yet. This declaration can go when it does.
 */
interface KemCrypto {
  encapsulateBits(algorithm: "ML-KEM-768", key: CryptoKey): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(algorithm: "ML-KEM-768", key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>;
  exportKey(format: "raw-public", key: CryptoKey): Promise<ArrayBuffer>;
  generateKey(algorithm: "ML-KEM-768", extractable: false, usages: string[]): Promise<CryptoKeyPair>;
  importKey(format: "raw-public", key: Bytes, algorithm: "ML-KEM-768", extractable: true, usages: string[]): Promise<CryptoKey>;
}

const kem = () => crypto.subtle as unknown as KemCrypto;

export async function generateX25519Pair(): Promise<X25519Pair> {
  const pair = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

/**
 * @returns the 32-byte shared secret.
 * @throws {CallError} `insecure` for a point of small order: the result would be zero whoever calculates it (RFC 7748 section 6.1).
 */
export async function sharedX25519(pair: X25519Pair, theirs: Bytes): Promise<Bytes> {
  try {
    const publicKey = await crypto.subtle.importKey("raw", theirs, "X25519", true, []);
    const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: publicKey }, pair.privateKey, 256));
    if (secret.some((byte) => byte !== 0)) return secret;
  } catch {
    // Engines that check for small order themselves throw; the others return zeros.
  }
  throw notAKey();
}

export async function generateKemPair(): Promise<KemPair> {
  const pair = await kem().generateKey("ML-KEM-768", false, ["encapsulateBits", "decapsulateBits"]);
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(await kem().exportKey("raw-public", pair.publicKey)) };
}

/**
 * @returns a fresh 32-byte secret and the 1,088-byte ciphertext that only the owner of the key can open.
 * @throws {CallError} `insecure` where the bytes are not an ML-KEM-768 public key.
 */
export async function encapsulate(theirs: Bytes): Promise<{ secret: Bytes; ciphertext: Bytes }> {
  try {
    const publicKey = await kem().importKey("raw-public", theirs, "ML-KEM-768", true, ["encapsulateBits"]);
    const { sharedKey, ciphertext } = await kem().encapsulateBits("ML-KEM-768", publicKey);
    return { secret: new Uint8Array(sharedKey), ciphertext: new Uint8Array(ciphertext) };
  } catch {
    throw notAKey();
  }
}

/** @returns the 32-byte secret; for a ciphertext that was changed, another one (FIPS 203 implicit rejection). */
export async function decapsulate(pair: KemPair, ciphertext: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await kem().decapsulateBits("ML-KEM-768", pair.privateKey, ciphertext));
  } catch {
    throw notAKey();
  }
}

/** Whether this engine can make both key shares. Asked before a call: a call without them does not start. */
export async function canShareKeys(): Promise<boolean> {
  try {
    await Promise.all([generateX25519Pair(), generateKemPair()]);
    return true;
  } catch {
    return false;
  }
}

function notAKey(): CallError {
  return new CallError("insecure", "The other side's key share is not a key.");
}
