import { CallError } from "../../errors.ts";
import type { EffectHandlers } from "../../controller/effect-handlers.ts";
import type { CipherPort, CallPorts, ConnectionPort } from "../../controller/ports.ts";
import { withoutCapability } from "../foreign/kit-capability.ts";
import type { ForeignParts } from "../foreign/foreign-call.ts";
import { candidatesOf } from "../foreign/gathered-candidates.ts";
import { KitHandshake } from "../foreign/kit-handshake.ts";
import { connectWithFallback } from "../foreign/server-fallback.ts";
import { channels, encodeChannel, parseChannel } from "./channels.ts";
import type { ChannelId } from "./channels.ts";
import type { HostCall, OwnEffect, SessionEvent } from "./session.ts";

type Parts = ForeignParts<SessionEvent>;

/** What the effects of one call need of its page. */
export interface SetUpHost {
  /** The servers, once the app has named them. */
  readonly servers: Promise<readonly RTCIceServer[]>;
  readonly canEncrypt: boolean;
  tell(call: HostCall): void;
}

/** Makes and takes the descriptions of one call, and the keys with them. */
export class SetUp {
  readonly #host: SetUpHost;
  readonly #handshake: KitHandshake;
  /** Whether the offer that rings is a kit's. */
  #kit: { readonly offer: string; readonly isKit: Promise<boolean> } | null = null;

  constructor(ports: CallPorts, host: SetUpHost) {
    this.#host = host;
    this.#handshake = new KitHandshake(ports, async (media) => {
      const callId = ports.newCallId();
      return { callId, initiator: await ports.createInitiator({ callId, media }) };
    });
  }

  /** How the protocol's own effects are carried out. */
  handlers(parts: Parts): EffectHandlers<OwnEffect> {
    const { dispatch, resources } = parts;
    return {
      "tell-host": ({ call }) => {
        this.#host.tell(call);
      },
      "send-on-channel": ({ message }) =>
        resources.connection?.sendOn(message.id, encodeChannel(message)),
      "warm-up": ({ offer }) => void this.#prepare(offer, parts),
      "make-offer": () => {
        resources.attempt(() => this.#makeOffer(parts));
      },
      "make-answer": ({ offer }) => {
        resources.attempt(() => this.#makeAnswer(offer, parts));
      },
      "take-answer": ({ answer }) => {
        resources.attempt(() => this.#takeAnswer(answer, parts));
      },
      "check-peer": ({ confirm }) => {
        resources.attempt(async () => {
          const securityCode = await this.#handshake.check(confirm);
          if (securityCode !== null) dispatch({ type: "confirmed", securityCode });
        });
      },
      poll: () =>
        void resources.connection
          ?.receivedBytes()
          .then((bytes) => {
            dispatch({ type: "polled", bytes });
          })
          .catch(() => undefined),
    };
  }

  /** The caller's. It cannot know yet whether the other side is a kit: frames are held until the answer tells. */
  async #makeOffer(parts: Parts): Promise<void> {
    const [cipher, describe, servers] = await Promise.all([
      this.#readyCipher(parts),
      this.#host.canEncrypt ? this.#handshake.prepareOffer("video") : null,
      this.#host.servers,
    ]);
    const sdp = await this.#connect(cipher, servers, parts).createOffer();
    const described = cipher && describe ? describe(sdp) : sdp;
    parts.dispatch({ type: "described", sdp: described, peer: "unknown" });
  }

  /** The callee's. The other side is known from its offer: another kit, or a page that leaves encryption to DTLS. */
  async #makeAnswer(offer: string, parts: Parts): Promise<void> {
    const [isKit, servers] = await Promise.all([this.#prepare(offer, parts), this.#host.servers]);
    const cipher = isKit ? await this.#readyCipher(parts) : null;
    const connection = this.#connect(cipher, servers, parts);
    void connection.addCandidates(candidatesOf(offer));
    const sdp = await connection.answerOffer(withoutCapability(offer));
    if (cipher === null) {
      parts.dispatch({ type: "described", sdp, peer: "deltachat" });
      return;
    }
    cipher.setPayloadTypes(connection.mimeTypes());
    const answer = await this.#handshake.answer(sdp, connection, cipher, null);
    parts.dispatch({ type: "described", sdp: answer, peer: "kit" });
  }

  /** The caller's: now it knows what the other side is. */
  async #takeAnswer(answer: string, { dispatch, resources }: Parts): Promise<void> {
    const { cipher, connection } = resources;
    if (connection === null)
      throw new CallError("internal", "An answer was taken before there was an offer.");
    void connection.addCandidates(candidatesOf(answer));
    await connection.applyAnswer(withoutCapability(answer));
    cipher?.setPayloadTypes(connection.mimeTypes());
    const agreed = cipher && (await this.#handshake.takeAnswer(answer, connection, cipher, null));
    // Decided once, by this answer: frames pass as they are, and the screen says so.
    if (agreed === null) cipher?.setCompatibleKey(null);
    dispatch({ type: "answered", agreed });
  }

  /** Makes this side's half of the keys, where the offer is a kit's. */
  #prepare(offer: string, parts: Parts): Promise<boolean> {
    if (this.#kit?.offer === offer) return this.#kit.isKit;
    const isKit = this.#host.canEncrypt
      ? this.#handshake.prepareAnswer(offer).then(async (found) => {
          return found && (await this.#readyCipher(parts)) !== null;
        })
      : Promise.resolve(false);
    this.#kit = { offer, isKit };
    return isKit;
  }

  /** `null` where frames cannot be had: the call then has what Delta Chat's own page has. */
  async #readyCipher({ resources }: Parts): Promise<CipherPort | null> {
    if (!this.#host.canEncrypt || resources.isOver) return null;
    const cipher = resources.startCipher();
    return cipher.ready.then(
      () => cipher,
      () => null,
    );
  }

  #connect(
    cipher: CipherPort | null,
    servers: readonly RTCIceServer[],
    { resources, dispatch }: Parts,
  ): ConnectionPort {
    return connectWithFallback(servers, (iceServers) =>
      resources.connect(
        cipher,
        { iceServers, sections: "by-kind", channels },
        {
          // The connection has the channels that it was given, and no other.
          channelOpened: (id) => dispatch({ type: "channel-opened", id: id as ChannelId }),
          channelReceived: (id, data) => {
            const message = parseChannel(id as ChannelId, data);
            if (message !== null) dispatch({ type: "channel-received", message });
          },
        },
      ),
    );
  }
}
