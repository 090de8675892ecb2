/** The raw keys of section 4: X25519, and its output used as the AES key as it is. */
export class CallKeys {
  /** 32 bytes, base64url with padding. */
  readonly publicKey: string;
  readonly #private: CryptoKey;

  private constructor(publicKey: string, privateKey: CryptoKey) {
    this.publicKey = publicKey;
    this.#private = privateKey;
  }

  static async make(): Promise<CallKeys> {
    const pair = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    if (!("publicKey" in pair)) throw new Error("X25519 gives a pair");
    const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
    return new CallKeys(toPaddedBase64url(new Uint8Array(raw)), pair.privateKey);
  }

  /** The `aesKey` that both apps come to. */
  async aesKey(publicKey: string): Promise<string> {
    const theirs = await crypto.subtle.importKey(
      "raw",
      fromPaddedBase64url(publicKey),
      "X25519",
      true,
      [],
    );
    const bits = await crypto.subtle.deriveBits(
      { name: "X25519", public: theirs },
      this.#private,
      256,
    );
    return toPaddedBase64url(new Uint8Array(bits));
  }
}

/** A key that is well formed and not the one: one bit is different. */
export function wrongKey(aesKey: string): string {
  const bytes = fromPaddedBase64url(aesKey);
  bytes[0]! ^= 1;
  return toPaddedBase64url(bytes);
}

export function toPaddedBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

export function fromPaddedBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
}
