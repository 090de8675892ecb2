import type { SignalMessage, SignalOf } from "../../signalling/messages.ts";

/** The invitation of a call, and the numbers of its messages. */
export interface Exchange {
  /** The number of the next message that this side sends. */
  readonly nextSeq: number;
  /** The other side's messages that were received, by device and number: a repeated one is dropped. */
  readonly received: readonly string[];
  /** The device of the other side that this call is with; `null` until that is known. */
  readonly peer: PeerDevice | null;
  /** The caller's invitation, made and waiting for the microphone. */
  readonly preparedInvite: PreparedInvite | null;
  /** Whether the caller's invitation has left. */
  readonly isInviteSent: boolean;
  /** The invitation that rings at the callee, kept until it is answered. */
  readonly receivedInvite: SignalOf<"invite"> | null;
  /** What the invitation of an incoming call was committed to: it tells who may dial the call anew. */
  readonly commitment: string | null;
  /** When the invitation left or says that it did; milliseconds since the epoch. */
  readonly sentAt: number | null;
  /** When a person accepted here; milliseconds since the epoch. */
  readonly acceptedAt: number | null;
}

/** One view of the other side's person. `id` is `null` for a kit that names none. */
export interface PeerDevice {
  readonly id: string | null;
}

/** An invitation without what is known only when it leaves. */
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
};

/** How many of the other side's messages are remembered, to drop what comes twice. */
const rememberedMessages = 256;

/** Each device counts its messages for itself: the numbers of one must not hide those of another. */
const nameOf = ({ device = "", seq }: Numbered) => `${device}:${seq}`;

type Numbered = Pick<SignalMessage, "device" | "seq">;

/** Remembers a message of the other side. */
export function withReceived(exchange: Exchange, message: Numbered): Exchange {
  const received = [...exchange.received, nameOf(message)].slice(-rememberedMessages);
  return { ...exchange, received };
}

/** Whether a message was received before. */
export function isRepeated(exchange: Exchange, message: Numbered): boolean {
  return exchange.received.includes(nameOf(message));
}

/** The device of a message's sender. */
export function deviceOf({ device }: { readonly device?: string | undefined }): PeerDevice {
  return { id: device ?? null };
}
