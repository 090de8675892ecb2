interface ElementClass extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers classes under their tags. A tag already registered is left alone, because a host may have its own class. Does
 * nothing without a DOM, as on a server.
 */
export function register(...elements: readonly ElementClass[]): void {
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  for (const element of elements)
    if (!registry?.get(element.tagName)) registry?.define(element.tagName, element);
}
