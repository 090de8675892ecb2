import { CallError } from "../../errors.ts";
import type { EffectHandlers } from "../../controller/call-machine.ts";
import type { ConnectOptions } from "../../controller/call-resources.ts";
import type { ConnectionListener } from "../../media/connection/connection.ts";
import type { CipherPort, CallPorts, ConnectionPort } from "../../controller/ports.ts";
import { KitHandshake, withoutCapability } from "../foreign/kit-handshake.ts";
import { type ForeignParts, connectWithFallback, readyCipher } from "../foreign/foreign-call.ts";
import { candidatesOf } from "../foreign/gathered-candidates.ts";
import { channels, encodeChannel, parseChannel, type ChannelId } from "./messages.ts";
import type { HostCall, OwnEffect, SessionEvent } from "./session.ts";

type Parts = ForeignParts<SessionEvent>;

/** Requirements of one call's effects on its page. */
export interface SetUpHost {
  /** Resolves with the servers of the app. */
  readonly servers: Promise<readonly RTCIceServer[]>;
  readonly canEncrypt: boolean;
  notify(call: HostCall): void;
}

/** Requirements of an answer. The cipher is `null` if the offer is no kit's, or this engine cannot encrypt. */
type Needs = readonly [cipher: CipherPort | null, servers: readonly RTCIceServer[]];

/** Creates and applies the descriptions of one call, with their keys. */
export class SetUp {
  readonly #host: SetUpHost;
  readonly #handshake: KitHandshake;
  /** The answer to the ringing offer, and what it needs once that is there. */
  #prepared: { readonly offer: string; readonly needs: Promise<Needs> } | null = null;
  #found: Needs | null = null;

  constructor(ports: CallPorts, host: SetUpHost) {
    this.#host = host;
    this.#handshake = new KitHandshake(ports, async (media) => {
      const callId = ports.newCallId();
      return { callId, initiator: await ports.createInitiator({ callId, media }) };
    });
  }

  /** Returns the handlers of the protocol's own effects. */
  handlers(parts: Parts): EffectHandlers<OwnEffect> {
    const { dispatch, resources } = parts;
    resources.whenOver(() => {
      this.#handshake.release();
      this.#prepared = this.#found = null;
    });
    return {
      "notify-host": ({ call }) => {
        this.#host.notify(call);
      },
      "send-on-channel": ({ message }) =>
        resources.connection?.sendOn(message.id, encodeChannel(message)),
      // A faulty offer fails again when a person accepts it, and ends the call then.
      "warm-up": ({ offer }) => void this.#prepare(offer, parts).catch(() => undefined),
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

  /** Caller: holds frames until the answer shows whether the other side is a kit. */
  async #makeOffer(parts: Parts): Promise<void> {
    const [cipher, describe, servers] = await Promise.all([
      this.#host.canEncrypt ? readyCipher(parts.resources) : null,
      this.#host.canEncrypt ? this.#handshake.prepareOffer("video") : null,
      this.#host.servers,
    ]);
    const sdp = await this.#connect(cipher, servers, parts).createOffer();
    const described = cipher && describe ? describe(sdp) : sdp;
    parts.dispatch({ type: "described", sdp: described, peer: "unknown" });
  }

  /** Callee: the offer identifies the other side, a kit or a page that relies on DTLS. */
  async #makeAnswer(offer: string, parts: Parts): Promise<void> {
    // No `await` if everything is ready: the devices would open before the connection is created.
    const found = this.#prepared?.offer === offer ? this.#found : null;
    const [cipher, servers] = found ?? (await this.#prepare(offer, parts));
    const connection = this.#connect(cipher, servers, parts);
    // Before the answer: this side's checks then reach the caller while that still applies it.
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

  /** Caller: the other side is known now. */
  async #takeAnswer(answer: string, { dispatch, resources }: Parts): Promise<void> {
    const { cipher, connection } = resources;
    if (connection === null) throw new CallError("internal", "An answer came too early.");
    void connection.addCandidates(candidatesOf(answer));
    cipher?.setPayloadTypes(connection.mimeTypes());
    const agreed = cipher && (await this.#handshake.takeAnswer(answer, connection, cipher, null));
    // Decided once by this answer: frames pass unchanged, and the screen shows it. The transforms stay, because Chromium passes no frame
    // of a sender or receiver any more whose `transform` is set to null (seen in 156, with and without `encodedInsertableStreams`).
    if (agreed === null) cipher?.setCompatibleKey(null);
    await connection.applyAnswer(withoutCapability(answer));
    dispatch({ type: "answered", agreed });
  }

  /** Creates this side's half of the keys, if the offer is a kit's. */
  #prepare(offer: string, parts: Parts): Promise<Needs> {
    if (this.#prepared?.offer === offer) return this.#prepared.needs;
    const cipher = this.#host.canEncrypt
      ? this.#handshake
          .prepareAnswer(offer)
          .then((isKit) => (isKit ? readyCipher(parts.resources) : null))
      : null;
    const needs = Promise.all([cipher, this.#host.servers]);
    this.#prepared = { offer, needs };
    this.#found = null;
    // Code that awaits the preparation handles its failure.
    void needs.then(
      (found) => {
        if (this.#prepared?.needs !== needs) return;
        this.#found = found;
        const [ready, servers] = found;
        void parts.resources.applyAhead(
          withoutCapability(offer),
          ready,
          optionsFor([...servers]),
          listenerFor(parts),
        );
      },
      () => undefined,
    );
    return needs;
  }

  #connect(
    cipher: CipherPort | null,
    servers: readonly RTCIceServer[],
    parts: Parts,
  ): ConnectionPort {
    return connectWithFallback(servers, (iceServers) =>
      parts.resources.connect(cipher, optionsFor(iceServers), listenerFor(parts)),
    );
  }
}

function optionsFor(iceServers: RTCIceServer[]): ConnectOptions {
  return { iceServers, sections: "by-kind", channels };
}

function listenerFor({ dispatch }: Parts): Partial<ConnectionListener> {
  return {
    // The connection has only the given channels.
    channelOpened: (id) => dispatch({ type: "channel-opened", id: id as ChannelId }),
    channelReceived: (id, data) => {
      const message = parseChannel(id as ChannelId, data);
      if (message !== null) dispatch({ type: "channel-received", message });
    },
  };
}
