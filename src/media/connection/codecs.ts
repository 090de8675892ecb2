/** A codec of the picture, by its MIME type. */
export type VideoCodec = "video/VP8" | "video/VP9" | "video/AV1" | "video/H264";

/** The order in which codecs of the picture are offered: VP8 first, since every device encodes it without a pause. */
export const videoCodecs: readonly VideoCodec[] = [
  "video/VP8",
  "video/VP9",
  "video/AV1",
  "video/H264",
];

/**
 * The one profile of each codec that every engine has: H264's is Constrained Baseline, 3.1. For VP9 (RFC 9628) and AV1
 * the profile is 0 where it is not named; Firefox does not name it.
 */
const profiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "video/VP9": { "profile-id": "0" },
  "video/AV1": { profile: "0" },
  "video/H264": { "packetization-mode": "1", "profile-level-id": "42e01f" },
};

/**
 * Limits a transceiver to the codecs whose frames the cipher can wrap, in the order that is given: a frame of any other codec
 * would be dropped.
 */
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

/** Those of an engine's codecs that are wanted, in the order of the wish. */
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

/** Engines write a format's parameters in different orders. */
function hasProfile(format: string, profile: Readonly<Record<string, string>>): boolean {
  const parameters = new Map(
    format.split(";").map((text) => text.trim().toLowerCase().split("=", 2) as [string, string]),
  );
  return Object.entries(profile).every(([name, value]) => (parameters.get(name) ?? "0") === value);
}
