/** A video codec by its MIME type. */
export type VideoCodec = "video/VP8" | "video/VP9" | "video/AV1" | "video/H264";

/** Order of offered video codecs: VP8 first, which every device encodes in real time. */
export const videoCodecs: readonly VideoCodec[] = [
  "video/VP8",
  "video/VP9",
  "video/AV1",
  "video/H264",
];

/**
 * The profile of each codec that every engine supports: H264 Constrained Baseline 3.1. For VP9 (RFC
 * 9628) and AV1 an absent profile means 0; Firefox omits it.
 */
const profiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "video/VP9": { "profile-id": "0" },
  "video/AV1": { profile: "0" },
  "video/H264": { "packetization-mode": "1", "profile-level-id": "42e01f" },
};

/** Limits a transceiver to codecs that the cipher can wrap, in the given order. Frames of other codecs would be dropped. */
export function preferCodecs(
  transceiver: RTCRtpTransceiver,
  kind: "audio" | "video",
  order: readonly VideoCodec[],
): void {
  const capabilities = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  // Without its retransmission format a codec stalls at the first lost packet.
  transceiver.setCodecPreferences(
    chooseCodecs(capabilities, kind === "audio" ? ["audio/opus"] : [...order, "video/rtx"]),
  );
}

/** Returns the wanted codecs of an engine in the wanted order. */
export function chooseCodecs(
  capabilities: readonly RTCRtpCodec[],
  wanted: readonly string[],
): RTCRtpCodec[] {
  return wanted.flatMap((mimeType) =>
    capabilities.filter(
      (codec) =>
        codec.mimeType.toLowerCase() === mimeType.toLowerCase() &&
        hasProfile(codec.sdpFmtpLine ?? "", profiles[mimeType] ?? {}),
    ),
  );
}

/** Engines order the parameters of a format differently. */
function hasProfile(format: string, profile: Readonly<Record<string, string>>): boolean {
  const parameters = new Map(
    format.split(";").map((text) => text.trim().toLowerCase().split("=", 2) as [string, string]),
  );
  return Object.entries(profile).every(([name, value]) => (parameters.get(name) ?? "0") === value);
}
