import axe from "axe-core";

/** What a look changes, and how to take it back. */
type Look = (canvas: HTMLElement) => () => void;

const dark: Look = ({ style }) => {
  const before = style.colorScheme;
  style.colorScheme = "dark";
  return () => {
    style.colorScheme = before;
  };
};

/** A page cannot ask for `prefers-contrast`, so the rules for it are made to hold always. */
const highContrast: Look = (canvas) => {
  const changed = mediaRules(canvas).filter(({ conditionText }) =>
    conditionText.includes("prefers-contrast"),
  );
  const before = changed.map(({ conditionText }) => conditionText);
  for (const { media } of changed) media.mediaText = "all";
  return () => {
    for (const [index, { media }] of changed.entries()) media.mediaText = before[index] ?? "all";
  };
};

const looks: readonly (readonly [name: string, look: Look])[] = [
  ["in the dark", dark],
  ["in high contrast", highContrast],
];

/** The parts of elements that were measured in this page: their colours are the same in the next story. */
const measured = new Set<string>();

/**
 * Fails where axe finds text that is hard to read in another look than the story's own, which the accessibility addon has checked. A
 * story that shows no part of an element that others have not shown before is left out.
 *
 * @throws {Error} naming each of them.
 */
export async function checkContrast(canvas: HTMLElement): Promise<void> {
  const shown = partsIn(canvas).filter((part) => !measured.has(part));
  if (shown.length === 0) return;
  for (const part of shown) measured.add(part);
  for (const [name, look] of looks) {
    const takeBack = look(canvas);
    // A colour on its way from one to the other is nobody's to read.
    for (const root of roots(canvas)) {
      for (const animation of root.getAnimations())
        if (animation instanceof CSSTransition) animation.finish();
    }
    try {
      const { violations } = await axe.run(canvas, {
        runOnly: ["color-contrast"],
        resultTypes: ["violations"],
      });
      const found = violations.flatMap(({ nodes }) =>
        nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ""}`),
      );
      if (found.length > 0) throw new Error(`Hard to read ${name}:\n${found.join("\n")}`);
    } finally {
      takeBack();
    }
  }
}

/** Each as the tag and the part, with the tag alone for an element without parts. */
function partsIn(canvas: HTMLElement): string[] {
  return roots(canvas).flatMap((root) => {
    if (!(root instanceof ShadowRoot)) return [];
    const { localName } = root.host;
    const parts = [...root.querySelectorAll("[part]")].flatMap(({ part }) => [...part]);
    return [localName, ...parts.map((part) => `${localName}::${part}`)];
  });
}

/** Elements share their sheets: each is named once. */
function mediaRules(canvas: HTMLElement): CSSMediaRule[] {
  const sheets = new Set(roots(canvas).flatMap(({ adoptedStyleSheets }) => adoptedStyleSheets));
  return [...sheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule);
}

/** The page, and every shadow tree in the story. */
function roots(canvas: HTMLElement): (Document | ShadowRoot)[] {
  const inside = (root: ParentNode): ShadowRoot[] =>
    [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
      shadowRoot ? [shadowRoot, ...inside(shadowRoot)] : [],
    );
  return [document, ...inside(canvas)];
}
