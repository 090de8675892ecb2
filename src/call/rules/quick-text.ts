import type { CallEffect, CallEvent } from "../events.ts";
import type { CallModel } from "../state/model.ts";
import { transition } from "./transition.ts";
import type { Step } from "./step.ts";

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
 * The rules of a call, and the words with which one person may decline it: sent by `end`, and kept in the ending and the record.
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
