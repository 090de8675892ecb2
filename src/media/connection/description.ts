/*
 * Session descriptions (RFC 8866) as text. Local descriptions are applied unchanged, but for the two channels of a shared screen. The text that leaves the page is reduced,
 * and received text is sanitised before it is applied.
 */

/** RTP header extensions that a call needs. Others reveal voice activity, or only take space. */
const keptExtensions = new Set([
  "urn:ietf:params:rtp-hdrext:sdes:mid",
  "urn:3gpp:video-orientation",
  "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
]);

/** Attributes that two kits do not need: repeated or obsolete ones, and all with an address. */
const droppedAttributes =
  /^a=(?:candidate:|end-of-candidates|rtcp:|ssrc:\d+ (?!cname:)|msid-semantic:|rtcp-xr:|extmap-allow-mixed|ptime:|maxptime:)/;

/**
 * Reduces a local description: no candidates, no addresses, no header extensions about the voice, few bytes. Both sides then
 * negotiate only the rest. Lines may end either way, as engines take them (RFC 8866 section 5); what is returned has CRLF.
 */
export function toWire(sdp: string): string {
  let formats: readonly string[] = [];
  const lines = sdp.split(/\r?\n/).filter((line) => {
    if (line.startsWith("m=")) formats = line.split(" ").slice(3);
    // Firefox keeps these lines for codecs removed by setCodecPreferences, and Chromium refuses the description for them
    // (https://github.com/twilio/twilio-video.js/pull/2190; seen in 153). Remove when Firefox removes the lines.
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

/**
 * The only Opus parameters (RFC 7587 section 6.1) that count as the other side sets them. All others are ignored, with those
 * of the future: with `maxaveragebitrate`, `maxplaybackrate`, `ptime` or `stereo` the other side could change how this side
 * sounds.
 */
const takenParameters = /^(?:minptime=10|useinbandfec=[01])$/i;

/** Limits that a description could put on what this side sends: for a whole section, or, as Chromium has them, for a format. */
const limitLine = "b=";
const limitParameter = /^x-google-/i;

/**
 * Sanitises a description of the other side. Audio gets a constant bit rate without pauses, because packet sizes otherwise
 * reveal words (RFC 6562). Limits of the other side are removed. Only the header extensions of {@link toWire} remain.
 */
export function fromWire(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/gim;
  const payloadTypes = new Set([...sdp.matchAll(opus)].map((match) => Number(match[1])));
  const parameters = new Map<number, string[]>();
  const others = toWire(sdp)
    .split("\r\n")
    .flatMap((line) => {
      if (line.startsWith(limitLine)) return [];
      const [, payloadType, list = ""] = /^a=fmtp:\s*(\d+)(.*)$/.exec(line) ?? [];
      if (payloadType === undefined) return [line];
      const given = list.split(";").map((parameter) => parameter.trim());
      if (payloadTypes.has(Number(payloadType))) {
        const taken = given.filter((parameter) => takenParameters.test(parameter));
        parameters.set(Number(payloadType), taken);
        return [];
      }
      if (!given.some((parameter) => limitParameter.test(parameter))) return [line];
      const kept = given.filter((parameter) => !limitParameter.test(parameter));
      return kept.length > 0 ? [`a=fmtp:${payloadType} ${kept.join(";")}`] : [];
    });
  // One own line for every Opus payload type, in place of missing or repeated ones.
  const own = others
    .flatMap((line) => {
      const payloadType = Number(/^a=rtpmap:(\d+) opus\/48000/i.exec(line)?.[1] ?? Number.NaN);
      if (!payloadTypes.has(payloadType)) return [line];
      return [
        line,
        `a=fmtp:${payloadType} ${[...(parameters.get(payloadType) ?? []), "cbr=1", "usedtx=0"].join(";")}`,
      ];
    })
    .join("\r\n");
  return withStereo(own);
}

/**
 * Allows stereo for the sound of a shared screen (RFC 7587 section 6.1), which is the second audio section: it may be music.
 * In a received description this side sends them, in its own it plays them. A voice has one channel.
 */
export function withStereo(sdp: string): string {
  let sounds = 0;
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      if (!section.startsWith("m=audio") || ++sounds !== 2) return section;
      const opus = [...section.matchAll(/^a=rtpmap:(\d+) opus\/48000/gim)].map(([, type]) => type);
      return section.replace(/^a=fmtp:(\d+) ([^\r\n]*)/gm, (line, type: string, list: string) =>
        opus.includes(type) && !/(?:^|;) *stereo=/i.test(list) ? `${line};stereo=1` : line,
      );
    })
    .join("");
}

/**
 * Applies an own description. A shared screen is played in stereo where the engine accepts a changed description, and in mono
 * where it accepts only its own.
 */
export async function setOwnDescription(
  connection: RTCPeerConnection,
  { type, sdp = "" }: RTCSessionDescriptionInit,
): Promise<void> {
  const stereo = withStereo(sdp);
  if (stereo !== sdp) {
    try {
      await connection.setLocalDescription({ type, sdp: stereo });
      return;
    } catch {
      // Applied as it is.
    }
  }
  await connection.setLocalDescription({ type, sdp });
}

/** A media section: its id, kind and direction (RFC 9429 section 5.2). */
export interface MediaSection {
  readonly mid: string;
  readonly kind: string;
  readonly direction: "sendrecv" | "sendonly" | "recvonly" | "inactive";
  /** `true` for a rejected section (port 0 outside of a bundle). */
  readonly isRejected: boolean;
}

/** Returns the media sections of a description, including the data channel's. */
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

/** Returns the codecs of the payload types: `111` → `audio/opus`. */
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
 * Returns a candidate to send, `null` for one that must not be sent.
 *
 * @param relayOnly allows relay candidates only, without the related address, which is this device's own.
 */
export function candidateForWire(candidate: string, relayOnly: boolean): string | null {
  // Chromium's extensions: id and cost of the network interface.
  const plain = candidate.replace(/ network-(?:id|cost) \d+/g, "");
  if (!relayOnly || plain === "") return plain;
  if (!/ typ relay(?: |$)/.test(plain)) return null;
  return plain.replace(/ raddr \S+/, " raddr 0.0.0.0").replace(/ rport \d+/, " rport 9");
}
