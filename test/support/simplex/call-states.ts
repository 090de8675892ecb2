/** Section 6. The texts are the second line of `description`. */
export const callStates = {
  WaitCapabilities: "starting…",
  InvitationSent: "waiting for answer…",
  InvitationAccepted: "starting…",
  OfferSent: "waiting for confirmation…",
  OfferReceived: "received answer…",
  AnswerReceived: "received confirmation…",
  Negotiated: "connecting…",
  Connected: "connected",
  Ended: "ended",
} as const;

export type CallState = keyof typeof callStates;

/** Section 6. `duration`: seconds. */
export interface ChatItem {
  readonly status:
    | "pending"
    | "missed"
    | "rejected"
    | "accepted"
    | "negotiated"
    | "progress"
    | "ended"
    | "error";
  readonly duration: number;
}
