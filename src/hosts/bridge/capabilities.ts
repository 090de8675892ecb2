/** What this engine and this page can do, as far as a host decides by it. */
export interface Capabilities {
  readonly webrtc: boolean;
  /** W3C `RTCRtpScriptTransform`. */
  readonly scriptTransform: boolean;
  /** Chromium's older `createEncodedStreams`. */
  readonly encodedStreams: boolean;
  /** Where frames would be encrypted. `none`: there is no call here. */
  readonly worker: "script-transform" | "encoded-streams" | "main-thread" | "none";
  /** Whether there are devices at all: only in a secure context. */
  readonly mediaDevices: boolean;
  readonly displayMedia: boolean;
  /** Whether the page can choose a speaker; else that is the host's to do. */
  readonly setSinkId: boolean;
  readonly pip: "document" | "video" | "none";
  readonly secureContext: boolean;
}

/** @param onMainThread whether the host wants no worker: `encryptOnMainThread` of the view. */
export function capabilities(onMainThread: boolean): Capabilities {
  const scriptTransform = typeof RTCRtpScriptTransform === "function";
  const encodedStreams =
    typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;
  // Neither is in every engine or page, whatever TypeScript's DOM library says.
  const { mediaDevices } = navigator as Partial<Navigator>;
  const inWorker = scriptTransform ? "script-transform" : "encoded-streams";
  const inPage = encodedStreams ? "main-thread" : "none";
  return {
    webrtc: typeof RTCPeerConnection === "function",
    scriptTransform,
    encodedStreams,
    worker: onMainThread || !(scriptTransform || encodedStreams) ? inPage : inWorker,
    mediaDevices: mediaDevices !== undefined,
    displayMedia: mediaDevices !== undefined && "getDisplayMedia" in mediaDevices,
    setSinkId: "setSinkId" in HTMLMediaElement.prototype,
    pip:
      "documentPictureInPicture" in globalThis
        ? "document"
        : document.pictureInPictureEnabled
          ? "video"
          : "none",
    secureContext: isSecureContext,
  };
}
