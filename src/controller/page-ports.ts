import { randomBytes, toBase64url } from "../crypto/base64url.ts";
import { canEncryptCalls } from "../crypto/can-encrypt.ts";
import { missingOfFloor } from "../host-values/engine-floor.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { PagePorts } from "./ports.ts";

/** Returns the browser's devices; `null` in an insecure context. */
export function ownDevices(): CallMediaDevices | null {
  return "mediaDevices" in navigator ? navigator.mediaDevices : null;
}

/** Between two checks of the clock. Milliseconds. */
const clockInterval = 5000;

function checkedBy(check: () => void) {
  const life = new AbortController();
  const timer = setInterval(check, clockInterval);
  const stop = () => {
    clearInterval(timer);
    life.abort();
  };
  return { signal: life.signal, stop };
}

/** Ports of a browser that are needed before a call is accepted. */
export const pagePorts: PagePorts = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  watchClock(check) {
    const { signal, stop } = checkedBy(check);
    // A page that was frozen, or a device that slept: whichever the engine tells first.
    for (const name of ["resume", "visibilitychange"])
      document.addEventListener(name, check, { signal });
    for (const name of ["pageshow", "focus", "online"]) addEventListener(name, check, { signal });
    return stop;
  },
  get callStorage() {
    try {
      return globalThis.localStorage;
    } catch {
      // A page without an origin of its own may not even mention it.
      return null;
    }
  },
  setTimer(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  newCallId: () => toBase64url(randomBytes(16)),
  newDevice: () => toBase64url(randomBytes(16)),
  async findObstacle() {
    // Below the floor nothing is loaded that needs it.
    if (typeof RTCPeerConnection !== "function" || missingOfFloor()) return "webrtc-unsupported";
    return (await canEncryptCalls()) ? null : "encryption-unsupported";
  },
  canShareScreen: (devices) => typeof (devices ?? ownDevices())?.getDisplayMedia === "function",
};
