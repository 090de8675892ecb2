import type {
  CallPorts,
  CipherPort,
  InitiatorPort,
  ConnectionPort,
} from "../../controller/ports.ts";
import type { CallOptions } from "../../controller/call-options.ts";
import type { CallSettings } from "../../call/state/model.ts";
import type { CallResources } from "../../controller/call-resources.ts";
import type { CallNotice } from "../../controller/call-source.ts";
import type { EffectHandlers } from "../../controller/call-machine.ts";
import { wipe } from "../../crypto/bytes.ts";
import { importCompatibleKey } from "../../crypto/frames/compatible-frames.ts";
import { CallError, toCallError, type CallErrorCode } from "../../errors.ts";
import type { MediaSection } from "../../media/connection/description.ts";
import {
  ForeignCall,
  type CommonEffect,
  type ForeignParts,
  connectWithFallback,
} from "../foreign/foreign-call.ts";
import { KitHandshake, type Agreed, withoutCapability } from "../foreign/kit-handshake.ts";
import type { SimplexCandidate, SimplexCommand, SimplexResponse } from "./messages.ts";
import { transitionSession } from "./order.ts";
import {
  newSession,
  type CommandId,
  type SessionEffect,
  type SessionEvent,
  type SessionTimer,
  type SimplexSession,
  type SimplexSettings,
  type PeerTraits,
} from "./session.ts";

type CipherListener = Parameters<CallPorts["createCipher"]>[0];
type CipherOptions = Parameters<CallPorts["createCipher"]>[1];
type Media = "audio" | "video";

/** The callee's half of an agreement between kits, with the call that it is bound to. */
export interface SpareInitiator {
  readonly callId: string;
  readonly initiator: InitiatorPort;
}

/**
 * Prepares local parts before a call: the frame worker, and the key shares of an offer. A callee's offer would wait for both.
 * Each is used for one call only.
 */
export class SpareParts {
  readonly #ports: CallPorts;
  readonly #cipherOptions: CipherOptions;
  #cipher: { readonly cipher: CipherPort; listener: CipherListener | null } | null = null;
  readonly #initiators = new Map<Media, Promise<SpareInitiator>>();
  #isClosed = false;

  constructor(ports: CallPorts, cipherOptions: CipherOptions) {
    this.#ports = ports;
    this.#cipherOptions = cipherOptions;
  }

  /** Creates missing parts. */
  refill(): void {
    if (this.#isClosed) return;
    this.#cipher ??= this.#spareCipher();
    for (const media of ["audio", "video"] as const) {
      if (!this.#initiators.has(media)) this.#initiators.set(media, this.#newInitiator(media));
    }
  }

  takeCipher(listener: CipherListener): CipherPort {
    const spare = this.#cipher;
    if (spare === null) return this.#ports.createCipher(listener, this.#cipherOptions);
    this.#cipher = null;
    spare.listener = listener;
    return spare.cipher;
  }

  /** @throws the error of creating key shares. */
  takeInitiator(media: Media): Promise<SpareInitiator> {
    const spare = this.#initiators.get(media) ?? this.#newInitiator(media);
    this.#initiators.delete(media);
    return spare;
  }

  close(): void {
    this.#isClosed = true;
    this.#cipher?.cipher.close();
    this.#cipher = null;
    for (const spare of this.#initiators.values())
      void spare.then(
        ({ initiator }) => {
          initiator.release();
        },
        () => undefined,
      );
    this.#initiators.clear();
  }

  #spareCipher() {
    const spare: { cipher: CipherPort; listener: CipherListener | null } = {
      listener: null,
      cipher: this.#ports.createCipher(
        {
          opened: (track) => spare.listener?.opened(track),
          lost: () => {
            // Losing an unused one has no consequence.
            if (spare.listener !== null) spare.listener.lost();
            else this.#drop(spare.cipher);
          },
        },
        this.#cipherOptions,
      ),
    };
    spare.cipher.ready.catch(() => {
      this.#drop(spare.cipher);
    });
    return spare;
  }

  #drop(cipher: CipherPort): void {
    if (this.#cipher?.cipher !== cipher) return;
    cipher.close();
    this.#cipher = null;
  }

  #newInitiator(media: Media): Promise<SpareInitiator> {
    const callId = this.#ports.newCallId();
    const made = this.#ports
      .createInitiator({ callId, media })
      .then((initiator) => ({ callId, initiator }));
    // Handled by the caller that takes it.
    made.catch(() => undefined);
    return made;
  }
}

/** The protocol's own effects. */
type OwnEffect = Exclude<SessionEffect, CommonEffect>;

/** One call between two SimpleX apps. */
export type SimplexCall = ForeignCall<SimplexSession, SessionEvent, OwnEffect>;

/** Receives messages for the host and notices for the screen. */
interface SimplexCallListener {
  reply(id: CommandId, resp: SimplexResponse): void;
  /** @param command the synthetic command of SimpleX's page. */
  tell(resp: SimplexResponse, command?: SimplexCommand): void;
  notify(notice: CallNotice): void;
}

/** Makes a call: the order of SimpleX's protocol on the rules and resources that every call has. */
export function simplexCall(
  ports: CallPorts,
  spares: SpareParts,
  options: CallOptions,
  parts: {
    readonly settings: SimplexSettings;
    readonly callSettings: CallSettings;
    readonly role: "caller" | "callee";
    /** Candidates of the other side that came before this call. */
    readonly early?: readonly SimplexCandidate[];
  },
  listener: SimplexCallListener,
): SimplexCall {
  return new ForeignCall<SimplexSession, SessionEvent, OwnEffect>(
    { ...ports, createCipher: (cipherListener) => spares.takeCipher(cipherListener) },
    options,
    {
      session: newSession(parts.settings, parts.callSettings, parts.role, parts.early),
      transition: transitionSession,
      handlers: (own) => ({
        ...new SetUpRunner(ports, spares, own.resources, own.dispatch).handlers,
        ...hostHandlers(own, listener),
      }),
      // The session starts no others.
      tick: (name) => ({ type: "tick", name: name as SessionTimer }),
    },
    listener.notify,
  );
}

/** The effects that concern the host, and what is reported to it. */
function hostHandlers(
  { resources, dispatch }: ForeignParts<SessionEvent>,
  listener: SimplexCallListener,
): EffectHandlers<Exclude<OwnEffect, SetUpEffect>> {
  const readPair = async () => {
    const pair = (await resources.connection?.selectedPair().catch(() => null)) ?? null;
    dispatch({ type: "pair-read", pair });
  };
  const poll = async (isEarly: boolean) => {
    const bytes = await resources.connection?.receivedBytes().catch(() => null);
    if (bytes) dispatch({ type: "polled", bytes, isEarly });
  };
  return {
    reply: ({ id, resp }) => {
      listener.reply(id, resp);
    },
    tell: ({ resp, command }) => {
      listener.tell(resp, command);
    },
    "tell-states": () => {
      const states = resources.connection?.states;
      if (states !== undefined) dispatch({ type: "states-changed", states });
    },
    "place-microphone": ({ on }) => {
      const track = on ? resources.localTrack("microphone") : null;
      void resources.place(0, track).catch(() => undefined);
    },
    "read-pair": () => void readPair(),
    poll: ({ isEarly }) => void poll(isEarly),
  };
}

/** Set-up effects of a call. */
type SetUpEffect = Extract<
  SessionEffect,
  { type: "warm-up" | "make-offer" | "make-answer" | "take-answer" | "check-peer" }
>;
type EffectOf<T extends SetUpEffect["type"]> = Extract<SetUpEffect, { type: T }>;
type ConnectionCommand = Extract<SimplexCommand, { type: "start" | "offer" }>;

/** Reasons of refusals for the host, without the refused data. */
const reasons: Partial<Record<CallErrorCode, string>> = {
  "bad-signal": "the description was refused",
  "bad-argument": "iceServers were refused",
  insecure: "the keys do not match",
  "encryption-unsupported": "encryption is not supported",
  "encryption-lost": "encryption stopped working",
};

/** Creates and applies the descriptions of one call, with their keys. */
class SetUpRunner {
  readonly #handshake: KitHandshake;
  readonly #resources: CallResources;
  readonly #dispatch: (event: SessionEvent) => void;
  #key: Uint8Array | null = null;

  /** Handlers of the set-up effects. */
  readonly handlers: EffectHandlers<SetUpEffect> = {
    "warm-up": () => {
      this.#resources.startCipher();
    },
    "make-offer": (effect) => {
      this.#attempt("description", () => this.#makeOffer(effect));
    },
    "make-answer": (effect) => {
      this.#attempt("description", () => this.#makeAnswer(effect));
    },
    "take-answer": (effect) => {
      this.#attempt("answer", () => this.#takeAnswer(effect));
    },
    "check-peer": ({ confirm }) => {
      this.#resources.attempt(async () => {
        const securityCode = await this.#handshake.check(confirm);
        if (securityCode !== null) this.#dispatch({ type: "confirmed", securityCode });
      });
    },
  };

  constructor(
    ports: CallPorts,
    spares: SpareParts,
    resources: CallResources,
    dispatch: (event: SessionEvent) => void,
  ) {
    this.#handshake = new KitHandshake(ports, (media) => spares.takeInitiator(media));
    this.#resources = resources;
    resources.whenOver(() => {
      this.#handshake.release();
      if (this.#key !== null) wipe(this.#key);
      this.#key = null;
    });
    this.#dispatch = dispatch;
  }

  /** Callee: offers what a kit needs, which other pages ignore, because the other side is unknown yet. */
  async #makeOffer({ command }: EffectOf<"make-offer">): Promise<void> {
    const { aesKey, media } = command;
    this.#key = aesKey;
    // Without the kit's own key shares a call still has the other app's encryption.
    const [cipher, describe] = await Promise.all([
      this.#readyCipher(aesKey),
      aesKey && this.#handshake.prepareOffer(media),
    ]);
    const connection = this.#connect(cipher, command);
    const sdp = await connection.createOffer();
    this.#dispatch({ type: "described", sdp: describe?.(sdp) ?? sdp, traits: null });
  }

  /** Caller: passes the keys to the cipher before anything is sent. */
  async #makeAnswer({ command }: EffectOf<"make-answer">): Promise<void> {
    const { aesKey, iceCandidates, offer } = command;
    const [cipher, isKit] = await Promise.all([
      this.#readyCipher(aesKey),
      aesKey !== null && this.#handshake.prepareAnswer(offer.sdp),
    ]);
    const connection = this.#connect(cipher, command);
    void connection.addCandidates(copies(iceCandidates));
    const sdp = await connection.answerOffer(withoutCapability(offer.sdp));
    const traits = traitsOf(connection.remoteSections(), isKit);
    if (cipher === null || aesKey === null) {
      this.#dispatch({ type: "described", sdp, traits });
      return;
    }
    cipher.setPayloadTypes(connection.mimeTypes());
    if (!isKit) {
      cipher.setCompatibleKey(await importCompatibleKey(aesKey));
      this.#dispatch({ type: "described", sdp, traits });
      return;
    }
    const answer = await this.#handshake.answer(sdp, connection, cipher, aesKey);
    this.#dispatch({ type: "described", sdp: answer, traits });
  }

  /** Callee: the other side is known now. */
  async #takeAnswer({ sdp, candidates }: EffectOf<"take-answer">): Promise<void> {
    const { cipher, connection } = this.#resources;
    const key = this.#key;
    if (connection === null) throw new CallError("internal", "An answer came too early.");
    void connection.addCandidates(copies(candidates));
    await connection.applyAnswer(withoutCapability(sdp));
    let agreed: Agreed | null = null;
    if (cipher !== null && key !== null) {
      cipher.setPayloadTypes(connection.mimeTypes());
      agreed = await this.#handshake.takeAnswer(sdp, connection, cipher, key);
      if (agreed === null) cipher.setCompatibleKey(await importCompatibleKey(key));
    }
    const traits = traitsOf(connection.remoteSections(), agreed !== null);
    const { confirm = null, securityCode: code = null } = agreed ?? {};
    this.#dispatch({ type: "answered", traits, confirm, code });
  }

  /** `null` for a call without a key: frames are not held, and the screen shows it. */
  async #readyCipher(key: Uint8Array | null): Promise<CipherPort | null> {
    if (key === null) return null;
    const cipher = this.#resources.startCipher();
    await cipher.ready;
    return cipher;
  }

  #connect(cipher: CipherPort | null, { iceServers, relay }: ConnectionCommand): ConnectionPort {
    const connect = (servers: RTCIceServer[]) =>
      this.#resources.connect(
        cipher,
        { iceServers: servers, relayOnly: relay, sections: "by-mid", videoCodecs: ["video/VP8"] },
        {
          statesChanged: () => {
            const states = this.#resources.connection?.states;
            if (states !== undefined) this.#dispatch({ type: "states-changed", states });
          },
        },
      );
    return connectWithFallback(iceServers ?? [], connect);
  }

  /** Reports a failure to the host in the reply to its command. The call continues. */
  #attempt(kind: "description" | "answer", work: () => Promise<void>): void {
    const attempt = async () => {
      try {
        await work();
      } catch (thrown) {
        const { code } = toCallError(thrown);
        // A refused description leaves an unusable connection; a refused answer leaves a valid offer.
        if (kind === "description") this.#resources.disconnect();
        // Two kits with different keys, or keys that were damaged on the way: such a call must not go on.
        this.#dispatch({
          type: "refused",
          reason: reasons[code] ?? code,
          isFatal: code === "insecure",
        });
      }
    };
    void attempt();
  }
}

function copies(candidates: readonly RTCIceCandidateInit[]): RTCIceCandidateInit[] {
  return candidates.map((candidate) => ({ ...candidate }));
}

/**
 * Returns properties of the other side from its description. An old version has at most two media sections, or uses the
 * screen's sections (the third and fourth) in one direction only.
 */
export function traitsOf(sections: readonly MediaSection[], isKit: boolean): PeerTraits {
  const media = sections.filter(({ kind }) => kind === "audio" || kind === "video");
  const find = (mid: string) => media.find((section) => section.mid === mid && !section.isRejected);
  const camera = find("1");
  return {
    peer: isKit ? "kit" : "simplex",
    isOld: media.length <= 2 || find("2")?.direction !== "sendrecv",
    sendsPicture:
      camera !== undefined && (camera.direction === "sendrecv" || camera.direction === "sendonly"),
  };
}
