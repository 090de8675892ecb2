// Several changes of one text at once, by their places in it.

/**
 * @param {string} text
 * @param {{ from: number, to: number, text: string }[]} edits places that do not overlap, and what stands there instead.
 * @returns {string} the text with all of them.
 */
export function edited(text, edits) {
  let result = text;
  // From the end: the places before stay where they are.
  for (const { from, to, text: fresh } of edits.toSorted((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + fresh + result.slice(to);
  }
  return result;
}
