/** The codecs that a call offers, best first, with the one profile of each that every engine has. */
const preferred: readonly { readonly mimeType: string; readonly format?: RegExp }[] = [
  { mimeType: "audio/opus" },
  { mimeType: "video/VP8" },
  { mimeType: "video/VP9", format: /profile-id=0/ },
  // Without its retransmission format a codec stalls at the first lost packet.
  { mimeType: "video/rtx" },
];

/**
 * Limits a transceiver to the codecs whose frames the cipher can wrap: a frame of any other would be dropped.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver, kind: "audio" | "video"): void {
  const capabilities = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const codecs = preferred.flatMap(({ mimeType, format }) =>
    capabilities.filter(
      (codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase() && (format?.test(codec.sdpFmtpLine ?? "") ?? true),
    ),
  );
  transceiver.setCodecPreferences(codecs);
}
