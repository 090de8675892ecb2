import axe from "axe-core";

/** Changes the appearance of a story. Returns a function that restores it. */
type Look = (canvas: HTMLElement) => () => void;

const dark: Look = ({ style }) => {
  const before = style.colorScheme;
  style.colorScheme = "dark";
  return () => {
    style.colorScheme = before;
  };
};

/** A page cannot set `prefers-contrast`, so its media rules are made to apply always. */
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

/** Parts already measured in this page: their colours are the same in the next story. */
const measured = new Set<string>();

/**
 * Fails if axe finds text with too little contrast in another appearance than the story's own, which the accessibility addon
 * checks. Skips a story whose parts were all measured before.
 *
 * @throws {Error} naming each finding.
 */
export async function checkContrast(canvas: HTMLElement): Promise<void> {
  const shown = partsIn(canvas).filter((part) => !measured.has(part));
  if (shown.length === 0) return;
  for (const part of shown) measured.add(part);
  for (const [name, look] of looks) {
    const takeBack = look(canvas);
    // Colours during an animation are not measured.
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

/** Returns each part with its tag, or the tag alone for an element without parts. */
function partsIn(canvas: HTMLElement): string[] {
  return roots(canvas).flatMap((root) => {
    if (!(root instanceof ShadowRoot)) return [];
    const { localName } = root.host;
    const parts = [...root.querySelectorAll("[part]")].flatMap(({ part }) => [...part]);
    return [localName, ...parts.map((part) => `${localName}::${part}`)];
  });
}

/** Elements share style sheets: each is returned once. */
function mediaRules(canvas: HTMLElement): CSSMediaRule[] {
  const sheets = new Set(roots(canvas).flatMap(({ adoptedStyleSheets }) => adoptedStyleSheets));
  return [...sheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule);
}

/** Returns the page and every shadow tree in the story. */
function roots(canvas: HTMLElement): (Document | ShadowRoot)[] {
  const inside = (root: ParentNode): ShadowRoot[] =>
    [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
      shadowRoot ? [shadowRoot, ...inside(shadowRoot)] : [],
    );
  return [document, ...inside(canvas)];
}
