import type { CallEffect, CallEvent } from "../call/events.ts";
import type { TransportBinding } from "../crypto/agreement/key-agreement.ts";
import { CallError } from "../errors.ts";
import type { CallResources } from "./call-resources.ts";
import type { EffectHandlers } from "./effect-handlers.ts";
import type { CallOptions, CallPorts, InitiatorPort } from "./ports.ts";
import { PreparedAnswer } from "./prepared-answer.ts";

type EffectOf<T extends CallEffect["type"]> = Extract<CallEffect, { type: T }>;

/** The effects of a set-up with the kit's own keys. */
export type SetUpEffect = EffectOf<
  "prepare-offer" | "prepare-answer" | "answer" | "apply-answer" | "check-confirm"
>;

/** Sets a call of `sx-call/1` up: its offer and answer, and its keys. */
export class CallSetUp {
  readonly #ports: CallPorts;
  readonly #options: CallOptions;
  readonly #resources: CallResources;
  readonly #dispatch: (event: CallEvent) => void;
  #initiator: Promise<InitiatorPort> | null = null;
  #preparing: Promise<PreparedAnswer> | null = null;
  #prepared: PreparedAnswer | null = null;

  /** How the effects of the set-up are carried out. What fails ends the call. */
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
  ) {
    this.#ports = ports;
    this.#options = options;
    this.#resources = resources;
    this.#dispatch = (event) => {
      if (!resources.isOver) dispatch(event);
    };
  }

  async #prepareOffer({ callId, media }: EffectOf<"prepare-offer">): Promise<void> {
    this.#initiator = this.#ports.createInitiator({ callId, media });
    const cipher = this.#resources.startCipher();
    const [initiator] = await Promise.all([this.#initiator, cipher.ready]);
    const offer = await this.#resources.connect(cipher).createOffer();
    this.#dispatch({ type: "offer-ready", offer, ...initiator.share });
  }

  async #prepareAnswer({ invite }: EffectOf<"prepare-answer">): Promise<void> {
    this.#preparing = PreparedAnswer.prepare(this.#ports, invite, this.#host);
    [this.#prepared] = await Promise.all([this.#preparing, this.#resources.startCipher().ready]);
  }

  async #answer({ invite, media }: EffectOf<"answer">): Promise<void> {
    // No `await` where all is there already: the screen is rendered at the next one, and the connection need not wait for that.
    const prepared = this.#prepared ?? (await this.#untilPrepared());
    const cipher = this.#resources.startCipher();
    const { certificate } = prepared;
    const connection = this.#resources.connect(cipher, certificate && { certificate });
    const answer = await connection.answerOffer(invite.offer);
    const { local, remote } = connection.fingerprints();
    const { secret, accept } = await prepared.agree({
      offerFingerprint: remote,
      answerFingerprint: local,
    });
    if (this.#resources.isOver) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    cipher.setKeys(secret, "responder");
    this.#dispatch({ type: "answer-ready", media, body: { answer, ...accept } });
  }

  /** Accepted before the preparations were over. */
  async #untilPrepared(): Promise<PreparedAnswer> {
    const [prepared] = await Promise.all([this.#preparing, this.#resources.startCipher().ready]);
    if (prepared === null)
      throw new CallError("internal", "A call was answered before it was prepared.");
    return prepared;
  }

  async #applyAnswer({ accept }: EffectOf<"apply-answer">): Promise<void> {
    const { cipher, connection } = this.#resources;
    const initiator = await this.#initiator;
    if (cipher === null || connection === null || initiator === null) {
      throw new CallError("internal", "An answer was applied before there was an offer.");
    }
    await connection.applyAnswer(accept.answer);
    const { local, remote } = connection.fingerprints();
    const { keys, nonce, mac } = accept;
    const transport = { offerFingerprint: local, answerFingerprint: remote, ...this.#host };
    const agreed = await initiator.agree({ keys, nonce, mac }, transport);
    if (this.#resources.isOver) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    cipher.setKeys(agreed.secret, "initiator");
    this.#dispatch({
      type: "answer-applied",
      ...agreed.confirm,
      securityCode: agreed.securityCode,
    });
  }

  /** What the host brings to the key agreement. */
  get #host(): Pick<TransportBinding, "hostSecret" | "hostBinding"> {
    const { hostSecret, hostBinding } = this.#options;
    return { ...(hostSecret && { hostSecret }), ...(hostBinding && { hostBinding }) };
  }

  async #checkConfirm({ confirm }: EffectOf<"check-confirm">): Promise<void> {
    if (this.#prepared === null)
      throw new CallError("internal", "A proof came before there was an agreement.");
    const { securityCode } = await this.#prepared.confirm({
      nonce: confirm.nonce,
      mac: confirm.mac,
    });
    this.#dispatch({ type: "confirmed", securityCode });
  }
}
