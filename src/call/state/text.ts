/** Limits of the text in a call. Characters are Unicode code points. */
export const textLimits = {
  /** Characters of the line that is seen while it is written. A longer one arrives whole once it is sent. */
  line: 500,
  /** Characters of a message. */
  message: 2_000,
  /** Messages that a screen keeps, of both sides together. */
  messages: 500,
  /** Own messages that wait for a path. */
  waiting: 50,
  /** Combining marks on one letter. No language needs as many. */
  marks: 8,
} as const;

/** A message of one side, or a place at which text of the other side is missing. */
export interface TextMessage {
  /** Number of the message on this screen. */
  readonly id: number;
  readonly from: "local" | "remote";
  /** Plain text without control characters and without marks that change the direction of other text. "" for a gap. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `false` for an own message that waits for a path. */
  readonly isSent: boolean;
}

/**
 * Text of one call. It is no part of the snapshot, which hosts read and store: it is in memory only, for as long as the call
 * lasts.
 */
export interface Conversation {
  /** `true` once the other side's kit has announced that it has text. */
  readonly isPossible: boolean;
  /** Of both sides, the newest last. */
  readonly messages: readonly TextMessage[];
  /** `true` where older messages were removed. */
  readonly isCut: boolean;
  /** Line that the other side is writing; "" for none. */
  readonly theirLine: string;
  /** Line that this side is writing. */
  readonly ownLine: string;
  /** `true` to send the own line while it is written, otherwise once it is complete. */
  readonly sendsLive: boolean;
  /** Messages of the other side that arrived while the panel was closed. */
  readonly unread: number;
  /** Where the panel is open. */
  readonly isSeen: boolean;
  /** `true` while the path works. */
  readonly isOnline: boolean;
  /** `true` until the next text may be sent. */
  readonly isPausing: boolean;
  /** Part of the own line that the other side has. */
  readonly told: string;
  /** Number of the next message. */
  readonly nextId: number;
}

/** The text of a call before anybody has written. */
export const noConversation: Conversation = Object.freeze({
  isPossible: false,
  messages: Object.freeze([]),
  isCut: false,
  theirLine: "",
  ownLine: "",
  sendsLive: true,
  unread: 0,
  isSeen: false,
  isOnline: false,
  isPausing: false,
  told: "",
  nextId: 1,
});
