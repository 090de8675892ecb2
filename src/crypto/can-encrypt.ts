import { findKeyShares } from "./agreement/key-shares.ts";

/*
 * Where and how frames are handed over, as data: which engine has which way.
 *
 *   script-transform   RTCRtpScriptTransform in a worker: Chromium and Android WebView from 141, Firefox from 117, Safari from 15.4
 *   encoded-streams    createEncodedStreams, its streams transferred to the worker: Chromium 86 to 140
 *   main-thread        createEncodedStreams in the page: where a worker cannot be started or is not to be trusted
 */
export type CipherMode = "script-transform" | "encoded-streams" | "main-thread";

const hasScriptTransform = () => typeof RTCRtpScriptTransform === "function";
const hasEncodedStreams = () =>
  typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;

/** The ways that this engine has, best first. None: no call. */
export function cipherModes(): CipherMode[] {
  const modes: CipherMode[] = [];
  if (hasScriptTransform()) modes.push("script-transform");
  if (hasEncodedStreams()) modes.push("encoded-streams", "main-thread");
  return modes;
}

/**
 * Whether this engine can encrypt a call: a way to its frames, and both key shares. Asked before a device is.
 */
export async function canEncryptCalls(): Promise<boolean> {
  if (cipherModes().length === 0) return false;
  return findKeyShares().then(
    () => true,
    () => false,
  );
}
