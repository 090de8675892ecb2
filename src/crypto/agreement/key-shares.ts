import { CallError } from "../../errors.ts";
import type { Bytes } from "../bytes.ts";
import { engineAlgorithms, generatePair, keySharesFallback } from "../can-encrypt.ts";

/** An X25519 key pair (RFC 7748), which computes the secret shared with another public key. */
export interface X25519Pair {
  readonly publicKey: Bytes;
  /** @throws for an all-zero result. */
  shared(theirs: Bytes): Promise<Bytes>;
}

/** An ML-KEM-768 key pair (FIPS 203), which decapsulates. */
export interface KemPair {
  readonly publicKey: Bytes;
  decapsulate(ciphertext: Bytes): Promise<Bytes>;
}

/** A new 32-byte secret, and the 1,088-byte ciphertext for the owner of the key. */
export interface Encapsulation {
  readonly secret: Bytes;
  readonly ciphertext: Bytes;
}

/**
 * Key share functions of an engine. With WebCrypto the private keys are not extractable. Where it lacks an algorithm,
 * `@noble/curves` or `@noble/post-quantum` is loaded as a chunk of its own.
 */
export interface KeyShares {
  generateX25519(): Promise<X25519Pair>;
  generateKem(): Promise<KemPair>;
  /** @throws for an invalid public key. */
  encapsulate(theirs: Bytes): Promise<Encapsulation>;
}

/*
 * ML-KEM in WebCrypto is a WICG draft ("Modern Algorithms in the Web Cryptography API"). Remove this declaration when
 * TypeScript's DOM library has it.
 */
interface KemCrypto {
  encapsulateBits(
    algorithm: "ML-KEM-768",
    key: CryptoKey,
  ): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(algorithm: "ML-KEM-768", key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>;
  importKey(
    format: "raw-public",
    key: Bytes,
    algorithm: "ML-KEM-768",
    extractable: true,
    usages: string[],
  ): Promise<CryptoKey>;
}

const kem = () => crypto.subtle as unknown as KemCrypto;
const ofEngine = async (bytes: Promise<ArrayBuffer>): Promise<Bytes> => new Uint8Array(await bytes);
const ofLibrary = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

async function generateX25519ByEngine(): Promise<X25519Pair> {
  const { privateKey, publicKey } = await generatePair("X25519");
  return {
    publicKey,
    async shared(theirs) {
      const key = await crypto.subtle.importKey("raw", theirs, "X25519", true, []);
      return ofEngine(crypto.subtle.deriveBits({ name: "X25519", public: key }, privateKey, 256));
    },
  };
}

async function generateKemByEngine(): Promise<KemPair> {
  const { privateKey, publicKey } = await generatePair("ML-KEM-768");
  return {
    publicKey,
    decapsulate: (ciphertext) =>
      ofEngine(kem().decapsulateBits("ML-KEM-768", privateKey, ciphertext)),
  };
}

async function encapsulateByEngine(theirs: Bytes): Promise<Encapsulation> {
  const key = await kem().importKey("raw-public", theirs, "ML-KEM-768", true, ["encapsulateBits"]);
  const { sharedKey, ciphertext } = await kem().encapsulateBits("ML-KEM-768", key);
  return { secret: new Uint8Array(sharedKey), ciphertext: new Uint8Array(ciphertext) };
}

/** Both shares by WebCrypto. */
export const engineKeyShares: KeyShares = {
  generateX25519: generateX25519ByEngine,
  generateKem: generateKemByEngine,
  encapsulate: encapsulateByEngine,
};

/** Converts exceptions of a library to rejections, as the engine reports failures. */
const attempt = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

/** Both shares by the libraries. */
export async function loadFallbackKeyShares(): Promise<KeyShares> {
  const { kemFallback, x25519Fallback } = await keySharesFallback();
  return {
    generateX25519() {
      const { publicKey, secretKey } = x25519Fallback.generate();
      const shared = (theirs: Bytes) =>
        attempt(() => ofLibrary(x25519Fallback.shared(secretKey, theirs)));
      return Promise.resolve({ publicKey: ofLibrary(publicKey), shared });
    },
    generateKem() {
      const { publicKey, secretKey } = kemFallback.generate();
      const decapsulate = (ciphertext: Bytes) =>
        attempt(() => ofLibrary(kemFallback.decapsulate(secretKey, ciphertext)));
      return Promise.resolve({ publicKey: ofLibrary(publicKey), decapsulate });
    },
    encapsulate: (theirs) =>
      attempt(() => {
        const { cipherText, sharedSecret } = kemFallback.encapsulate(theirs);
        return { ciphertext: ofLibrary(cipherText), secret: ofLibrary(sharedSecret) };
      }),
  };
}

/**
 * Returns the key shares of this engine: WebCrypto where it supports an algorithm, otherwise the libraries. Detected once per
 * page.
 *
 * @throws {CallError} `encryption-unsupported` where a required library does not load.
 */
export function findKeyShares(): Promise<KeyShares> {
  found ??= find();
  return found;
}

let found: Promise<KeyShares> | undefined;

async function find(): Promise<KeyShares> {
  const [hasX25519, hasKem] = await engineAlgorithms();
  if (hasX25519 && hasKem) return engineKeyShares;
  try {
    const fallback = await loadFallbackKeyShares();
    return {
      generateX25519: hasX25519 ? generateX25519ByEngine : fallback.generateX25519,
      generateKem: hasKem ? generateKemByEngine : fallback.generateKem,
      encapsulate: hasKem ? encapsulateByEngine : fallback.encapsulate,
    };
  } catch (cause) {
    // Allows a retry, for example after a missing file was deployed.
    found = undefined;
    throw new CallError(
      "encryption-unsupported",
      "This engine lacks key agreement, and the stand-in did not load.",
      { cause },
    );
  }
}

/**
 * Returns the secret shared with another X25519 public key.
 *
 * @throws {CallError} `insecure` for a point of small order, for which the result is always zero (RFC 7748 section 6.1).
 */
export async function sharedX25519(pair: X25519Pair, theirs: Bytes): Promise<Bytes> {
  // Some engines throw for a point of small order; the others return zeros.
  const secret = await pair.shared(theirs).catch(() => new Uint8Array(32));
  if (secret.every((byte) => byte === 0)) throw notAKey();
  return secret;
}

/** @throws {CallError} `insecure` for an invalid ML-KEM-768 public key. */
export function encapsulate(shares: KeyShares, theirs: Bytes): Promise<Encapsulation> {
  return shares.encapsulate(theirs).catch(() => {
    throw notAKey();
  });
}

/** @returns the 32-byte secret; a different one for a modified ciphertext (FIPS 203 implicit rejection). */
export function decapsulate(pair: KemPair, ciphertext: Bytes): Promise<Bytes> {
  return pair.decapsulate(ciphertext).catch(() => {
    throw notAKey();
  });
}

function notAKey(): CallError {
  return new CallError("insecure", "The other side's key share is invalid.");
}
