import * as v from "valibot";
import { CallError } from "../../errors.ts";
import { plainCopy, type Plain } from "../../signalling/plain-copy.ts";
import { isReadableSdp } from "../foreign/kit-handshake.ts";
import {
  candidatesSchema,
  faultOf,
  simplexLimits,
  type SimplexCandidate,
  type SimplexDescription,
} from "./messages.ts";

/** Packs an offer or an answer, as SimpleX does without candidates. */
export function packDescription({
  type,
  sdp,
}: {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}): string {
  return compressToBase64(JSON.stringify({ type, sdp }));
}

/**
 * Unpacks an offer or an answer of the other side.
 *
 * @param packed at most 65,536 characters.
 * @param type required type.
 * @throws {CallError} `too-large` or `bad-signal`. The text names the field, never its value.
 */
export function unpackDescription<T extends "offer" | "answer">(
  packed: string,
  type: T,
): SimplexDescription<T> {
  const value = unpack(packed, type, "a packed description");
  const schema = v.object({
    type: v.literal(type),
    sdp: v.pipe(v.string(), v.check(isReadableSdp)),
  });
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new CallError("bad-signal", faultOf(result.issues[0], type));
  return { type, sdp: result.output.sdp };
}

/** Packs candidates, including `RTCIceCandidate` objects. */
export function packCandidates(candidates: readonly SimplexCandidate[]): string {
  // By name: further properties of an engine's candidates (address, port) are part of the line.
  const inits = candidates.map(({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) => ({
    candidate,
    sdpMid,
    sdpMLineIndex,
    usernameFragment,
  }));
  return compressToBase64(JSON.stringify(inits));
}

/**
 * Unpacks a list of candidates of the other side.
 *
 * @param packed at most 65,536 characters.
 * @returns at most 256 candidates, each of which names its media section.
 * @throws {CallError} `too-large` or `bad-signal`. The text names the field, never its value.
 */
export function unpackCandidates(packed: string): SimplexCandidate[] {
  const value = unpack(packed, "iceCandidates", "a packed list of candidates");
  const result = v.safeParse(candidatesSchema, value, { abortEarly: true });
  if (!result.success)
    throw new CallError("bad-signal", faultOf(result.issues[0], "iceCandidates"));
  return result.output;
}

function unpack(packed: string, field: string, what: string): Plain {
  const tooLarge = () => new CallError("too-large", `${field} is too large`);
  if (packed.length > simplexLimits.packedSize) throw tooLarge();
  try {
    const text = decompressFromBase64(packed, simplexLimits.unpackedSize);
    return plainCopy(JSON.parse(text), simplexLimits.unpackedSize, simplexLimits).value;
  } catch (thrown) {
    if (thrown instanceof CallError && thrown.code === "too-large") throw tooLarge();
    // Without a cause: a JSON error quotes its input.
    throw new CallError("bad-signal", `${field} is not ${what}`);
  }
}

// The stream of lz-string 1.5, as `compressToBase64` writes it: LZ78 over UTF-16 code units.
//
//   token, token, ... , 2 | 1 to 6 zero bits up to a whole digit | "=" up to a multiple of four digits
//
//   0 + 8 bits    a code unit below 256 that was not there before; it takes the next code
//   1 + 16 bits   the same for any code unit
//   2             the end
//   3 and above   the phrase of this code
//
// Every token but the first also gives the next code to the phrase before it, longer by this token's first code unit. A number
// is written from its lowest bit, a digit is filled from its highest.

const shortLiteral = 0;
const longLiteral = 1;
const endOfText = 2;
const firstCode = 3;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitBits = 6;
const digitOf = new Map(
  Array.from(alphabet, (character, value) => [character.charCodeAt(0), value]),
);
const padding = "=".charCodeAt(0);

/**
 * Packs a text exactly as lz-string 1.5 does.
 *
 * @param text any string, including lone surrogates.
 * @returns standard base64 with padding. Linear in time and memory.
 */
export function compressToBase64(text: string): string {
  const writer = new BitWriter();
  const width = new CodeWidth();
  const units = new Map<number, number>();
  /** A phrase is represented by its code. Longer phrases are found by (phrase, code unit) as one number. */
  const longer = new Map<number, number>();
  let codes = firstCode;
  let phrase = -1;
  let isFresh = false;

  const put = (unit: number) => {
    if (isFresh) {
      const isShort = unit < 256;
      writer.write(isShort ? shortLiteral : longLiteral, width.bits);
      writer.write(unit, isShort ? 8 : 16);
      width.countCode();
    } else {
      writer.write(phrase, width.bits);
    }
    width.countCode();
  };

  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let single = units.get(unit);
    const isNew = single === undefined;
    if (single === undefined) units.set(unit, (single = codes++));
    const known = phrase < 0 ? single : longer.get(phrase * 65_536 + unit);
    if (known !== undefined) {
      // A phrase never begins with a new code unit, so only the first one can be new here.
      isFresh = phrase < 0;
      phrase = known;
    } else {
      put(before);
      longer.set(phrase * 65_536 + unit, codes++);
      phrase = single;
      isFresh = isNew;
    }
    before = unit;
  }
  if (phrase >= 0) put(before);
  writer.write(endOfText, width.bits);
  return writer.finish();
}

/**
 * Unpacks the output of {@link compressToBase64} or lz-string 1.5. Safe for untrusted text: a phrase is a position in the
 * output, so the limit bounds memory, and limit and input length bound time.
 *
 * @param packed standard base64 with padding.
 * @param maxCharacters maximum number of UTF-16 code units of the output.
 * @throws {CallError} `too-large` over the limit, `bad-signal` for anything but one whole stream.
 */
export function decompressFromBase64(packed: string, maxCharacters: number): string {
  const reader = new BitReader(packed);
  const width = new CodeWidth();
  const output = new Output(maxCharacters);
  /** Position of a code's phrase in the output. The first entry belongs to {@link firstCode}. */
  const starts: number[] = [];
  const lengths: number[] = [];
  let previousStart = 0;
  let previousLength = 0;
  for (;;) {
    const token = reader.read(width.bits);
    if (token === endOfText) break;
    const start = output.length;
    if (token === shortLiteral || token === longLiteral) {
      output.append(reader.read(token === shortLiteral ? 8 : 16));
      starts.push(start);
      lengths.push(1);
      width.countCode();
    } else {
      const known = starts[token - firstCode];
      const length = lengths[token - firstCode];
      if (known !== undefined && length !== undefined) {
        output.repeat(known, length);
      } else if (token - firstCode === starts.length && previousLength > 0) {
        // The phrase that this token defines: the previous one and its own first code unit.
        output.repeat(previousStart, previousLength + 1);
      } else {
        throw malformed();
      }
    }
    if (previousLength > 0) {
      starts.push(previousStart);
      lengths.push(previousLength + 1);
    }
    width.countCode();
    previousStart = start;
    previousLength = output.length - start;
  }
  reader.finish();
  return output.toString();
}

/** Number of bits of a token: one more whenever the assigned codes fill the width. */
class CodeWidth {
  bits = 2;
  #left = 2;

  countCode(): void {
    this.#left -= 1;
    if (this.#left > 0) return;
    this.#left = 2 ** this.bits;
    this.bits += 1;
  }
}

class BitWriter {
  #text = "";
  #digit = 0;
  #filled = 0;

  write(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit++) {
      this.#digit = (this.#digit << 1) | ((value >> bit) & 1);
      this.#filled += 1;
      if (this.#filled === digitBits) {
        this.#text += alphabet.charAt(this.#digit);
        this.#digit = 0;
        this.#filled = 0;
      }
    }
  }

  finish(): string {
    this.write(0, digitBits - this.#filled);
    return this.#text + "=".repeat((4 - (this.#text.length % 4)) % 4);
  }
}

class BitReader {
  readonly #packed: string;
  readonly #end: number;
  #at = 0;
  #digit = 0;
  #left = 0;

  constructor(packed: string) {
    let end = packed.length;
    if (end % 4 !== 0) throw malformed();
    for (let pad = 0; pad < 3 && packed.charCodeAt(end - 1) === padding; pad++) end -= 1;
    this.#packed = packed;
    this.#end = end;
  }

  read(bits: number): number {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) {
      if (this.#left === 0) this.#next();
      this.#left -= 1;
      value |= ((this.#digit >> this.#left) & 1) << bit;
    }
    return value;
  }

  /** Between one and six zero bits follow the end, and nothing else. */
  finish(): void {
    if (this.#left === 0) this.#next();
    if (this.read(this.#left) !== 0 || this.#at !== this.#end) throw malformed();
  }

  #next(): void {
    const digit = this.#at < this.#end ? digitOf.get(this.#packed.charCodeAt(this.#at)) : undefined;
    if (digit === undefined) throw malformed();
    this.#digit = digit;
    this.#left = digitBits;
    this.#at += 1;
  }
}

/** The output as code units: a string built by concatenation would be a tree of its parts. */
class Output {
  length = 0;
  #units: Uint16Array<ArrayBuffer>;
  readonly #max: number;

  constructor(maxCharacters: number) {
    this.#max = maxCharacters;
    this.#units = new Uint16Array(Math.min(maxCharacters, 4096));
  }

  append(unit: number): void {
    this.#makeRoom(1);
    this.#units[this.length++] = unit;
  }

  /** Copies forward one by one: source and destination may overlap. */
  repeat(start: number, length: number): void {
    this.#makeRoom(length);
    for (let from = start; from < start + length; from++)
      this.#units[this.length++] = this.#units[from] ?? 0;
  }

  toString(): string {
    let text = "";
    // In chunks, because the number of arguments of a call is limited.
    for (let at = 0; at < this.length; at += 8192) {
      text += String.fromCharCode(...this.#units.subarray(at, Math.min(at + 8192, this.length)));
    }
    return text;
  }

  #makeRoom(length: number): void {
    const needed = this.length + length;
    if (needed > this.#max)
      throw new CallError("too-large", "A packed text is larger than its limit.");
    if (needed <= this.#units.length) return;
    const units = new Uint16Array(Math.min(this.#max, Math.max(needed, 2 * this.#units.length)));
    units.set(this.#units.subarray(0, this.length));
    this.#units = units;
  }
}

function malformed(): CallError {
  return new CallError("bad-signal", "A packed text is malformed.");
}
