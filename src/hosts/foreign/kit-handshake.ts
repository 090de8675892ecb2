import type {
  CallPorts,
  CipherPort,
  ConnectionPort,
  InitiatorPort,
  ResponderPort,
} from "../../controller/ports.ts";
import type {
  ConfirmShare,
  AcceptShare,
  InviteShare,
} from "../../crypto/agreement/key-agreement.ts";
import { toCallError, CallError } from "../../errors.ts";

/** Limits of a foreign page's session description: characters, and media sections. */
export const sdpLimits = { size: 65_536, sections: 16 } as const;

/**
 * Returns `true` for a text that may be a session description (RFC 8866): printable ASCII of a limited size. The engine
 * validates its content.
 */
export function isReadableSdp(sdp: string): boolean {
  return (
    sdp.length <= sdpLimits.size &&
    /^v=0\r?\n/.test(sdp) &&
    !/[^\x20-\x7e\r\n]|\r(?!\n)/.test(sdp) &&
    (sdp.match(/^m=/gm)?.length ?? 0) <= sdpLimits.sections
  );
}

/*
 * Identifies a kit over a foreign protocol by one session-level attribute. Other pages ignore it (RFC 8866 section 5.13).
 *
 *   offer    a=x-sx-call-kit:1 <callId> <media> <x25519> <ML-KEM-768 public key> <commitment>
 *   answer   a=x-sx-call-kit:1 <x25519> <ML-KEM-768 ciphertext> <nonce> <mac>
 *
 * The offerer is the agreement's initiator (SimpleX: the callee; Delta Chat: the caller). It sends its proof over the
 * data channel.
 *
 * A removed attribute cannot be detected. A damaged one can, since no page writes it: the call then ends instead of silently using the
 * foreign protocol's encryption. A later version gets another name.
 */

const name = "x-sx-call-kit";

/** Capability in a kit's offer. `media` is bound into the keys: both sides must agree on it. */
interface KitOffer extends InviteShare {
  readonly callId: string;
  readonly media: "audio" | "video";
}

const bytes = (length: number) => `([\\w-]{${String(Math.ceil((length * 4) / 3))}})`;
const offerPattern = new RegExp(
  `^${bytes(16)} (audio|video) ${bytes(32)} ${bytes(1184)} ${bytes(64)}$`,
);
const answerPattern = new RegExp(`^${bytes(32)} ${bytes(1088)} ${bytes(32)} ${bytes(64)}$`);

/** Writes the capability into an offer. */
export function addKitOffer(sdp: string, { callId, media, keys, commitment }: KitOffer): string {
  return addAttribute(sdp, [callId, media, keys.x25519, keys.mlkem768, commitment]);
}

/** Writes the capability into an answer. */
export function addKitAnswer(sdp: string, { keys, nonce, mac }: AcceptShare): string {
  return addAttribute(sdp, [keys.x25519, keys.mlkem768, nonce, mac]);
}

/**
 * @returns the content of a kit's offer; `null` where the other side is no kit.
 * @throws {CallError} `insecure` where that was damaged on the way.
 */
export function readKitOffer(sdp: string): KitOffer | null {
  const attribute = readAttribute(sdp);
  if (attribute === null) return null;
  const [, callId, media, x25519, mlkem768, commitment] = offerPattern.exec(attribute) ?? [];
  if (!callId || !x25519 || !mlkem768 || !commitment) throw damaged();
  return {
    callId,
    media: media === "video" ? "video" : "audio",
    keys: { x25519, mlkem768 },
    commitment,
  };
}

/** As {@link readKitOffer}, of an answer. */
export function readKitAnswer(sdp: string): AcceptShare | null {
  const attribute = readAttribute(sdp);
  if (attribute === null) return null;
  const [, x25519, mlkem768, nonce, mac] = answerPattern.exec(attribute) ?? [];
  if (!x25519 || !mlkem768 || !nonce || !mac) throw damaged();
  return { keys: { x25519, mlkem768 }, nonce, mac };
}

/** Removes the capability, which engines do not need. */
export function withoutCapability(sdp: string): string {
  return sdp.replace(traces, "");
}

/** Lines that a kit may have written, whatever became of them. The only white space of a readable description is the space. */
const traces = new RegExp(`^a= *${name}\\b.*\r?\n?`, "gim");

function addAttribute(sdp: string, values: readonly string[]): string {
  const line = `a=${name}:1 ${values.join(" ")}\r\n`;
  const at = sdp.search(/^m=/m);
  return at < 0 ? sdp + line : sdp.slice(0, at) + line + sdp.slice(at);
}

/**
 * Version 1, before the first media section, and only one of it: two would leave open which one counts.
 *
 * @returns `null` where there is no trace of one.
 * @throws {CallError} `insecure` where there is anything else.
 */
function readAttribute(sdp: string): string | null {
  const count = sdp.match(traces)?.length;
  if (count === undefined) return null;
  const [session = ""] = sdp.split(/^m=/m, 1);
  const found = [...session.matchAll(new RegExp(`^a=${name}:1 (.*?)\\r?$`, "gm"))];
  const [attribute] = found;
  if (count !== 1 || attribute?.[1] === undefined) throw damaged();
  return attribute[1];
}

function damaged(): CallError {
  return new CallError("insecure", "A key share is malformed.");
}

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
  /** The offer that the responder is of. */
  #answers = "";
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
   * Answerer: creates its half of the keys from the offer, in the place of those for an earlier one.
   *
   * @returns whether the other side is a kit, and this engine can agree with it.
   * @throws {CallError} `insecure` where its half of the keys was damaged on the way.
   */
  async prepareAnswer(offer: string): Promise<boolean> {
    const kit = readKitOffer(offer);
    this.#answers = offer;
    this.#responder?.release();
    this.#responder = null;
    if (kit === null) return false;
    const { callId, media, keys, commitment } = kit;
    let made: ResponderPort;
    try {
      made = await this.#ports.createResponder({ callId, media }, { keys, commitment });
    } catch (thrown) {
      // The other side sees an answer without keys, as of a page that is no kit.
      if (toCallError(thrown).code !== "encryption-unsupported") throw thrown;
      return false;
    }
    // Another offer may have come meanwhile: its keys are made in any order.
    if (this.#isOver || this.#answers !== offer) made.release();
    else this.#responder = made;
    return true;
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
      throw new CallError("insecure", "An answer has keys, its offer had none.");
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
