import type { TransportCounts } from "./transport-counts.ts";

/** W3C WebRTC Extensions, section 5.2: what one encoding is asked for with `setParameters`. TypeScript's DOM library does not have it. */
interface KeyFrameSender {
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
  ): Promise<void>;
}

/**
 * Has whole pictures sent when the path is back after a silence. What got lost meanwhile is missing to every later picture, and the
 * other side's engine asks for a whole one only after a patience of its own (three seconds in Chromium 156). This side has
 * heard nothing while the path was cut, and knows by the first packet that it is there again.
 */
export class KeyFrames {
  #arrived = 0;
  #isSilent = false;

  /**
   * To be called at each look at the counters.
   *
   * @param counts what has arrived on each track.
   * @param senders those of the picture.
   */
  look(
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

/** Asks the encoders for whole pictures. An engine that does not know how (Firefox 153) sends none, and nothing else changes. */
export function sendKeyFrames(senders: readonly (RTCRtpSender | undefined)[]): void {
  for (const sender of senders) {
    if (!sender?.track) continue;
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused where a negotiation or another change came between: then the other side's own asking has to do.
    void (sender as KeyFrameSender)
      .setParameters(parameters, { encodingOptions })
      .catch(() => undefined);
  }
}
