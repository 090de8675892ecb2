import type { TransportCounts } from "./counts.ts";

/** W3C WebRTC Extensions, section 5.2: options of `setParameters` per encoding. Absent in TypeScript's DOM library. */
interface KeyFrameSender {
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
  ): Promise<void>;
}

/**
 * Sends key frames when the path is back after silence. Later pictures depend on lost ones, and the other side's engine
 * requests a key frame only after a delay of its own (three seconds in Chromium 156). The first received packet tells this side
 * that the path is back.
 */
export class KeyFrames {
  #arrived = 0;
  #isSilent = false;

  /**
   * Call it with each reading of the counters.
   *
   * @param counts received units of each track.
   * @param senders video senders.
   */
  check(
    counts: readonly Pick<TransportCounts, "arrived">[],
    senders: readonly (RTCRtpSender | undefined)[],
  ): void {
    const arrived = counts.reduce((sum, count) => sum + count.arrived, 0);
    const isSilent = arrived === this.#arrived;
    const isBack = this.#isSilent && !isSilent;
    this.#arrived = arrived;
    this.#isSilent = isSilent && arrived > 0;
    if (isBack) sendKeyFrames(senders);
  }
}

/**
 * Requests key frames from the encoders. Engines without support (Firefox 153) ignore it: the worker asks there
 * (src/crypto/frames/frame-pipeline.ts).
 */
export function sendKeyFrames(senders: readonly (RTCRtpSender | undefined)[]): void {
  for (const sender of senders) {
    if (!sender?.track) continue;
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused during a negotiation or another change: the other side's own request follows.
    void (sender as KeyFrameSender)
      .setParameters(parameters, { encodingOptions })
      .catch(() => undefined);
  }
}
