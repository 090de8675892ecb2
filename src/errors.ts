/**
 * Every failure that a host or a user can meet. A host branches on the code, and a screen translates it. The text of an error
 * never holds a key, an SDP, a candidate or a name.
 */
export type CallErrorCode =
  /** A signal is not an `sx-call/1` message, or a field of it has the wrong shape. */
  | "bad-signal"
  /** A signal uses another protocol, or another version of this one. */
  | "unsupported-version"
  /** A signal, or a part of one, exceeds its size limit. */
  | "too-large"
  /** A signal names a call that this side does not know or has already ended. */
  | "unknown-call"
  /** The key agreement failed: a message was changed in transit, or the two sides disagree about the call. */
  | "insecure"
  /** A frame does not authenticate, or belongs to another track or epoch. */
  | "bad-frame"
  /** The other side exceeded the message rate of the data channel. */
  | "flooded"
  /** The two people compared the security code, and it differed. */
  | "code-mismatch"
  /** Media bypassed frame encryption. The call was ended to stop it. */
  | "unprotected"
  /** Frame encryption stopped working during a call that had it. */
  | "encryption-lost"
  /** This engine cannot encrypt frames, and the call requires it. */
  | "encryption-unsupported"
  /** This engine has no WebRTC, or is older than those that are supported. */
  | "webrtc-unsupported"
  /** The user or the system refused a device. */
  | "permission-denied"
  /** No matching device is available. */
  | "device-not-found"
  /** Another program holds the device, or the device does not start. */
  | "device-busy"
  /** No network path to the other side was found, or the path was lost for good. */
  | "connection-failed"
  /** A time limit expired. */
  | "timed-out"
  /** The action is not possible in the present state of the call. */
  | "not-possible"
  /** A value from the host has the wrong type or is out of range. */
  | "bad-argument"
  /** A defect in the kit. */
  | "internal";

/** Codes of notices to a host: failures, and warnings after which the call continues. */
export type NoticeCode =
  | CallErrorCode
  /** The frame worker could not be started. Frames are encrypted on the main thread where the engine can, else no call starts. */
  | "worker-unavailable";

/**
 * The only error class of the kit. `code` is for programs, `message` an English sentence for developers. `cause` is the
 * platform's error where there is one.
 */
export class CallError extends Error {
  override readonly name = "CallError";
  /** One of {@link CallErrorCode}. */
  readonly code: CallErrorCode;

  constructor(code: CallErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Converts a thrown value to a {@link CallError}. An existing `CallError` is returned unchanged; anything else becomes the
 * `cause` of an `internal` error.
 */
export function toCallError(
  thrown: unknown,
  code: CallErrorCode = "internal",
  message?: string,
): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError(code, message ?? "The call kit has a defect.", { cause: thrown });
}

/** Marks the end of an exhaustive `switch`. Compiles only where every case is handled. */
export function unreachable(value: never): never {
  throw new CallError("internal", `Unhandled case of type ${typeof value}.`);
}
