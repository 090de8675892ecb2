import type { CallMedia } from "./protocol.ts";

/** Messages between the apps. Section 4 defines names and content; the encoding is the apps' own. */
export type ChatMessage = { readonly callId: string } & (
  | {
      readonly type: "x.call.inv";
      readonly media: CallMedia;
      readonly publicKey?: string;
      /** Milliseconds since the epoch. */
      readonly sentAt: number;
    }
  | {
      readonly type: "x.call.offer";
      readonly offer: string;
      readonly iceCandidates: string;
      readonly publicKey?: string;
    }
  | { readonly type: "x.call.answer"; readonly answer: string; readonly iceCandidates: string }
  | { readonly type: "x.call.extra"; readonly iceCandidates: string }
  | { readonly type: "x.call.end" }
);

/** One end of the chat: an app. */
export interface ChatEnd {
  sendChat: (message: ChatMessage) => void;
  receiveChat(message: ChatMessage): void;
}

/** A message on its way, so many milliseconds later than the channel's own delay. */
export interface Delivery {
  readonly message: ChatMessage;
  readonly late?: number;
}

/** Deliveries of a message: none is loss, two are duplication, a later one is overtaken. */
export type Fate = (message: ChatMessage) => readonly Delivery[];

export interface ChatOptions {
  /** Milliseconds for each trip. */
  readonly delay?: number;
  readonly fate?: Fate;
  /** A virtual clock's, in place of the real one. */
  readonly schedule?: (work: () => void, milliseconds: number) => void;
}

const untouched: Fate = (message) => [{ message }];

const realTime = (work: () => void, milliseconds: number) => void setTimeout(work, milliseconds);

/** Joins two apps. Messages keep their order where `fate` does not say otherwise. */
export function joinChat(a: ChatEnd, b: ChatEnd, options: ChatOptions = {}): void {
  const { delay = 0, fate = untouched, schedule = realTime } = options;
  const way = (to: ChatEnd) => (message: ChatMessage) => {
    for (const delivery of fate(message)) {
      // A copy, because messages are text in transit.
      const copy = JSON.parse(JSON.stringify(delivery.message)) as ChatMessage;
      schedule(() => to.receiveChat(copy), delay + (delivery.late ?? 0));
    }
  };
  a.sendChat = way(b);
  b.sendChat = way(a);
}

type ChatType = ChatMessage["type"];

export const loses =
  (type: ChatType): Fate =>
  (message) =>
    message.type === type ? [] : [{ message }];

/** The second copy comes `late` milliseconds after the first. */
export const repeats =
  (type: ChatType, late = 0): Fate =>
  (message) =>
    message.type === type ? [{ message }, { message, late }] : [{ message }];

/** Everything of this type is overtaken by what is sent in the milliseconds after it. */
export const delays =
  (type: ChatType, late: number): Fate =>
  (message) => [{ message, late: message.type === type ? late : 0 }];
