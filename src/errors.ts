/**
 * What can go wrong, as one union. Every failure a host or a user can meet has a code here, so that a host can act on it and a
 * screen can say it in the user's language. An error's text never holds a key, an SDP, a candidate or a name.
 */
export type CallErrorCode =
  /** A signal is not an `sx-call/1` message, or a field of it has the wrong shape. */
  | "bad-signal"
  /** A signal speaks another protocol or another version of it. */
  | "unsupported-version"
  /** A signal or one of its parts is over its size limit. */
  | "too-large"
  /** A signal names a call that this side does not know or no longer has. */
  | "unknown-call"
  /** The key agreement failed: somebody changed what was sent, or the two sides do not mean the same call. */
  | "insecure"
  /** A frame does not authenticate, or is of another track or epoch. */
  | "bad-frame"
  /** The other side sent far more on the data channel than any call needs. */
  | "flooded"
  /** The two people compared the security code, and it was not the same. */
  | "code-mismatch"
  /** Media was seen that frame encryption did not process; the call was ended before more could leave. */
  | "unprotected"
  /** Frame encryption stopped working in a call that had it. */
  | "encryption-lost"
  /** This engine cannot encrypt frames, so the call does not start. */
  | "encryption-unsupported"
  /** This engine has no WebRTC. */
  | "webrtc-unsupported"
  /** The user or the system refused a device. */
  | "permission-denied"
  /** There is no such device. */
  | "device-not-found"
  /** The device is there but another program holds it, or it does not start. */
  | "device-busy"
  /** No path to the other side was found, or it was lost for good. */
  | "connection-failed"
  /** A wait ran out of time. */
  | "timed-out"
  /** The action cannot be done in the present state of the call. */
  | "not-possible"
  /** A value given to the kit by the host is of the wrong type or out of range. */
  | "bad-argument"
  /** A fault of the kit itself. */
  | "internal";

/**
 * The one error class of the kit. `code` is for programs, `message` is a plain English sentence for developers, `cause` is the
 * platform's own error where there was one.
 */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly code: CallErrorCode;

  constructor(code: CallErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Makes any thrown value a {@link CallError}: one stays as it is, anything else becomes the cause of an `internal` error. */
export function toCallError(
  thrown: unknown,
  code: CallErrorCode = "internal",
  message?: string,
): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError(code, message ?? "The call kit met a fault of its own.", { cause: thrown });
}

/** The end of an exhaustive `switch`: compiles only where every case has been handled. */
export function unreachable(value: never): never {
  throw new CallError("internal", `Unhandled case of type ${typeof value}.`);
}
