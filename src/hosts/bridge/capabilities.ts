/** Capabilities of this engine and page that a host may depend on. */
export interface Capabilities {
  readonly webrtc: boolean;
  /** W3C `RTCRtpScriptTransform`. */
  readonly scriptTransform: boolean;
  /** Chromium's older `createEncodedStreams`. */
  readonly encodedStreams: boolean;
  /** Place of frame encryption. `none`: this engine cannot make calls. */
  readonly worker: "script-transform" | "encoded-streams" | "main-thread" | "none";
  /** `true` in a secure context, the only one with media devices. */
  readonly mediaDevices: boolean;
  readonly displayMedia: boolean;
  /** `true` where the page can select a speaker. Otherwise the host has to. */
  readonly setSinkId: boolean;
  readonly pip: "document" | "video" | "none";
  readonly secureContext: boolean;
}

/** @param onMainThread `true` where the host disables the worker: `encryptOnMainThread` of the view. */
export function capabilities(onMainThread: boolean): Capabilities {
  const scriptTransform = typeof RTCRtpScriptTransform === "function";
  const encodedStreams =
    typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;
  // Absent in some engines and in insecure contexts, contrary to TypeScript's DOM library.
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
