import { findKeyShares } from "./agreement/key-shares.ts";

/*
 * APIs for encoded frames, by engine:
 *
 *   script-transform   RTCRtpScriptTransform in a worker: Chromium and Android WebView from 141, Firefox from 117, Safari from 15.4
 *   encoded-streams    createEncodedStreams, its streams transferred to the worker: Chromium 86 to 140
 *   main-thread        createEncodedStreams in the page: where a worker does not start or is known to crash
 */
export type CipherMode = "script-transform" | "encoded-streams" | "main-thread";

const hasScriptTransform = () => typeof RTCRtpScriptTransform === "function";
const hasEncodedStreams = () =>
  typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;

/** Returns the APIs of this engine, best first. Empty: no call is possible. */
export function cipherModes(): CipherMode[] {
  const modes: CipherMode[] = [];
  if (hasScriptTransform()) modes.push("script-transform");
  if (hasEncodedStreams()) modes.push("encoded-streams", "main-thread");
  return modes;
}

/**
 * Returns `true` where this engine can encrypt a call: access to its frames, and both key shares. Called before a device is
 * opened.
 */
export async function canEncryptCalls(): Promise<boolean> {
  if (cipherModes().length === 0) return false;
  return findKeyShares().then(
    () => true,
    () => false,
  );
}
