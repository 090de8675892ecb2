import {
  textTransition,
  type TextEvent,
  type TextOperation,
  noConversation,
  type Conversation,
} from "../../src/call/rules/text.ts";
import type { CallText } from "../../src/controller/call-source.ts";

/** Text of a call by its real rules, without keys and network. */
export interface FixedText extends CallText {
  /** Operations that were sent, in order. */
  readonly sent: TextOperation[];
  /** The other side performs an operation. `missed`: texts before it that did not arrive. */
  hear(operation: TextOperation, missed?: number): void;
  /** Lets time pass until everything that is due is sent. */
  settle(): void;
  /** Whether there is a path. */
  online(on: boolean): void;
}

/** @param operations what the other side has sent so far; without `hello` the call has no text. */
export function fixedText(...operations: TextOperation[]): FixedText {
  const listeners = new Set<() => void>();
  const sent: TextOperation[] = [];
  let conversation: Conversation = noConversation;
  const perform = (event: TextEvent) => {
    const [next, effects] = textTransition(conversation, event, 1_800_000_000_000);
    conversation = next;
    for (const effect of effects) if (effect.type === "send") sent.push(effect.operation);
    for (const listener of [...listeners]) listener();
  };
  const text: FixedText = {
    sent,
    get conversation() {
      return conversation;
    },
    write: (line) => perform({ type: "wrote", line }),
    sendMessage: (said) => perform({ type: "said", text: said }),
    sendLive: (on) => perform({ type: "live", on }),
    see: (on) => perform({ type: "seen", on }),
    online: (on) => perform({ type: "online", on }),
    hear: (operation, missed = 0) =>
      perform({ type: "received", content: JSON.stringify(operation), missed }),
    settle: () => {
      while (conversation.isPausing) perform({ type: "paused" });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  text.online(true);
  for (const operation of operations) text.hear(operation);
  return text;
}
