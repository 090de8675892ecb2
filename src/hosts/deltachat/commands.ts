import { isReadableSdp, sdpLimits } from "../foreign/readable-sdp.ts";

/** Commands of the host, in the hash of the page's URL. */
export type DeltachatCommand =
  /** The person has dialled: create an offer. */
  | { readonly type: "start" }
  /** A call comes in: ring, and process the offer only after a person accepts. */
  | { readonly type: "incoming"; readonly sdp: string }
  /** The person has accepted outside of the page. */
  | { readonly type: "accept"; readonly sdp: string }
  | { readonly type: "answer"; readonly sdp: string };

export type ParsedHash =
  | { readonly ok: true; readonly command: DeltachatCommand }
  | { readonly ok: false; readonly problem: "unknown" | "malformed" | "too-large" };

/** Flags in the query of the URL. */
export interface QuerySwitches {
  readonly noOutgoingVideoInitially: boolean;
  readonly disableVideoCompletely: boolean;
  /** The kit's own: relay-only, whatever the person chooses on the screen. */
  readonly relayOnly: boolean;
}

/** Characters of a hash: base64 and percent-encoding at most quadruple a description. */
const maxHash = 4 * sdpLimits.size;

const typeOf = {
  offerIncomingCall: "incoming",
  acceptCall: "accept",
  onAnswer: "answer",
} as const;

/**
 * Parses the hash of the page's URL. Never throws.
 *
 * @param hash `location.hash`. It is percent-decoded once, then split at its first `=`; a payload is the base64 of an SDP text.
 * @returns `null` without a hash.
 */
export function parseHash(hash: string): ParsedHash | null {
  const text = hash.replace(/^#/, "");
  if (text === "") return null;
  if (text.length > maxHash) return { ok: false, problem: "too-large" };
  try {
    const [name, payload] = decodeURIComponent(text).split(/=(.*)/s, 2);
    if (name === "startCall") return { ok: true, command: { type: "start" } };
    if (name === undefined || !Object.hasOwn(typeOf, name))
      return { ok: false, problem: "unknown" };
    const sdp = atob(payload ?? "");
    if (!isReadableSdp(sdp)) return { ok: false, problem: "malformed" };
    // `hasOwn` has checked that the name is one of the three.
    return { ok: true, command: { type: typeOf[name as keyof typeof typeOf], sdp } };
  } catch {
    return { ok: false, problem: "malformed" };
  }
}

/** Reads the switches: a name alone is on, `=false` and `=0` are off. */
export function parseQuery(search: string): QuerySwitches {
  const query = new URLSearchParams(search);
  const isOn = (name: keyof QuerySwitches) =>
    query.has(name) && !["false", "0"].includes(query.get(name)?.toLowerCase() ?? "");
  return {
    noOutgoingVideoInitially: isOn("noOutgoingVideoInitially"),
    disableVideoCompletely: isOn("disableVideoCompletely"),
    relayOnly: isOn("relayOnly"),
  };
}
