/*
 * What keeps a room's messages from its relay. Everything comes from the secret in the link's fragment, which no browser sends
 * anywhere. A sealed message is
 *
 *   counter, 8 bytes, big endian | AES-256-GCM ciphertext with its tag
 *
 * Each page makes an id of 16 random bytes for each meeting. The key is of one direction of one meeting: HKDF with the sender's id and
 * the receiver's as salt. So nothing of another meeting can be opened, nothing of one's own either, and a counter is a safe nonce.
 * Ids and counter are authenticated with the text.
 */

const encoder = new TextEncoder();
const counterLength = 8;

/** The two parts of a link's fragment: where to meet, and the secret that the relay never sees. */
export interface RoomLink {
  /** 16 random bytes, base64url: the relay knows it. */
  readonly id: string;
  /** 32 random bytes. */
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** A room that nobody has been in. */
export function newRoom(): RoomLink {
  return { id: toBase64url(randomBytes(16)), secret: randomBytes(32) };
}

/** @returns `<id>.<secret>`, for the fragment of a link. */
export function toFragment({ id, secret }: RoomLink): string {
  return `${id}.${toBase64url(secret)}`;
}

/** @returns the room of a link; `null` where the fragment is not complete. */
export function fromFragment(fragment: string): RoomLink | null {
  const [, id, secret] = /^([\w-]{22})\.([\w-]{43})$/.exec(fragment) ?? [];
  if (id === undefined || secret === undefined) return null;
  const text = atob(secret.replaceAll("-", "+").replaceAll("_", "/"));
  return { id, secret: Uint8Array.from(text, (character) => character.charCodeAt(0)) };
}

/** @returns 32 bytes for `hostSecret`: the keys of a call in this room rest on the link, too. */
export async function deriveHostSecret(
  secret: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = hkdf("host secret", new Uint8Array());
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, await baseKey(secret), 256));
}

/** One way between two pages. `ids`: the sender's and the receiver's. */
interface Direction {
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly key: CryptoKey;
}

/** Cipher for the messages of one page in one meeting. */
export class RoomCipher {
  readonly #sending: Direction;
  readonly #receiving: Direction;
  #sent = 0n;
  #opened = -1n;

  private constructor(sending: Direction, receiving: Direction) {
    this.#sending = sending;
    this.#receiving = receiving;
  }

  /**
   * @param own this page's id: 16 bytes, random, for one meeting only. Two ciphers of the same ids would use a nonce twice.
   * @param other the other page's.
   * @throws {Error} where both are one: the two directions would have the same key.
   */
  static async create(
    secret: Uint8Array<ArrayBuffer>,
    own: Uint8Array<ArrayBuffer>,
    other: Uint8Array<ArrayBuffer>,
  ): Promise<RoomCipher> {
    if (own.every((byte, at) => byte === other[at])) throw new Error("A page meets itself.");
    const base = await baseKey(secret);
    const direction = async (ids: Uint8Array<ArrayBuffer>, usage: KeyUsage) => {
      const algorithm = { name: "AES-GCM", length: 256 };
      return {
        ids,
        key: await crypto.subtle.deriveKey(hkdf("signalling", ids), base, algorithm, false, [
          usage,
        ]),
      };
    };
    return new RoomCipher(
      await direction(concat(own, other), "encrypt"),
      await direction(concat(other, own), "decrypt"),
    );
  }

  async seal(message: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const counter = toCounter(this.#sent++);
    const text = encoder.encode(JSON.stringify(message));
    return concat(
      counter,
      new Uint8Array(
        await crypto.subtle.encrypt(gcm(this.#sending, counter), this.#sending.key, text),
      ),
    );
  }

  /** @throws {Error} where it is not the other page's, was changed, or comes again: all of them look the same. */
  async open(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const counter = bytes.slice(0, counterLength);
    if (counter.length < counterLength) throw new Error("A message cannot be decrypted.");
    const { key } = this.#receiving;
    const sealed = bytes.slice(counterLength);
    const text = await crypto.subtle
      .decrypt(gcm(this.#receiving, counter), key, sealed)
      .catch(() => {
        throw new Error("A message cannot be decrypted.");
      });
    // Only now: a forged counter must not shut out what is real.
    const count = new DataView(counter.buffer).getBigUint64(0);
    if (count <= this.#opened) throw new Error("A message cannot be decrypted.");
    this.#opened = count;
    return JSON.parse(new TextDecoder().decode(text)) as unknown;
  }
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function gcm({ ids }: Direction, counter: Uint8Array<ArrayBuffer>): AesGcmParams {
  const iv = concat(new Uint8Array(12 - counterLength), counter);
  return { name: "AES-GCM", iv, additionalData: concat(ids, counter) };
}

function hkdf(purpose: string, salt: Uint8Array<ArrayBuffer>): HkdfParams {
  return {
    name: "HKDF",
    hash: "SHA-256",
    salt,
    info: encoder.encode(`sx-call-kit demo room 1 ${purpose}`),
  };
}

function baseKey(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
}

function toCounter(count: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(counterLength);
  new DataView(bytes.buffer).setBigUint64(0, count);
  return bytes;
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
