/*
 * The part of the D-Bus wire format that a desktop's notification service needs (D-Bus Specification, "Message Protocol"). It
 * is little endian, with the types `u`, `s`, `o`, `g`, `v` and arrays of strings.
 */

/** A message, with the body still in bytes. */
export interface BusMessage {
  /** 1 call, 2 reply, 3 error, 4 signal. */
  readonly type: number;
  readonly serial: number;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: Reader;
}

/** Values of a message: strings, numbers and lists of strings, in the order of its signature. */
export type BusValue = string | number | boolean | readonly string[];

/** Reads values one after the other. */
export class Reader {
  #at: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  align(size: number): void {
    this.#at = Math.ceil(this.#at / size) * size;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }

  uint32(): number {
    this.align(4);
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }

  string(): string {
    return this.#text(this.uint32());
  }

  signature(): string {
    return this.#text(this.byte());
  }

  strings(): string[] {
    const length = this.uint32();
    const end = this.#at + length;
    const list: string[] = [];
    while (this.#at < end) list.push(this.string());
    return list;
  }

  #text(length: number): string {
    // A zero byte closes each.
    this.#at += length + 1;
    return this.#bytes.toString("utf8", this.#at - length - 1, this.#at - 1);
  }
}

class Writer {
  readonly #parts: Buffer[] = [];
  #size = 0;

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  align(size: number): this {
    return this.#push(Buffer.alloc((size - (this.#size % size)) % size));
  }

  byte(value: number): this {
    return this.#push(Buffer.of(value));
  }

  uint32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    return this.align(4).#push(part);
  }

  string(value: string): this {
    return this.uint32(Buffer.byteLength(value)).#push(Buffer.from(`${value}\0`));
  }

  signature(value: string): this {
    return this.byte(value.length).#push(Buffer.from(`${value}\0`));
  }

  strings(values: readonly string[]): this {
    const inside = new Writer();
    for (const value of values) inside.string(value);
    return this.uint32(inside.bytes.length).#push(inside.bytes);
  }

  raw(bytes: Buffer): this {
    return this.#push(bytes);
  }

  #push(part: Buffer): this {
    this.#parts.push(part);
    this.#size += part.length;
    return this;
  }
}

/**
 * Takes the first whole message off the bytes that have come.
 * @returns it and what is left, or `null` where it has not come whole.
 */
export function takeMessage(bytes: Buffer): { message: BusMessage; rest: Buffer } | null {
  if (bytes.length < 16) return null;
  const bodyLength = bytes.readUInt32LE(4);
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyStart = Math.ceil(fieldsEnd / 8) * 8;
  if (bytes.length < bodyStart + bodyLength) return null;
  const fields = new Map<number, string>();
  const reader = new Reader(bytes, 16);
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const signature = reader.signature();
    fields.set(
      code,
      signature === "u"
        ? String(reader.uint32())
        : signature === "g"
          ? reader.signature()
          : reader.string(),
    );
  }
  const text = (code: number) => fields.get(code) ?? "";
  const message = {
    ...{
      type: bytes.readUInt8(1),
      serial: bytes.readUInt32LE(8),
      path: text(1),
      interface: text(2),
      member: text(3),
    },
    body: new Reader(bytes.subarray(bodyStart, bodyStart + bodyLength)),
  };
  return { message, rest: bytes.subarray(bodyStart + bodyLength) };
}

/** The bytes of a message. `fields` are header fields by their number (1 path, 2 interface, 3 member, 4 error, 6 destination, 7 sender). */
export function messageBytes(
  {
    type,
    serial,
    replyTo,
    fields,
  }: { type: number; serial: number; replyTo?: number; fields: Record<number, string> },
  signature: string,
  values: readonly BusValue[],
): Buffer {
  const body = new Writer();
  for (const value of values) {
    if (typeof value === "string") body.string(value);
    else if (typeof value === "object") body.strings(value);
    else body.uint32(Number(value));
  }
  const header = new Writer();
  for (const [code, value] of Object.entries(fields)) {
    header
      .align(8)
      .byte(Number(code))
      .signature(code === "1" ? "o" : "s")
      .string(value);
  }
  if (replyTo !== undefined) header.align(8).byte(5).signature("u").uint32(replyTo);
  if (signature !== "") header.align(8).byte(8).signature("g").signature(signature);
  return new Writer()
    .raw(Buffer.of("l".charCodeAt(0), type, 0, 1))
    .uint32(body.bytes.length)
    .uint32(serial)
    .uint32(header.bytes.length)
    .raw(header.bytes)
    .align(8)
    .raw(body.bytes).bytes;
}
