import { CallError } from "../../errors.ts";
import type { Bytes } from "../bytes.ts";
import { loadKeySharesFallback } from "./load-key-shares-fallback.ts";

/** An X25519 key pair (RFC 7748), able to find the secret that it shares with another public key. */
export interface X25519Pair {
  readonly publicKey: Bytes;
  /** @throws where the result would be zero. */
  shared(theirs: Bytes): Promise<Bytes>;
}

/** An ML-KEM-768 key pair (FIPS 203), able to open what was encapsulated for it. */
export interface KemPair {
  readonly publicKey: Bytes;
  decapsulate(ciphertext: Bytes): Promise<Bytes>;
}

/** A fresh 32-byte secret, and the 1,088-byte ciphertext that only the owner of the key can open. */
export interface Encapsulation {
  readonly secret: Bytes;
  readonly ciphertext: Bytes;
}

/**
 * How an engine makes the two key shares. With WebCrypto the private keys cannot be extracted; where it lacks one of the two,
 * `@noble/curves` or `@noble/post-quantum` stands in, a chunk of its own that is loaded only then.
 */
export interface KeyShares {
  generateX25519(): Promise<X25519Pair>;
  generateKem(): Promise<KemPair>;
  /** @throws where the bytes are not a public key. */
  encapsulate(theirs: Bytes): Promise<Encapsulation>;
}

/*
 * ML-KEM in WebCrypto is a WICG draft ("Modern Algorithms in the Web Cryptography API") that TypeScript's DOM library does not
 * have yet. This declaration can go when it does.
 */
interface KemCrypto {
  encapsulateBits(
    algorithm: "ML-KEM-768",
    key: CryptoKey,
  ): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(algorithm: "ML-KEM-768", key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>;
  exportKey(format: "raw-public", key: CryptoKey): Promise<ArrayBuffer>;
  generateKey(
    algorithm: "ML-KEM-768",
    extractable: false,
    usages: string[],
  ): Promise<CryptoKeyPair>;
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
  const { privateKey, publicKey } = await crypto.subtle.generateKey("X25519", false, [
    "deriveBits",
  ]);
  return {
    publicKey: await ofEngine(crypto.subtle.exportKey("raw", publicKey)),
    async shared(theirs) {
      const key = await crypto.subtle.importKey("raw", theirs, "X25519", true, []);
      return ofEngine(crypto.subtle.deriveBits({ name: "X25519", public: key }, privateKey, 256));
    },
  };
}

async function generateKemByEngine(): Promise<KemPair> {
  const { privateKey, publicKey } = await kem().generateKey("ML-KEM-768", false, [
    "encapsulateBits",
    "decapsulateBits",
  ]);
  return {
    publicKey: await ofEngine(kem().exportKey("raw-public", publicKey)),
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

/** What a library throws is a rejection here, as with the engine. */
const attempt = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

/** Both shares by the libraries. */
export async function loadFallbackKeyShares(): Promise<KeyShares> {
  const { kemFallback, x25519Fallback } = await loadKeySharesFallback();
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
 * The key shares of this engine: by WebCrypto what it can, by the libraries the rest. Found out once a page.
 *
 * @throws {CallError} `encryption-unsupported` where a library is needed and cannot be loaded.
 */
export function findKeyShares(): Promise<KeyShares> {
  found ??= find();
  return found;
}

let found: Promise<KeyShares> | undefined;

async function find(): Promise<KeyShares> {
  const works = (attempt: Promise<unknown>) =>
    attempt.then(
      () => true,
      () => false,
    );
  const [hasX25519, hasKem] = await Promise.all([
    works(generateX25519ByEngine()),
    works(generateKemByEngine()),
  ]);
  if (hasX25519 && hasKem) return engineKeyShares;
  try {
    const fallback = await loadFallbackKeyShares();
    return {
      generateX25519: hasX25519 ? generateX25519ByEngine : fallback.generateX25519,
      generateKem: hasKem ? generateKemByEngine : fallback.generateKem,
      encapsulate: hasKem ? encapsulateByEngine : fallback.encapsulate,
    };
  } catch (cause) {
    // A page that is mended (a file that was missing, say) may be asked again.
    found = undefined;
    throw new CallError(
      "encryption-unsupported",
      "This engine lacks key agreement, and the stand-in did not load.",
      { cause },
    );
  }
}

/**
 * The secret shared with another X25519 public key.
 *
 * @throws {CallError} `insecure` for a point of small order: the result would be zero whoever calculates it (RFC 7748 section 6.1).
 */
export async function sharedX25519(pair: X25519Pair, theirs: Bytes): Promise<Bytes> {
  // Engines that check for small order themselves throw; the others return zeros.
  const secret = await pair.shared(theirs).catch(() => new Uint8Array(32));
  if (secret.every((byte) => byte === 0)) throw notAKey();
  return secret;
}

/** @throws {CallError} `insecure` where the bytes are not an ML-KEM-768 public key. */
export function encapsulate(shares: KeyShares, theirs: Bytes): Promise<Encapsulation> {
  return shares.encapsulate(theirs).catch(() => {
    throw notAKey();
  });
}

/** @returns the 32-byte secret; for a ciphertext that was changed, another one (FIPS 203 implicit rejection). */
export function decapsulate(pair: KemPair, ciphertext: Bytes): Promise<Bytes> {
  return pair.decapsulate(ciphertext).catch(() => {
    throw notAKey();
  });
}

function notAKey(): CallError {
  return new CallError("insecure", "The other side's key share is not a key.");
}
