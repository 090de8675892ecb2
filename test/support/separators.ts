/** What the middle dots between the facts of a call stand between, as seen: nothing of it depends on how they are drawn. */

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A dot of less than this is not seen; a fact of less than this is not read. */
const [least, readable] = [1, 6];

/**
 * Returns the faults of the separators of one call: at an edge of a line, two in a row, cut in half.
 *
 * @param about the element around all words of a call, which may cut them.
 */
export function separatorFaults(about: HTMLElement): string[] {
  const facts = about.querySelector<HTMLElement>(".facts")!;
  const isRtl = getComputedStyle(about).direction === "rtl";
  const clip = (element: HTMLElement) => {
    const { left, right, top, bottom } = seenBox(element, about);
    return isRtl
      ? { start: -right, end: -left, top, bottom }
      : { start: left, end: right, top, bottom };
  };
  const words: Piece[] = [];
  const dots: (Piece & { readonly half: boolean })[] = [];
  const time = about.querySelector("time");
  const all = [...facts.children] as HTMLElement[];
  if (time !== null && !all.includes(time)) all.unshift(time);
  for (const fact of all) {
    const style = getComputedStyle(fact);
    if (style.clipPath !== "none" || style.display === "none") continue;
    const full = fact.getBoundingClientRect();
    const line = Math.round((full.top + full.bottom) / 2);
    const box = clip(fact);
    if (box.bottom - box.top < 2) continue;
    const content = contentOf(fact);
    const [from, to] = isRtl ? [-content.right, -content.left] : [content.left, content.right];
    const piece = { start: Math.max(from, box.start), end: Math.min(to, box.end), line };
    if (piece.end - piece.start >= readable) words.push(piece);
    if (!/[^\s"]/.test(dotOf(fact))) continue;
    // The dot is in the middle of what is before the words.
    const edge = isRtl ? -full.right : full.left;
    const middle = (edge + from) / 2;
    const dot = { start: middle - 1, end: middle + 1, line };
    const [start, end] = [Math.max(dot.start, box.start), Math.min(dot.end, box.end)];
    if (end - start < least) continue;
    dots.push({ start, end, line, half: end - start < 1.9 });
  }
  return dots.flatMap(({ start, line, half }) => {
    const near = (piece: Piece) => Math.abs(piece.line - line) < 8;
    const before = words.filter((piece) => near(piece) && piece.end <= start + 1);
    const after = words.filter((piece) => near(piece) && piece.start >= start - 1);
    const beside = dots.filter((dot) => near(dot) && dot.start < start);
    const last = Math.max(...before.map(({ end }) => end));
    return [
      ...(half ? ["a separator is cut"] : []),
      ...(before.length === 0 ? ["a separator is the first of its line"] : []),
      ...(after.length === 0 ? ["a separator is the last of its line"] : []),
      ...(before.length > 0 && beside.some((dot) => dot.start > last) ? ["two separators"] : []),
    ];
  });
}

/** The separator before a fact as drawn; the words that are read in its place are behind the slash. */
const dotOf = (fact: Element): string => {
  const { content } = getComputedStyle(fact, "::before");
  return content === "none" || content === "normal" ? "" : content.split(" / ")[0]!;
};

/** The words and the icons of a fact, without what is drawn before them. */
function contentOf(fact: HTMLElement): DOMRect {
  const boxes: DOMRect[] = [];
  const walk = document.createTreeWalker(fact, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    if (node instanceof Element) {
      if (node.localName === "svg") boxes.push(node.getBoundingClientRect());
      continue;
    }
    const within = node.parentElement!;
    if (within.closest(".words") !== null && getComputedStyle(within).clipPath !== "none") continue;
    if (node.textContent!.trim() === "") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    boxes.push(range.getBoundingClientRect());
  }
  const seen = boxes.filter(({ width }) => width > 0);
  const left = Math.min(...seen.map((box) => box.left));
  const right = Math.max(...seen.map((box) => box.right));
  return new DOMRect(left, 0, right - left, 0);
}

function seenBox(element: HTMLElement, outermost: HTMLElement) {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
    if (getComputedStyle(at).overflowX !== "visible") {
      const by = at.getBoundingClientRect();
      left = Math.max(left, by.left);
      right = Math.min(right, by.right);
      top = Math.max(top, by.top);
      bottom = Math.min(bottom, by.bottom);
    }
    if (at === outermost) break;
  }
  return { left, top, right, bottom };
}
