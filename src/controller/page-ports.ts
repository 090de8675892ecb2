import { randomBytes, toBase64url } from "../crypto/bytes.ts";
import { canEncryptCalls } from "../crypto/can-encrypt.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { CallPorts } from "./ports.ts";

/** Returns the browser's devices; `null` in an insecure context. */
export function ownDevices(): CallMediaDevices | null {
  return "mediaDevices" in navigator ? navigator.mediaDevices : null;
}

/** Ports that are needed before a call is accepted. */
export const pagePorts = {
  now: () => Date.now(),
  setTimer(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  newCallId: () => toBase64url(randomBytes(16)),
  newDevice: () => toBase64url(randomBytes(16)),
  async findObstacle() {
    if (typeof RTCPeerConnection !== "function") return "webrtc-unsupported";
    return (await canEncryptCalls()) ? null : "encryption-unsupported";
  },
  canShareScreen: (devices) => typeof (devices ?? ownDevices())?.getDisplayMedia === "function",
} satisfies Partial<CallPorts>;
