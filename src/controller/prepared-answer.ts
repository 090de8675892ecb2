import type { Agreed, ConfirmShare, TransportBinding } from "../crypto/agreement/key-agreement.ts";
import { CallError } from "../errors.ts";
import { fingerprintOf } from "../media/connection/fingerprint.ts";
import type { SignalOf } from "../signalling/messages.ts";
import type { CallPorts, ResponderPort } from "./ports.ts";

type Answer = Awaited<ReturnType<ResponderPort["agree"]>>;
type HostShare = Omit<TransportBinding, keyof Fingerprints>;
type Ahead = { readonly fingerprints: Fingerprints; readonly agreed: Answer } | null;
type Fingerprints = Pick<TransportBinding, "offerFingerprint" | "answerFingerprint">;

/**
 * The callee's keys, created while it rings. If the engine reports a certificate's fingerprint before the connection exists,
 * the whole agreement is computed ahead, so that nothing delays the answer after accept. It is used only if the applied
 * descriptions have these fingerprints.
 */
export class PreparedAnswer {
  /** Certificate that the connection must use. */
  readonly certificate: RTCCertificate | undefined;
  readonly #responder: ResponderPort;
  readonly #host: HostShare;
  #ahead: Ahead;

  private constructor(
    responder: ResponderPort,
    host: HostShare,
    certificate: RTCCertificate | undefined,
    ahead: Ahead,
  ) {
    this.#responder = responder;
    this.#host = host;
    this.certificate = certificate;
    this.#ahead = ahead;
  }

  /** @throws {CallError} `insecure` for invalid keys of the caller. */
  static async prepare(
    ports: Pick<CallPorts, "createResponder" | "createCertificate">,
    { callId, media, keys, commitment, offer }: SignalOf<"invite">,
    host: HostShare,
  ): Promise<PreparedAnswer> {
    const [responder, certificate] = await Promise.all([
      ports.createResponder({ callId, media }, { keys, commitment }),
      ports.createCertificate(),
    ]);
    if (certificate === null) return new PreparedAnswer(responder, host, undefined, null);
    const fingerprints = {
      offerFingerprint: fingerprintOf(offer),
      answerFingerprint: certificate.fingerprint,
    };
    const agreed = await responder.agree({ ...fingerprints, ...host });
    return new PreparedAnswer(responder, host, certificate.certificate, { fingerprints, agreed });
  }

  /**
   * Returns the agreement, bound to the fingerprints of the applied descriptions.
   *
   * @throws {CallError} `insecure` for other fingerprints than those of the computed agreement.
   */
  async agree(fingerprints: Fingerprints): Promise<Answer> {
    if (this.#ahead === null) return this.#responder.agree({ ...fingerprints, ...this.#host });
    const { fingerprints: expected, agreed } = this.#ahead;
    this.#ahead = null;
    checkFingerprints(expected, fingerprints);
    return agreed;
  }

  /** @throws {CallError} `insecure` for a wrong proof of the caller. */
  confirm(confirm: ConfirmShare): Promise<Agreed> {
    return this.#responder.confirm(confirm);
  }

  /** Drops every key. */
  release(): void {
    this.#ahead = null;
    this.#responder.release();
  }
}

/**
 * Compares the fingerprints of the agreement with those of the applied descriptions.
 *
 * @throws {CallError} `insecure` where they differ.
 */
function checkFingerprints(expected: Fingerprints, applied: Fingerprints): void {
  const isSame = (name: keyof Fingerprints) =>
    expected[name].length === applied[name].length &&
    expected[name].every((byte, at) => byte === applied[name][at]);
  if (isSame("offerFingerprint") && isSame("answerFingerprint")) return;
  throw new CallError("insecure", "The fingerprint of a connection differs from its description.");
}
