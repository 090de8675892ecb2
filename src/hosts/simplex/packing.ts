import * as v from "valibot";
import { CallError } from "../../errors.ts";
import { plainCopy } from "../../signalling/plain-copy.ts";
import type { Plain } from "../../signalling/plain-copy.ts";
import { isReadableSdp } from "../foreign/readable-sdp.ts";
import { compressToBase64, decompressFromBase64 } from "./lz-base64.ts";
import { candidatesSchema, faultOf, simplexLimits } from "./messages.ts";
import type { SimplexCandidate, SimplexDescription } from "./messages.ts";

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
