/** The part of a custom elements manifest that is read here. */
interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}
interface Declaration {
  readonly tagName?: string;
  readonly cssParts?: readonly { readonly name: string }[];
  readonly slots?: readonly { readonly name: string }[];
}

/**
 * Fails where a rendered element of the kit has a part or a slot that its documentation does not name. The texts of the sources
 * are compared by test/project/manifest.test.ts; here is what only a running element shows.
 *
 * @throws {Error} naming each of them.
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
      ...parts.map((part) => `${element.localName}: part ${part} is not documented`),
      ...slots.map((slot) => `${element.localName}: slot ${slot || "(default)"} is not documented`),
    ];
  });
  if (problems.length > 0) throw new Error([...new Set(problems)].join("\n"));
}

function names(items: readonly { readonly name: string }[] = []): Set<string> {
  return new Set(items.map(({ name }) => name));
}

/** Also those inside the shadow tree of another. */
function elementsOfKit(root: ParentNode): Element[] {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.localName.startsWith("sx-") ? [element] : []),
    ...(element.shadowRoot ? elementsOfKit(element.shadowRoot) : []),
  ]);
}
