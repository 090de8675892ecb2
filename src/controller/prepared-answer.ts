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
 * The callee's keys, made while it rings. Where the engine tells a certificate's fingerprint before there is a connection, the whole
 * agreement is calculated ahead, so that after accept nothing stands between the answer and its leaving; it is used only if the
 * descriptions that are then applied really have these fingerprints.
 */
export class PreparedAnswer {
  /** The certificate that the connection must be made with. */
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

  /** @throws {CallError} `insecure` where the caller's keys are not keys. */
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
   * The agreement, bound to the fingerprints as they were read back from the applied descriptions.
   *
   * @throws {CallError} `insecure` where they are not those that the agreement was calculated with.
   */
  async agree(fingerprints: Fingerprints): Promise<Answer> {
    if (this.#ahead === null) return this.#responder.agree({ ...fingerprints, ...this.#host });
    const { fingerprints: expected, agreed } = this.#ahead;
    this.#ahead = null;
    checkFingerprints(expected, fingerprints);
    return agreed;
  }

  /** @throws {CallError} `insecure` where the caller's proof is wrong. */
  confirm(confirm: ConfirmShare): Promise<Agreed> {
    return this.#responder.confirm(confirm);
  }

  /** Lets go of every key. */
  release(): void {
    this.#ahead = null;
    this.#responder.release();
  }
}

/**
 * Holds what an agreement was calculated with against what was read back from the applied descriptions.
 *
 * @throws {CallError} `insecure` where they differ.
 */
function checkFingerprints(expected: Fingerprints, applied: Fingerprints): void {
  const isSame = (name: keyof Fingerprints) =>
    expected[name].length === applied[name].length &&
    expected[name].every((byte, at) => byte === applied[name][at]);
  if (isSame("offerFingerprint") && isSame("answerFingerprint")) return;
  throw new CallError("insecure", "A connection has another fingerprint than its description.");
}
