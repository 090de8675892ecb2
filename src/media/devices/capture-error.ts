import type { CallErrorCode } from "../../errors.ts";

/** Returns the error code for the name of a `DOMException` (W3C Media Capture and Streams, `getUserMedia`). */
export function captureError(thrown: unknown): CallErrorCode {
  switch (thrown instanceof Error ? thrown.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "permission-denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "device-not-found";
    default:
      // NotReadableError, AbortError: the device exists but does not start.
      return "device-busy";
  }
}
