import type { CallModel } from "../call/state/model.ts";
import {
  noConversation,
  type Conversation,
  continuedFrom,
  textTransition,
  transcriptOf,
  type TextEffect,
  type TextEvent,
} from "../call/rules/text.ts";
import type { ControlMessage } from "../signalling/control.ts";
import type { Successors } from "../crypto/agreement/resumption.ts";
import { TextCipher } from "../crypto/text/text-cipher.ts";
import type { CallNotice, CallText } from "./call-source.ts";
import type { CallPorts, TextCipherPort } from "./ports.ts";

type SealedMessage = Extract<ControlMessage, { type: "text" }>;

/** Sealed texts that wait to be opened: for the keys, or for the ones before them. More are dropped. */
const mostWaiting = 32;

/** The text of one call: holds the conversation, seals what it sends and opens what arrives, in order. */
export class TextOfCall implements CallText {
  readonly #ports: CallPorts;
  readonly #send: (message: SealedMessage) => void;
  readonly #notify: (notice: CallNotice) => void;
  readonly #listeners = new Set<() => void>();
  #conversation: Conversation = noConversation;
  #callId = "";
  #cipher: TextCipherPort | null = null;
  /** Work with the cipher, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #waiting: SealedMessage[] = [];
  #opening = 0;
  #stopPause: () => void = () => undefined;
  #isOver = false;

  /**
   * @param send sends a message on the control channel.
   * @param former text of the call that this one resumes.
   */
  constructor(
    ports: CallPorts,
    send: (message: SealedMessage) => void,
    notify: (notice: CallNotice) => void,
    former: Conversation | null = null,
  ) {
    if (former !== null) this.#conversation = Object.freeze(continuedFrom(former));
    this.#ports = ports;
    this.#send = send;
    this.#notify = notify;
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  readonly write = (line: string): void => this.#dispatch({ type: "wrote", line });
  readonly sendMessage = (text: string): void => this.#dispatch({ type: "said", text });
  readonly sendLive = (on: boolean): void => this.#dispatch({ type: "live", on });
  readonly see = (on: boolean): void => this.#dispatch({ type: "seen", on });

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Follows the call. Starts once both sides have proved their keys and the channel is open. */
  follow(call: CallModel, successors: Successors | null): void {
    if (this.#isOver) return;
    const { identity, keys, path, state } = call;
    if (this.#cipher === null && successors && keys.securityCode !== null && path.isControlOpen) {
      const role = identity.direction === "outgoing" ? "initiator" : "responder";
      this.#callId = identity.callId;
      const given = [successors.text, identity.callId, role] as const;
      const { createTextCipher } = this.#ports;
      this.#cipher = createTextCipher ? createTextCipher(...given) : new TextCipher(...given);
      if (this.#cipher === null) return;
      this.#carryOut({ type: "send", operation: { op: "hello" } });
      for (const message of this.#waiting.splice(0)) this.receive(message);
    }
    const isOnline = state === "connected";
    if (isOnline !== this.#conversation.isOnline) this.#dispatch({ type: "online", on: isOnline });
  }

  /** Handles a sealed text of the other side. */
  receive(message: SealedMessage): void {
    const cipher = this.#cipher;
    if (cipher === null) {
      if (this.#waiting.length < mostWaiting) this.#waiting.push(message);
      return;
    }
    if (this.#opening >= mostWaiting) return;
    this.#opening += 1;
    this.#queue(async () => {
      const opened = await cipher.open(message);
      this.#opening -= 1;
      if (opened === null) return;
      this.#dispatch({ type: "received", content: opened.text, missed: opened.missed });
    });
  }

  /** Ends with the call: drops the keys, and hands the messages on. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopPause();
    this.#cipher = null;
    this.#waiting = [];
    const messages = transcriptOf(this.#conversation);
    if (messages.length > 0) this.#notify({ type: "written", callId: this.#callId, messages });
    this.#conversation = noConversation;
    this.#changed();
    this.#listeners.clear();
  }

  #dispatch(event: TextEvent): void {
    if (this.#isOver) return;
    const before = this.#conversation;
    const [conversation, effects] = textTransition(before, event, this.#ports.now());
    this.#conversation = Object.freeze(conversation);
    for (const effect of effects) this.#carryOut(effect);
    this.#changed();
  }

  #carryOut(effect: TextEffect): void {
    if (effect.type === "pause") {
      this.#stopPause = this.#ports.setTimer(effect.milliseconds, () => {
        this.#dispatch({ type: "paused" });
      });
      return;
    }
    const cipher = this.#cipher;
    if (cipher === null) return;
    this.#queue(async () => {
      const sealed = await cipher.seal(JSON.stringify(effect.operation));
      if (!this.#isOver) this.#send({ type: "text", ...sealed });
    });
  }

  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => undefined);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
