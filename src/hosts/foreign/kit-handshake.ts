import type {
  CallPorts,
  CipherPort,
  ConnectionPort,
  InitiatorPort,
  ResponderPort,
} from "../../controller/ports.ts";
import type { ConfirmShare } from "../../crypto/agreement/key-agreement.ts";
import { toCallError, CallError } from "../../errors.ts";
import { addKitAnswer, addKitOffer, readKitAnswer, readKitOffer } from "./kit-capability.ts";

/** The offerer's half of an agreement, with the call that it is bound to. */
export interface BoundInitiator {
  readonly callId: string;
  readonly initiator: InitiatorPort;
}

/** Creates the offerer's half. */
export type NewInitiator = (media: "audio" | "video") => Promise<BoundInitiator>;

/** The offerer's proof for the data channel, and the code that both people compare. */
export interface Agreed {
  readonly confirm: ConfirmShare;
  readonly securityCode: readonly number[];
}

/**
 * Key agreement of two kits over a foreign protocol, in an attribute of their descriptions. Every step works without the other
 * side's attribute: the call then has the encryption of the foreign protocol.
 */
export class KitHandshake {
  readonly #ports: Pick<CallPorts, "createResponder">;
  readonly #newInitiator: NewInitiator;
  #offered: BoundInitiator | null = null;
  #responder: ResponderPort | null = null;
  #isOver = false;

  constructor(ports: Pick<CallPorts, "createResponder">, newInitiator: NewInitiator) {
    this.#ports = ports;
    this.#newInitiator = newInitiator;
  }

  /**
   * Offerer: creates its half of the keys.
   *
   * @returns a function that writes them into the offer. It leaves the offer unchanged if creating them failed.
   */
  async prepareOffer(media: "audio" | "video"): Promise<(sdp: string) => string> {
    const bound = await this.#newInitiator(media).catch(() => null);
    return (sdp) => {
      if (this.#isOver) bound?.initiator.release();
      else this.#offered = bound;
      return bound === null
        ? sdp
        : addKitOffer(sdp, { callId: bound.callId, media, ...bound.initiator.share });
    };
  }

  /**
   * Answerer: creates its half of the keys from the offer.
   *
   * @returns whether the other side is a kit, and this engine can agree with it.
   * @throws {CallError} `insecure` where its half of the keys was damaged on the way.
   */
  async prepareAnswer(offer: string): Promise<boolean> {
    const kit = readKitOffer(offer);
    if (kit === null) return false;
    const { callId, media, keys, commitment } = kit;
    try {
      this.#responder = await this.#ports.createResponder({ callId, media }, { keys, commitment });
    } catch (thrown) {
      // The other side sees an answer without keys, as of a page that is no kit.
      if (toCallError(thrown).code !== "encryption-unsupported") throw thrown;
    }
    const found = this.#responder !== null;
    if (this.#isOver) this.release();
    return found;
  }

  /**
   * Answerer: passes the keys to the cipher.
   *
   * @param answer this side's applied description, to which the keys are bound.
   * @returns the answer with this side's half of the keys.
   * @throws {CallError} as the agreement does, or where {@link prepareAnswer} found no kit.
   */
  async answer(
    answer: string,
    connection: ConnectionPort,
    cipher: CipherPort,
    hostSecret: Uint8Array | null,
  ): Promise<string> {
    const { local, remote } = connection.fingerprints();
    const agreed = await this.#responder?.agree({
      ...{ offerFingerprint: remote, answerFingerprint: local },
      ...(hostSecret && { hostSecret }),
    });
    if (agreed === undefined) return answer;
    await cipher.setKeys(agreed.secret, "responder");
    return addKitAnswer(answer, agreed.accept);
  }

  /**
   * Offerer: passes the keys to the cipher.
   *
   * @param answer the other side's description, to which the keys are bound.
   * @returns `null` where the other side is no kit.
   * @throws {CallError} `insecure` where the two sides do not hold the same keys, or the answer's half was damaged on the way.
   */
  async takeAnswer(
    answer: string,
    connection: ConnectionPort,
    cipher: CipherPort,
    hostSecret: Uint8Array | null,
  ): Promise<Agreed | null> {
    const accept = readKitAnswer(answer);
    if (accept === null) return null;
    if (this.#offered === null)
      throw new CallError("insecure", "An answer has keys for an offer that had none.");
    const { initiator } = this.#offered;
    const { local, remote } = connection.fingerprints(answer);
    const { secret, confirm, securityCode } = await initiator.agree(accept, {
      ...{ offerFingerprint: local, answerFingerprint: remote },
      ...(hostSecret && { hostSecret }),
    });
    await cipher.setKeys(secret, "initiator");
    return { confirm, securityCode };
  }

  /** Releases every key at the end of the call, also those that are still being created. */
  release(): void {
    this.#isOver = true;
    this.#offered?.initiator.release();
    this.#responder?.release();
    this.#offered = this.#responder = null;
  }

  /** Answerer: verifies the offerer's proof. @returns the security code; `null` without an agreement. */
  async check(confirm: ConfirmShare): Promise<readonly number[] | null> {
    return (await this.#responder?.confirm(confirm))?.securityCode ?? null;
  }
}
