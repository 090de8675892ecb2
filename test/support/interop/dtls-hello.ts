/** Named groups of TLS 1.3 (RFC 8446 section 4.2.7, RFC 7919, draft-ietf-tls-ecdhe-mlkem), as far as browsers offer them. */
const groups: Partial<Record<number, string>> = {
  0x17: "secp256r1",
  0x18: "secp384r1",
  0x19: "secp521r1",
  0x1d: "X25519",
  0x11eb: "SecP256r1MLKEM768",
  0x11ec: "X25519MLKEM768",
};

const keyShareExtension = 51;

/**
 * Listens to the packets of a call for the key exchange that its two engines agree on. It stands in the clear in the ServerHello of
 * DTLS 1.3 (RFC 9147 section 5), which may come in several fragments.
 */
export class KeyExchangeListener {
  readonly #hellos = new Map<string, { readonly bytes: Buffer; missing: number }>();
  /** The group of the key exchange by its registered name, or its number; `null` until it was heard. */
  group: string | null = null;

  readonly hear = (packet: Buffer): void => {
    // Record: type, version (2), epoch (2), sequence number (6), length (2). RFC 6347 section 4.1.
    for (let at = 0; at + 13 <= packet.length && packet[at] === 22;) {
      const length = packet.readUInt16BE(at + 11);
      if (packet.readUInt16BE(at + 3) === 0)
        this.#hearMessage(packet.subarray(at + 13, at + 13 + length));
      at += 13 + length;
    }
  };

  #hearMessage(fragment: Buffer): void {
    // Type, length (3), number (2), fragment offset (3), fragment length (3). RFC 9147 section 5.2.
    if (fragment.length < 12 || fragment[0] !== 2) return;
    const length = fragment.readUIntBE(1, 3);
    const key = `${fragment.readUInt16BE(4)} ${length}`;
    const hello = this.#hellos.get(key) ?? { bytes: Buffer.alloc(length), missing: length };
    this.#hellos.set(key, hello);
    const part = fragment.subarray(12, 12 + fragment.readUIntBE(9, 3));
    part.copy(hello.bytes, fragment.readUIntBE(6, 3));
    hello.missing -= part.length;
    if (hello.missing <= 0) this.#hearHello(hello.bytes);
  }

  #hearHello(hello: Buffer): void {
    // Version (2), random (32), session id, suite (2), compression (1), extensions. RFC 8446 section 4.1.3.
    let at = 35 + hello[34]! + 3 + 2;
    while (at + 4 <= hello.length) {
      const length = hello.readUInt16BE(at + 2);
      // A HelloRetryRequest names a group alone, and another hello follows.
      if (hello.readUInt16BE(at) === keyShareExtension && length > 2) {
        const group = hello.readUInt16BE(at + 4);
        this.group = groups[group] ?? `0x${group.toString(16)}`;
      }
      at += 4 + length;
    }
  }
}
