/** A sealed frame of sound on its way, and what else an attacker has seen. */
export interface Attacked {
  /** Number of frames came before it. */
  readonly number: number;
  readonly data: ArrayBuffer;
  /** The last sealed frame of each track from the other side. */
  readonly received: ReadonlyMap<number, ArrayBuffer>;
  /** The last sealed frame of each track from this side. */
  readonly sealed: ReadonlyMap<number, ArrayBuffer>;
}

/** Returns the replacement of a frame; `null` to drop it. */
export type Attack = (frame: Attacked) => ArrayBuffer | null;

/** The first frames pass, so that the call connects; then one in four is attacked, and the others must still come out. */
const changed =
  (change: (bytes: Uint8Array, frame: Attacked) => Uint8Array | undefined): Attack =>
  (frame) => {
    if (frame.number < 20 || frame.number % 4 !== 0) return frame.data;
    const copy = new Uint8Array(frame.data.slice(0));
    return Uint8Array.from(change(copy, frame) ?? copy).buffer;
  };

let repeated: ArrayBuffer | null = null;
const held: ArrayBuffer[] = [];
const turned: ArrayBuffer[] = [];

/** Returns the length of an audio frame's header: the key id is in the first byte, the counter after it. */
function headerLength(bytes: Uint8Array): number {
  const counterField = (bytes[0] ?? 0) & 15;
  return counterField < 8 ? 1 : 2 + (counterField & 7);
}

export const attacks: Readonly<Record<string, Attack>> = {
  none: ({ data }) => data,
  "one flipped bit": changed((bytes, { number }) => {
    const at = number % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (number % 8));
  }),
  "one flipped bit in the tag": changed((bytes) => {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  }),
  "another key id": changed((bytes) => {
    bytes[0] = (bytes[0] ?? 0) ^ 0x10;
  }),
  "the other epoch bit": changed((bytes) => {
    bytes[0] = (bytes[0] ?? 0) ^ 0x40;
  }),
  "another counter": changed((bytes) => {
    const last = headerLength(bytes) - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 0x80;
  }),
  "another configuration byte": changed((bytes) => {
    bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  }),
  "a counter with a leading zero": changed((bytes) => {
    const length = headerLength(bytes);
    const longer = new Uint8Array(bytes.length + 1);
    longer[0] = (bytes[0] ?? 0) + 1;
    longer.set(bytes.subarray(1, length), 2);
    longer.set(bytes.subarray(length), length + 1);
    return longer;
  }),
  "the last byte cut off": changed((bytes) => bytes.subarray(0, -1)),
  "only the header left": changed((bytes) => bytes.subarray(0, headerLength(bytes))),
  "random bytes": changed((bytes) => crypto.getRandomValues(new Uint8Array(bytes.length))),
  "a reflected frame": changed(
    (bytes, { received }) => new Uint8Array(received.get(0) ?? bytes.fill(0)),
  ),
  // As much of it as a packet of sound may have.
  "a frame of the camera": changed((bytes, { sealed }) =>
    new Uint8Array(sealed.get(1) ?? bytes.fill(0)).subarray(0, 400),
  ),
  "15 forged in a row": ({ number, data }) =>
    number >= 20 && number < 35 ? new Uint8Array(data.byteLength).fill(number).buffer : data,
  "each sent five times": ({ number, data }) => {
    if (number % 5 === 0) repeated = data;
    return repeated?.slice(0) ?? null;
  },
  "reordered by four": ({ number, data }) => {
    held.push(data);
    if (number % 4 === 3) turned.push(...held.splice(0).reverse());
    return turned.shift() ?? null;
  },
};
