interface ElementClass extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers classes under their own tags. A tag that is taken stays as it is: a host may have registered a class of its own.
 * Without a DOM (on a server) there is nothing to register with, and nothing happens.
 */
export function register(...elements: readonly ElementClass[]): void {
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  for (const element of elements)
    if (!registry?.get(element.tagName)) registry?.define(element.tagName, element);
}
