import type { CallEffect, CallEvent } from "../events.ts";
import type { CallModel } from "../state/model.ts";
import { transition } from "./transition.ts";
import type { Step } from "./step.ts";

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
  readonly sentLine: string;
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
  sentLine: "",
  nextId: 1,
});

/*
 * Text in a call: real-time text, as ITU-T T.140 and RFC 4103 have it, and messages. Each side writes one line, which the other
 * one sees while it is written, and which becomes a message.
 *
 *   hello                 this side has text. The first one, once both sides have proved their keys
 *   edit {keep, add}      the line: its first `keep` code points stay, the rest is erased, `add` follows
 *   say {text}            the whole message. The line is empty afterwards
 *
 * T.140 erases one character at a time. `keep` names the same place in one number that both engines count alike: their
 * tables of graphemes differ by version. The sender cuts between two letters, so that no half of one is ever seen. A message
 * repeats its whole text, so that nothing is missing in it, whatever edits were lost.
 */

/** An operation on the other side's line, the content of a sealed text. */
export type TextOperation =
  | { readonly op: "hello" }
  | { readonly op: "edit"; readonly keep: number; readonly add: string }
  | { readonly op: "say"; readonly text: string };

/** Every event of the text in a call. */
export type TextEvent =
  /** This side's person has written: the whole line. */
  | { readonly type: "wrote"; readonly line: string }
  /** This side's person sends a message. */
  | { readonly type: "said"; readonly text: string }
  | { readonly type: "live"; readonly on: boolean }
  /** The panel opened or closed. */
  | { readonly type: "seen"; readonly on: boolean }
  | { readonly type: "online"; readonly on: boolean }
  /** `content`: what the other side sealed. `missed`: texts before it that never arrived. */
  | { readonly type: "received"; readonly content: string; readonly missed: number }
  | { readonly type: "paused" };

/** Every effect of the text in a call. */
export type TextEffect =
  | { readonly type: "send"; readonly operation: TextOperation }
  /** Causes `paused`. */
  | { readonly type: "pause"; readonly milliseconds: number };

/** Milliseconds between two texts, as RFC 4103 buffers what is typed. */
const pauseMilliseconds = 300;

export type TextStep = readonly [Conversation, readonly TextEffect[]];

/**
 * The rules of the text in a call. Pure.
 *
 * @param now milliseconds since the epoch.
 */
export function textTransition(before: Conversation, event: TextEvent, now: number): TextStep {
  switch (event.type) {
    case "wrote":
      return flush({ ...before, ownLine: plainText(event.line, textLimits.message) });
    case "said":
      return sendMessage(before, event.text, now);
    case "live":
      return flush({ ...before, sendsLive: event.on });
    case "seen":
      return [{ ...before, isSeen: event.on, unread: event.on ? 0 : before.unread }, []];
    case "online":
      return flush({ ...before, isOnline: event.on });
    case "paused":
      return flush({ ...before, isPausing: false });
    case "received": {
      const opened = { ...before, isPossible: true };
      const operation = readOperation(event.content);
      const next = event.missed > 0 ? withGap(opened, now) : opened;
      return flush(operation === null ? next : perform(next, operation, now));
    }
  }
}

/** Returns the operation of the other side; `null` for one that this kit does not know. */
function readOperation(content: string): TextOperation | null {
  let given: unknown;
  try {
    given = JSON.parse(content);
  } catch {
    return null;
  }
  if (typeof given !== "object" || given === null) return null;
  const { op, keep, add, text } = given as Readonly<Record<string, unknown>>;
  if (op === "hello") return { op };
  if (op === "say") return { op, text: plainText(text, textLimits.message) };
  if (op !== "edit" || typeof keep !== "number" || typeof add !== "string") return null;
  return Number.isInteger(keep) && keep >= 0 ? { op, keep, add } : null;
}

function perform(before: Conversation, operation: TextOperation, now: number): Conversation {
  switch (operation.op) {
    case "hello":
      return before;
    case "edit": {
      const { keep, add } = operation;
      const kept = Array.from(before.theirLine).slice(0, keep).join("");
      return { ...before, theirLine: plainText(kept + add, textLimits.line) };
    }
    case "say": {
      const cleared = { ...before, theirLine: "" };
      if (operation.text.trim() === "") return cleared;
      const unread = before.isSeen ? 0 : before.unread + 1;
      return { ...withMessage(cleared, "remote", operation.text, now), unread };
    }
  }
}

/** A place at which text is missing: one for any number of lost texts in a row, so that a flood leaves one line. */
function withGap(before: Conversation, now: number): Conversation {
  const last = before.messages.at(-1);
  return last?.from === "remote" && last.text === ""
    ? before
    : withMessage(before, "remote", "", now);
}

function withMessage(
  before: Conversation,
  from: TextMessage["from"],
  text: string,
  at: number,
): Conversation {
  const message = { id: before.nextId, from, text, at, isSent: from === "remote" };
  const all = [...before.messages, message];
  const isCut = all.length > textLimits.messages;
  // Never one that still waits to be sent: those are few.
  const oldest = isCut ? all.findIndex(({ isSent }) => isSent) : -1;
  const messages = all.filter((_, index) => index !== oldest);
  return { ...before, messages, isCut: before.isCut || isCut, nextId: before.nextId + 1 };
}

/** Own messages that wait are not dropped: above their number nothing more is taken, and the line stays. */
function sendMessage(before: Conversation, given: string, now: number): TextStep {
  const text = plainText(given, textLimits.message).trim();
  const waiting = before.messages.filter(({ isSent }) => !isSent);
  if (text === "" || waiting.length >= textLimits.waiting) return [before, []];
  return flush(withMessage({ ...before, ownLine: "" }, "local", text, now));
}

/** Sends what is due: a waiting message, or the change of the line. One at a time, and not before the pause is over. */
function flush(before: Conversation): TextStep {
  if (!before.isPossible || !before.isOnline || before.isPausing) return [before, []];
  const waiting = before.messages.find(({ isSent }) => !isSent);
  if (waiting !== undefined) {
    const messages = before.messages.map((message) =>
      message === waiting ? { ...message, isSent: true } : message,
    );
    return sent({ ...before, messages, sentLine: "" }, { op: "say", text: waiting.text });
  }
  const line = before.sendsLive ? cut(before.ownLine, textLimits.line) : "";
  if (line === before.sentLine) return [before, []];
  return sent({ ...before, sentLine: line }, editOf(before.sentLine, line));
}

function sent(conversation: Conversation, operation: TextOperation): TextStep {
  return [
    { ...conversation, isPausing: true },
    [
      { type: "send", operation },
      { type: "pause", milliseconds: pauseMilliseconds },
    ],
  ];
}

/** Returns the edit that makes one line of the other. It erases whole letters only. */
export function editOf(before: string, after: string): Extract<TextOperation, { op: "edit" }> {
  const [old, now] = [Array.from(before), Array.from(after)];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same += 1;
  const keep = Math.min(boundary(old, same), boundary(now, same));
  return { op: "edit", keep, add: now.slice(keep).join("") };
}

/** Returns the text of a call that was resumed, for the call that goes on with it: the other side has nothing of its line. */
export function continuedFrom(conversation: Conversation): Conversation {
  return { ...conversation, theirLine: "", sentLine: "", isOnline: false, isPausing: false };
}

/** Returns the messages, for a host that asked for them. */
export function transcriptOf({ messages }: Conversation) {
  return messages
    .filter(({ text }) => text !== "")
    .map(({ from, text, at }) => Object.freeze({ from, text, at }));
}

/** Extends the character before it: combining marks, joiners, skin tones, tags of flags. */
const extending = /^(?:\p{M}|\p{EMod}|\u200C|\u200D|[\u{E0020}-\u{E007F}])/u;
const flagLetter = /^[\u{1F1E6}-\u{1F1FF}]$/u;

/** Line separators of all systems, and of T.140. */
const lineEnds = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Control characters but the line feed, lone surrogates, noncharacters, interlinear annotation. */
const controls = /[\p{Cc}\p{Cs}\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;
/** Embeddings, overrides and isolates: they would change the direction of what follows (UAX 9, trojan source). */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;
const manyMarks = new RegExp(`(\\p{M}{${textLimits.marks}})\\p{M}+`, "gu");
const manyLines = /\n{3,}/g;

/**
 * Returns any value as text that a screen can show. Removes control characters, directional marks, stacks of combining marks
 * and runs of empty lines, and cuts it to the limit. The same text again for its own result.
 *
 * @param limit characters, as code points. It never cuts a letter from its marks.
 */
export function plainText(given: unknown, limit: number): string {
  if (typeof given !== "string") return "";
  // Bounded before anything reads it: twice the limit in code units, and what is removed.
  const text = given
    .slice(0, 4 * limit)
    .replace(lineEnds, "\n")
    .replaceAll("\t", " ")
    .replace(controls, (character) => (character === "\n" ? character : ""))
    .replace(turns, "")
    .replace(manyMarks, "$1")
    .replace(manyLines, "\n\n");
  return cut(text, limit);
}

/** Returns the beginning of a text, of so many code points at most, that ends between two letters. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  return characters.slice(0, boundary(characters, limit)).join("");
}

/** Returns the last place at or before `at` that separates two letters as people see them (UAX 29, without its tables). */
export function boundary(characters: readonly string[], at: number): number {
  let place = Math.min(at, characters.length);
  while (place > 0 && !isBoundary(characters, place)) place -= 1;
  return place;
}

function isBoundary(characters: readonly string[], at: number): boolean {
  const [before = "", after = ""] = [characters[at - 1], characters[at]];
  if (after === "") return true;
  if (extending.test(after) || before === "\u200D") return false;
  if (!flagLetter.test(before) || !flagLetter.test(after)) return true;
  // Two letters are one flag: an even number of them before this place.
  let letters = 0;
  while (flagLetter.test(characters[at - 1 - letters] ?? "")) letters += 1;
  return letters % 2 === 0;
}

/** Characters (UTF-16) of a text with which a call is declined. */
const mostCharacters = 200;

/** Characters that nobody sees (Unicode category Cf), such as marks of direction, but for the joiners that letters and emoji need. */
const unseen = /[^\P{Cf}\u200C\u200D]/gu;
/** Line breaks and control characters. */
const breaks = /[\s\p{Cc}]+/gu;
/** Halves of a surrogate pair without the other. */
const halves = /\p{Cs}/gu;

/**
 * Returns the words of a person as one line of plain text, at most 200 characters long. No character, as people see them, is cut in
 * two (Unicode UAX 29).
 *
 * @returns `undefined` for no text.
 */
export function quickText(untrusted: unknown): string | undefined {
  if (typeof untrusted !== "string") return undefined;
  // The rest of a long one is not read.
  const text = untrusted
    .slice(0, 4 * mostCharacters)
    .replace(unseen, "")
    .replace(breaks, " ")
    .replace(halves, "\uFFFD")
    .trim();
  let cut = "";
  for (const character of charactersOf(text)) {
    if (cut.length + character.length > mostCharacters) break;
    cut += character;
  }
  return cut.trim() || undefined;
}

function charactersOf(text: string): readonly string[] {
  // Missing in Firefox before 125: a character of several code points may be cut there.
  const { Segmenter } = Intl as { readonly Segmenter?: typeof Intl.Segmenter };
  return Segmenter
    ? Array.from(new Segmenter().segment(text), ({ segment }) => segment)
    : Array.from(text);
}

/**
 * The rules of a call, and the text with which a person may decline it. `end` sends it; the ending and the record keep it.
 * Apart from the other rules, because the first chunk needs none of it: without this rule a call is declined without words.
 */
export function transitionWithText(model: CallModel, event: CallEvent, now: number): Step {
  const [next, effects] = transition(model, event, now);
  const { ending, record } = next;
  const text = quickText(textOf(event));
  const isDeclined = model.state !== "ended" && ending?.reason === "declined";
  if (text === undefined || !isDeclined) return [next, effects];
  return [
    { ...next, ending: { ...ending, text }, record: record && { ...record, text } },
    effects.map((effect) => withText(effect, text)),
  ];
}

function textOf(event: CallEvent): unknown {
  if (event.type === "decline") return event.text;
  return event.type === "signal" && event.message.type === "end" ? event.message.text : undefined;
}

function withText(effect: CallEffect, text: string): CallEffect {
  return effect.type === "send" && effect.body.type === "end"
    ? { ...effect, body: { ...effect.body, text } }
    : effect;
}
