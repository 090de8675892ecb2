import type { SignalOf } from "../../signalling/messages.ts";

/** The invitation of a call, and the numbers of its messages. */
export interface Exchange {
  /** The number of the next message that this side sends. */
  readonly nextSeq: number;
  /** The numbers of the other side's messages that were received: a repeated one is dropped. */
  readonly receivedSeqs: readonly number[];
  /** The caller's invitation, made and waiting for the microphone. */
  readonly preparedInvite: PreparedInvite | null;
  /** Whether the caller's invitation has left. */
  readonly isInviteSent: boolean;
  /** The invitation that rings at the callee, kept until it is answered. */
  readonly receivedInvite: SignalOf<"invite"> | null;
}

/** An invitation without what is known only when it leaves. */
type PreparedInvite = Omit<SignalOf<"invite">, "protocol" | "callId" | "seq" | "sentAt">;

export const noExchange: Exchange = {
  nextSeq: 0,
  receivedSeqs: [],
  preparedInvite: null,
  isInviteSent: false,
  receivedInvite: null,
};

/** How many of the other side's message numbers are remembered, to drop what comes twice. */
const rememberedSeqs = 256;

/** Remembers the number of a message of the other side. */
export function withReceived(exchange: Exchange, seq: number): Exchange {
  return { ...exchange, receivedSeqs: [...exchange.receivedSeqs, seq].slice(-rememberedSeqs) };
}
