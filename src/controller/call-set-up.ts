import type { CallEffect, CallEvent } from "../call/events.ts";
import type { Conversation } from "../call/rules/text.ts";
import type {
  Agreed,
  CallTerms,
  TransportBinding,
  ConfirmShare,
} from "../crypto/agreement/key-agreement.ts";
import type { Resumption, Successors } from "../crypto/agreement/resumption.ts";
import { CallError } from "../errors.ts";
import type { SignalOf } from "../signalling/messages.ts";
import type { CallResources, ConnectOptions } from "./call-resources.ts";
import type { EffectHandlers } from "./call-machine.ts";
import type { CallPorts, InitiatorPort, ResponderPort } from "./ports.ts";
import type { CallOptions } from "./call-options.ts";
import { fingerprintOf } from "../media/connection/certificate.ts";

type EffectOf<T extends CallEffect["type"]> = Extract<CallEffect, { type: T }>;

/** Effects of a set-up with the kit's own keys. */
export type SetUpEffect = EffectOf<
  "prepare-offer" | "prepare-answer" | "answer" | "apply-answer" | "check-confirm"
>;

/** Participants of a call, besides the host's options. */
export interface Parties {
  /** This view's name among the views of its person. */
  readonly device: string | undefined;
  readonly resumption: Resumption | null;
  /** Text of the call that this one resumes, where this page still has it. */
  readonly conversation?: Conversation | null;
}

type HostShare = Pick<TransportBinding, "hostSecret" | "hostBinding">;

function isSameShare(one: HostShare, other: HostShare): boolean {
  return (["hostSecret", "hostBinding"] as const).every((name) => {
    const [mine, theirs] = [one[name], other[name]];
    if (mine === undefined || theirs === undefined) return mine === theirs;
    return mine.length === theirs.length && mine.every((byte, at) => byte === theirs[at]);
  });
}

/** Sets up a call of `sx-call/1`: offer, answer and keys. */
export class CallSetUp {
  readonly #ports: CallPorts;
  readonly #options: CallOptions;
  readonly #resources: CallResources;
  readonly #dispatch: (event: CallEvent) => void;
  readonly #device: string | undefined;
  /** Data of the call that this one resumes; `null` for none, and after the end. */
  #resumption: Resumption | null;
  /** `true` where that call's secret is mixed into the keys. */
  #continues = false;
  #successors: Successors | null = null;
  readonly #lifetime = new AbortController();
  #initiator: Promise<InitiatorPort> | null = null;
  #preparing: Promise<PreparedAnswer> | null = null;
  #prepared: PreparedAnswer | null = null;
  /** The host's part of the keys, as it was when the connection was made; before that, as the answer was prepared with it. */
  #host: HostShare = {};

  /** Handlers of the set-up effects. A failure ends the call. */
  readonly handlers: EffectHandlers<SetUpEffect> = {
    "prepare-offer": (effect) => {
      this.#resources.attempt(() => this.#prepareOffer(effect));
    },
    "prepare-answer": (effect) => {
      this.#resources.attempt(() => this.#prepareAnswer(effect));
    },
    answer: (effect) => {
      this.#resources.attempt(() => this.#answer(effect));
    },
    "apply-answer": (effect) => {
      this.#resources.attempt(() => this.#applyAnswer(effect));
    },
    "check-confirm": (effect) => {
      this.#resources.attempt(() => this.#checkConfirm(effect));
    },
  };

  constructor(
    ports: CallPorts,
    options: CallOptions,
    resources: CallResources,
    dispatch: (event: CallEvent) => void,
    { device, resumption }: Parties,
  ) {
    this.#ports = ports;
    this.#device = device;
    this.#resumption = resumption;
    this.#options = options;
    this.#resources = resources;
    this.#dispatch = (event) => {
      if (!resources.isOver) dispatch(event);
    };
  }

  /** Secrets for later calls, after key confirmation. */
  get successors(): Successors | null {
    return this.#successors;
  }

  /** Gives the invitation up for another one. @returns the nonce of its commitment, if any. */
  async giveUp(): Promise<string | null> {
    const initiator = await this.#initiator?.catch(() => null);
    return initiator?.giveUp() ?? null;
  }

  /** Drops every key. */
  release(): void {
    this.#lifetime.abort();
    const release = (agreement: { release(): void } | null) => agreement?.release();
    void this.#initiator?.then(release, () => undefined);
    void this.#preparing?.then(release, () => undefined);
    this.#initiator = this.#preparing = this.#prepared = this.#successors = null;
    this.#resumption = null;
  }

  async #prepareOffer({ callId, media }: EffectOf<"prepare-offer">): Promise<void> {
    this.#initiator = this.#ports.createInitiator({ callId, media });
    const cipher = this.#resources.startCipher();
    // No `await` where the cipher is ready: the engine gets to work before the screen is drawn.
    if (cipher.mode === null) await cipher.ready;
    const options = { ...this.#relays("calling"), isCaller: true };
    const connection = this.#resources.connect(cipher, options);
    this.#host = this.#hostShare();
    const [initiator, offer] = await Promise.all([this.#initiator, connection.createOffer()]);
    this.#dispatch({ type: "offer-ready", offer, ...initiator.share });
  }

  async #prepareAnswer({ invite }: EffectOf<"prepare-answer">): Promise<void> {
    const { device, resumes = null, sentAt } = invite;
    const terms = this.#terms(sentAt, resumes, device, this.#device);
    this.#continues = terms !== undefined && this.#resumption !== null;
    this.#host = this.#hostShare();
    const preparing = PreparedAnswer.prepare(this.#ports, invite, this.#share(terms));
    this.#preparing = preparing;
    const cipher = this.#resources.startCipher();
    const [prepared] = await Promise.all([preparing, cipher.ready]);
    // Unless another one has taken its place meanwhile.
    if (this.#preparing !== preparing) return;
    this.#prepared = prepared;
    const options = { ...optionsFor(prepared), ...this.#relays("ringing") };
    await this.#resources.applyAhead(invite.offer, cipher, options);
  }

  async #answer({ invite, media }: EffectOf<"answer">): Promise<void> {
    // No `await` if everything is ready: the screen would render before the connection is created.
    const prepared = this.#isPreparedAnew(invite)
      ? await this.#untilPrepared()
      : (this.#prepared ?? (await this.#untilPrepared()));
    const cipher = this.#resources.startCipher();
    const options = { ...optionsFor(prepared), ...this.#relays("accepted") };
    const connection = this.#resources.connect(cipher, options);
    const answer = await connection.answerOffer(invite.offer);
    const { local, remote } = connection.fingerprints();
    const { secret, accept } = await prepared.agree({
      offerFingerprint: remote,
      answerFingerprint: local,
    });
    if (this.#resources.isOver) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    await cipher.setKeys(secret, "responder");
    const continues = this.#continues && ({ continues: true } as const);
    this.#dispatch({ type: "answer-ready", media, body: { answer, ...accept, ...continues } });
  }

  /**
   * The choice of relays where a call uses nothing else. The side that is called contacts nobody while it rings, unless the host allows it; once
   * it has accepted it is too late to measure.
   */
  #relays(moment: "calling" | "ringing" | "accepted"): ConnectOptions {
    const { measureRelays = "off", iceServers } = this.#options;
    if (measureRelays === "off" || !this.#resources.isRelayOnly) return {};
    const isMeasuring = moment === "calling" || (moment === "ringing" && measureRelays === "both");
    const relays = this.#ports.relays?.choose(iceServers, isMeasuring, this.#lifetime.signal);
    return relays ? { relays } : {};
  }

  /** The host may have set its part of the keys while it rang: what was calculated without it is of no use. */
  #isPreparedAnew(invite: SignalOf<"invite">): boolean {
    const host = this.#hostShare();
    if (isSameShare(host, this.#host)) return false;
    const outdated = this.#preparing;
    void outdated?.then(
      (answer) => answer.release(),
      () => undefined,
    );
    this.#prepared = null;
    // Code that awaits the preparation handles its failure.
    void this.#prepareAnswer({ type: "prepare-answer", invite }).catch(() => undefined);
    return true;
  }

  /** Accepted before the preparation was complete. */
  async #untilPrepared(): Promise<PreparedAnswer> {
    const [prepared] = await Promise.all([this.#preparing, this.#resources.startCipher().ready]);
    if (prepared === null)
      throw new CallError("internal", "A call was answered before its preparation.");
    return prepared;
  }

  async #applyAnswer({ accept, sentAt, resumes }: EffectOf<"apply-answer">): Promise<void> {
    const { cipher, connection } = this.#resources;
    const initiator = await this.#initiator;
    this.#initiator = null;
    if (cipher === null || connection === null || initiator === null) {
      throw new CallError("internal", "An answer was applied before the offer.");
    }
    const { local, remote } = connection.fingerprints(accept.answer);
    const { keys, nonce, mac } = accept;
    const terms = this.#terms(sentAt, resumes, this.#device, accept.device);
    this.#continues = accept.continues === true && terms !== undefined;
    // The other side is another one, or has lost a verified code: no call to an unverified side.
    if (!this.#continues && this.#resumption?.verification.local === true)
      throw new CallError("insecure", "The answer does not prove the call that it resumes.");
    const transport = {
      ...{ offerFingerprint: local, answerFingerprint: remote },
      ...this.#share(terms),
    };
    const agreed = await initiator.agree({ keys, nonce, mac }, transport);
    if (this.#resources.isOver) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    await cipher.setKeys(agreed.secret, "initiator");
    this.#dispatch({ type: "answer-verified", ...agreed.confirm, ...this.#codeOf(agreed) });
    // Last: the first frames of both sides find the keys, and nobody without a proof is connected to.
    await connection.applyAnswer(accept.answer);
  }

  /** Inputs of the agreement other than the fingerprints: the host's values, the terms, and the secret of the resumed call. */
  #share(terms: CallTerms | undefined): Omit<TransportBinding, `${string}Fingerprint`> {
    return {
      ...this.#host,
      ...(terms && { terms }),
      ...(this.#continues && this.#resumption && { resumption: this.#resumption.secret }),
    };
  }

  /** @throws {CallError} `bad-argument` where it is none by now. */
  #hostShare(): HostShare {
    const { hostSecret, hostBinding } = this.#options;
    return { ...(hostSecret && { hostSecret }), ...(hostBinding && { hostBinding }) };
  }

  /** A kit that names no device does not support terms. */
  #terms(
    sentAt: number,
    resumes: string | null,
    callerDevice: string | undefined,
    calleeDevice: string | undefined,
  ): CallTerms | undefined {
    if (callerDevice === undefined || calleeDevice === undefined) return undefined;
    return { sentAt, resumes, callerDevice, calleeDevice };
  }

  /** Returns the code: a resumed call keeps its code and verification. */
  #codeOf({ securityCode, successors }: Agreed) {
    this.#successors = successors;
    if (!this.#continues || this.#resumption === null) return { securityCode };
    const { verification } = this.#resumption;
    return { securityCode: this.#resumption.securityCode, verification };
  }

  async #checkConfirm({ confirm }: EffectOf<"check-confirm">): Promise<void> {
    if (this.#prepared === null)
      throw new CallError("internal", "A proof arrived before the agreement.");
    const agreed = await this.#prepared.confirm(confirm);
    if (!this.#resources.isOver) this.#dispatch({ type: "confirmed", ...this.#codeOf(agreed) });
  }
}

function optionsFor({ certificate }: PreparedAnswer): ConnectOptions {
  return certificate ? { certificate } : {};
}

type Answer = Awaited<ReturnType<ResponderPort["agree"]>>;
type RestOfBinding = Omit<TransportBinding, keyof Fingerprints>;
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
  readonly #host: RestOfBinding;
  #ahead: Ahead;

  private constructor(
    responder: ResponderPort,
    host: RestOfBinding,
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
    host: RestOfBinding,
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
