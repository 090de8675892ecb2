/** The required part of a custom elements manifest. */
interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}
interface Declaration {
  readonly tagName?: string;
  readonly cssParts?: readonly { readonly name: string }[];
  readonly slots?: readonly { readonly name: string }[];
}

/**
 * Fails if a rendered element of the kit has an undocumented part or slot, or one part name for two kinds of things. test/project/manifest.test.ts compares the sources;
 * this checks running elements.
 *
 * @throws {Error} naming each finding.
 */
export function checkDocumented(within: HTMLElement, manifests: readonly object[]): void {
  const declarations = (manifests as readonly Manifest[])
    .flatMap(({ modules }) => modules)
    .flatMap((module) => module.declarations ?? []);
  const problems = elementsOfKit(within).flatMap((element) => {
    const declaration = declarations.find(({ tagName }) => tagName === element.localName);
    if (!declaration) return [`${element.localName} is not in the manifest`];
    const inside = [...(element.shadowRoot?.querySelectorAll("*") ?? [])];
    const parts = inside
      .flatMap((node) => [...node.part])
      .filter((part) => !names(declaration.cssParts).has(part));
    const slots = inside
      .filter((node) => node instanceof HTMLSlotElement)
      .map((slot) => slot.name)
      .filter((slot) => !names(declaration.slots).has(slot));
    return [
      ...mixedParts(inside).map((part) => `${element.localName}: part ${part} names two things`),
      ...parts.map((part) => `${element.localName}: part ${part} is not documented`),
      ...slots.map((slot) => `${element.localName}: slot ${slot || "(default)"} is not documented`),
    ];
  });
  if (problems.length > 0) throw new Error([...new Set(problems)].join("\n"));
}

/** Parts that are something to press at one place of a shadow tree and nothing to press at another. */
function mixedParts(inside: readonly Element[]): string[] {
  const kinds = new Map<string, Set<string>>();
  for (const node of inside) {
    const kind = ["button", "input", "label", "a"].includes(node.localName)
      ? node.localName
      : "box";
    for (const part of node.part) kinds.set(part, (kinds.get(part) ?? new Set()).add(kind));
  }
  return [...kinds].filter(([, found]) => found.size > 1).map(([part]) => part);
}

function names(items: readonly { readonly name: string }[] = []): Set<string> {
  return new Set(items.map(({ name }) => name));
}

/** Includes elements in the shadow trees of others. */
function elementsOfKit(root: ParentNode): Element[] {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.localName.startsWith("sx-") ? [element] : []),
    ...(element.shadowRoot ? elementsOfKit(element.shadowRoot) : []),
  ]);
}
