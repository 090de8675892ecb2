import { CallError } from "../../errors.ts";
import { toBase64url } from "../base64url.ts";
import {
  bigEndian,
  concat,
  fromBase64url,
  lengthPrefixed,
  utf8,
  wipe,
  type Bytes,
} from "../bytes.ts";

/*
 * Seals the text of a call by AES-256-GCM, with one key for each direction. `text` is in ../agreement/resumption.ts.
 *
 *   key   = HKDF-Expand(text, "sx-call/1 text " + ("i2r" | "r2i"), 32)
 *   nonce = counter in 12 bytes, from 1: unique, because each key belongs to one direction of one call
 *   AAD   = length-prefixed "sx-call/1 text", call id, direction, counter in 8 bytes
 *   plain = UTF-8, followed by spaces up to a multiple of 64 bytes: its size does not reveal how much was typed
 */

type Direction = "i2r" | "r2i";

/** A sealed text as it travels. */
export interface SealedText {
  /** Counter, from 1. */
  readonly n: number;
  /** Ciphertext with its tag, base64url. */
  readonly data: string;
}

/** An opened text. */
export interface OpenedText {
  readonly text: string;
  /** Texts between the last one and this one that never arrived, or were dropped. */
  readonly missed: number;
}

/** Largest counter: the limit of a message's field. */
const lastCounter = 0x7fff_ffff;
const block = 64;
const keyLength = 32;

/** Seals the texts of this side, and opens those of the other side, one after the other. */
export class TextCipher {
  readonly #callId: string;
  readonly #keys: Readonly<Record<Direction, Promise<CryptoKey>>>;
  readonly #own: Direction;
  #sealed = 0;
  #opened = 0;
  #dropped = 0;

  /** @param secret `Successors.text`. */
  constructor(secret: CryptoKey, callId: string, role: "initiator" | "responder") {
    this.#keys = { i2r: deriveKey(secret, "i2r"), r2i: deriveKey(secret, "r2i") };
    this.#callId = callId;
    this.#own = role === "initiator" ? "i2r" : "r2i";
  }

  /** Texts that were refused: forged, repeated or out of order. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @throws {CallError} `not-possible` after the last counter. */
  async seal(text: string): Promise<SealedText> {
    if (this.#sealed >= lastCounter)
      throw new CallError("not-possible", "The text of this call has no counter left.");
    const n = ++this.#sealed;
    const sealed = await crypto.subtle.encrypt(
      this.#parameters(this.#own, n),
      await this.#keys[this.#own],
      padded(text),
    );
    return { n, data: toBase64url(new Uint8Array(sealed)) };
  }

  /**
   * Opens a text whose counter is above that of every text before.
   *
   * @returns `null` for one that is forged, repeated or out of order. It changes nothing but a count.
   */
  async open({ n, data }: SealedText): Promise<OpenedText | null> {
    const theirs = this.#own === "i2r" ? "r2i" : "i2r";
    if (n > this.#opened) {
      try {
        const sealed = fromBase64url(data, Math.floor((data.length * 3) / 4));
        const parameters = this.#parameters(theirs, n);
        const opened = await crypto.subtle.decrypt(parameters, await this.#keys[theirs], sealed);
        const text = new TextDecoder("utf-8", { fatal: true }).decode(opened).trimEnd();
        // Another one may have been opened meanwhile.
        if (n > this.#opened) {
          const missed = n - this.#opened - 1;
          this.#opened = n;
          return { text, missed };
        }
      } catch {
        // Counted below.
      }
    }
    this.#dropped += 1;
    return null;
  }

  #parameters(direction: Direction, n: number): AesGcmParams {
    const additionalData = lengthPrefixed(
      ...["sx-call/1 text", this.#callId, direction].map(utf8),
      bigEndian(n, 8),
    );
    return { name: "AES-GCM", iv: bigEndian(n, 12), additionalData };
  }
}

/** HKDF-Expand (RFC 5869 section 2.3) of less than one hash length is one HMAC, of which the first bytes count. */
async function deriveKey(secret: CryptoKey, direction: Direction): Promise<CryptoKey> {
  const info = concat(utf8(`sx-call/1 text ${direction}`), Uint8Array.of(1));
  const expanded = new Uint8Array(await crypto.subtle.sign("HMAC", secret, info));
  const usages: KeyUsage[] = ["encrypt", "decrypt"];
  const key = await crypto.subtle.importKey(
    "raw",
    expanded.slice(0, keyLength),
    "AES-GCM",
    false,
    usages,
  );
  wipe(expanded);
  return key;
}

function padded(text: string): Bytes {
  const bytes = utf8(text);
  return concat(bytes, utf8(" ".repeat((block - (bytes.length % block)) % block)));
}
