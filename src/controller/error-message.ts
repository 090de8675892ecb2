import type { CallErrorCode } from "../errors.ts";

/** Messages for developers by code. Screens have their own strings in the user's language. */
const messages: Record<CallErrorCode, string> = {
  "bad-signal":
    "The other side sent something that is not an sx-call message, or that the engine refuses.",
  "unsupported-version": "The other side speaks another version of the protocol.",
  "too-large": "The other side sent more than a message may have.",
  "unknown-call": "A signal names a call that is not known here.",
  insecure: "The two sides could not agree on keys that nobody else has. The call was ended.",
  flooded: "The other side flooded the data channel. The call was ended.",
  "bad-frame": "A frame does not authenticate.",
  "code-mismatch":
    "The two people saw different security codes: somebody sits between them. The call was ended.",
  unprotected: "Media went past the encryption. The call was ended.",
  "encryption-lost": "The worker that encrypts frames stopped working. The call was ended.",
  "encryption-unsupported": "This engine cannot encrypt calls, so the call did not start.",
  "webrtc-unsupported": "This engine has no WebRTC, so the call did not start.",
  "permission-denied": "The use of a device was refused, or the page is not secure.",
  "device-not-found": "A device was not found, or was unplugged.",
  "device-busy": "A device is in use by another program, or does not start.",
  "connection-failed": "The path to the other side was lost and did not come back.",
  "timed-out": "No path to the other side was found in time.",
  "not-possible": "The call cannot do this in its present state.",
  "bad-argument": "A value that the host gave is not of the right type, or out of range.",
  internal: "The call kit met a fault of its own.",
};

export function errorMessage(code: CallErrorCode): string {
  return messages[code];
}
