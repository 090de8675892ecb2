import type { CallMedia } from "../terms.ts";
import type { SignalMessage, SignalOf } from "../../signalling/messages.ts";

/** Invitation of a call, and the numbering of its messages. */
export interface Exchange {
  /** Number of this side's next message. */
  readonly nextSeq: number;
  /** Received messages by device and number, to drop repeated ones. */
  readonly received: readonly string[];
  /** The other side's device in this call; `null` until it is known. */
  readonly peer: PeerDevice | null;
  /** The caller's prepared invitation, which waits for the microphone. */
  readonly preparedInvite: PreparedInvite | null;
  /** `true` once the caller's invitation was sent. */
  readonly isInviteSent: boolean;
  /** The ringing invitation, kept until it is answered. */
  readonly receivedInvite: SignalOf<"invite"> | null;
  /** Commitment of the incoming invitation. It authenticates a call that replaces this one. */
  readonly commitment: string | null;
  /** Sending time of the invitation. Milliseconds since the epoch. */
  readonly sentAt: number | null;
  /** Time of this side's accept. Milliseconds since the epoch. */
  readonly acceptedAt: number | null;
  /** Until when it rings; milliseconds since the epoch, `null` where it does not. */
  readonly ringsUntil: number | null;
  /** `true` if the caller answers whether it still waits. */
  readonly canAsk: boolean;
  /** The question to the caller, which is under way: what a person wants meanwhile waits for its answer. `null` where there is none. */
  readonly asking: { readonly accept: CallMedia | null } | null;
}

/** One view of the other side's person. `id` is `null` for a kit that names no device. */
export interface PeerDevice {
  readonly id: string | null;
}

/** An invitation without the fields that are set when it is sent. */
type PreparedInvite = Omit<SignalOf<"invite">, "protocol" | "callId" | "seq" | "sentAt">;

export const noExchange: Exchange = {
  nextSeq: 0,
  received: [],
  peer: null,
  preparedInvite: null,
  isInviteSent: false,
  receivedInvite: null,
  commitment: null,
  sentAt: null,
  acceptedAt: null,
  ringsUntil: null,
  canAsk: false,
  asking: null,
};

/** Number of remembered messages, to drop repeated ones. */
const rememberedMessages = 256;

/** Devices number their messages independently. */
const nameOf = ({ device = "", seq }: Numbered) => `${device}:${seq}`;

type Numbered = Pick<SignalMessage, "device" | "seq">;

/** Remembers a message of the other side. */
export function withReceived(exchange: Exchange, message: Numbered): Exchange {
  const received = [...exchange.received, nameOf(message)].slice(-rememberedMessages);
  return { ...exchange, received };
}

/** Returns `true` for a repeated message. */
export function isRepeated(exchange: Exchange, message: Numbered): boolean {
  return exchange.received.includes(nameOf(message));
}

/** Returns the sending device of a message. */
export function deviceOf({ device }: { readonly device?: string | undefined }): PeerDevice {
  return { id: device ?? null };
}
