/*
 * Opus packets of one size. Engines that obey `cbr=1` produce them. For the others (Firefox) every packet is padded to the size of the
 * largest so far, because the size of an encrypted packet otherwise reveals loudness and words (RFC 6562).
 *
 * A packet of one frame (code 0) becomes a packet with a frame count of one and padding (code 3), which every decoder drops (RFC 6716
 * section 3.2.5):
 *
 *   TOC with code 3 | 41 (padding, one frame) | length of the padding, 1 or 2 bytes | the frame | zeros
 */

const codeMask = 0x03;
const countOne = 0x01;
const countOneWithPadding = 0x41;
/** Above the packet size of speech. Larger packets pass unchanged, and do not raise the size of others. */
const largest = 400;

/** Pads the packets of one track. */
export class OpusPadding {
  #size = 0;

  /** @returns a packet as long as the longest so far; the packet itself where padding is impossible. */
  pad(data: ArrayBuffer): ArrayBuffer {
    const length = data.byteLength;
    if (length > largest) return data;
    if (length >= this.#size) {
      this.#size = length;
      return data;
    }
    const packet = new Uint8Array(data);
    const toc = packet[0];
    // Invalid: an empty packet. Unsupported: several frames in one packet, which engines do not create for calls.
    if (toc === undefined || (toc & codeMask) !== 0) return data;
    const padded = new Uint8Array(this.#size);
    const missing = this.#size - length;
    padded[0] = toc | codeMask;
    padded[1] = missing === 1 ? countOne : countOneWithPadding;
    padded.set(packet.subarray(1), 1 + writePaddingLength(padded, missing));
    return padded.buffer;
  }
}

/** @returns the number of bytes between TOC and frame. */
function writePaddingLength(padded: Uint8Array, missing: number): number {
  if (missing === 1) return 1;
  const padding = missing - 2;
  if (padding <= 254) {
    padded[2] = padding;
    return 2;
  }
  // 255 means 254 bytes and another length byte.
  padded[2] = 255;
  padded[3] = missing - 3 - 254;
  return 3;
}
