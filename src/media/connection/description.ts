export { fingerprintOf } from "./fingerprint.ts";

/*
 * Session descriptions (RFC 8866) as text. Nothing here changes what an engine applies to itself: only what leaves the page is
 * cut, and what comes in is made safe before it is applied.
 */

/** RTP header extensions that a call needs. The others tell too much (who speaks, how loud) or only take room. */
const keptExtensions = new Set([
  "urn:ietf:params:rtp-hdrext:sdes:mid",
  "urn:3gpp:video-orientation",
  "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
]);

/** Attributes that say nothing two kits need: what is repeated per section, what is obsolete, and everything with an address. */
const droppedAttributes =
  /^a=(?:candidate:|end-of-candidates|rtcp:|ssrc:\d+ (?!cname:)|msid-semantic:|rtcp-xr:|extmap-allow-mixed|ptime:|maxptime:)/;

/**
 * Cuts a local description down to what the other side needs: no candidate, no address, no header extension that tells of the
 * voice, few bytes. Both sides then negotiate only what is left.
 */
export function toWire(sdp: string): string {
  let formats: readonly string[] = [];
  const lines = sdp.split("\r\n").filter((line) => {
    if (line.startsWith("m=")) formats = line.split(" ").slice(3);
    // Firefox leaves these behind for codecs that setCodecPreferences has taken out, and Chromium then refuses the whole
    // description (https://github.com/twilio/twilio-video.js/pull/2190; seen in 153). Can go when Firefox takes them out, too.
    const [, format] = /^a=rtcp-fb:(\d+) /.exec(line) ?? [];
    if (format !== undefined && !formats.includes(format)) return false;
    if (droppedAttributes.test(line)) return false;
    if (line.startsWith("a=extmap:")) return keptExtensions.has(line.split(" ")[1] ?? "");
    return !line.startsWith("a=rtcp-fb:") || !line.endsWith(" goog-remb");
  });
  return lines
    .map((line) => {
      if (line.startsWith("o=")) return line.replace(/ IN IP[46] \S+$/, " IN IP4 0.0.0.0");
      if (line.startsWith("c=")) return "c=IN IP4 0.0.0.0";
      if (line.startsWith("m=")) return line.replace(/^(m=\w+) \d+ /, "$1 9 ");
      return line;
    })
    .join("\r\n");
}

/** Opus parameters (RFC 7587 section 6.1) that this side sets, or that would change how it sounds at the other side's word. */
const ownParameters = /^(?:cbr|usedtx|maxaveragebitrate|ptime|maxptime)\s*=/i;

/**
 * Makes a description of the other side safe to apply: sound at a constant bit rate and without pauses, because the sizes of
 * encrypted packets otherwise tell words (RFC 6562), and no header extension but those of {@link toWire}.
 */
export function fromWire(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/gim;
  const payloadTypes = new Set([...sdp.matchAll(opus)].map((match) => Number(match[1])));
  const parameters = new Map<number, string[]>();
  const others = toWire(sdp)
    .split("\r\n")
    .filter((line) => {
      const [, payloadType, list = ""] = /^a=fmtp:\s*(\d+)(.*)$/.exec(line) ?? [];
      if (payloadType === undefined || !payloadTypes.has(Number(payloadType))) return true;
      const kept = list.split(";").map((parameter) => parameter.trim());
      parameters.set(
        Number(payloadType),
        kept.filter((parameter) => parameter !== "" && !ownParameters.test(parameter)),
      );
      return false;
    });
  // One line of ours for every Opus payload type: what the other side left out, or said twice, does not count.
  return others
    .flatMap((line) => {
      const payloadType = Number(/^a=rtpmap:(\d+) opus\/48000/i.exec(line)?.[1] ?? Number.NaN);
      if (!payloadTypes.has(payloadType)) return [line];
      return [
        line,
        `a=fmtp:${payloadType} ${[...(parameters.get(payloadType) ?? []), "cbr=1", "usedtx=0"].join(";")}`,
      ];
    })
    .join("\r\n");
}

/** One media section of a description: its id, its kind, and what its side does in it (RFC 9429 section 5.2). */
export interface MediaSection {
  readonly mid: string;
  readonly kind: string;
  readonly direction: "sendrecv" | "sendonly" | "recvonly" | "inactive";
  /** Whether the section was refused (port 0 outside of a bundle). */
  readonly isRejected: boolean;
}

/** The media sections of a description, the data channel's among them. */
export function sectionsOf(sdp: string): MediaSection[] {
  return sdp
    .split(/^(?=m=)/m)
    .slice(1)
    .map((section, index) => ({
      mid: /^a=mid:(\S+)/m.exec(section)?.[1] ?? String(index),
      kind: /^m=(\w+)/.exec(section)?.[1] ?? "",
      direction: (/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(section)?.[1] ??
        "sendrecv") as MediaSection["direction"],
      isRejected: /^m=\w+ 0 /.test(section) && !/^a=bundle-only/m.test(section),
    }));
}

/** What the payload types of a description mean: `111` → `audio/opus`. */
export function mimeTypesOf(sdp: string): ReadonlyMap<number, string> {
  const types = new Map<number, string>();
  let kind = "";
  for (const line of sdp.split("\r\n")) {
    kind = /^m=(\w+)/.exec(line)?.[1] ?? kind;
    const [, payloadType, name] = /^a=rtpmap:(\d+) ([^/]+)/.exec(line) ?? [];
    if (payloadType !== undefined && name !== undefined)
      types.set(Number(payloadType), `${kind}/${name}`);
  }
  return types;
}

/**
 * A candidate as it may leave the page, `null` where it may not.
 *
 * @param relayOnly then only relay candidates leave, and without the related address, which is this device's own.
 */
export function candidateForWire(candidate: string, relayOnly: boolean): string | null {
  // Chromium's own: which network card it is, and what that costs, are nobody else's business.
  const plain = candidate.replace(/ network-(?:id|cost) \d+/g, "");
  if (!relayOnly || plain === "") return plain;
  if (!/ typ relay(?: |$)/.test(plain)) return null;
  return plain.replace(/ raddr \S+/, " raddr 0.0.0.0").replace(/ rport \d+/, " rport 9");
}
