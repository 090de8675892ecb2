import { isServer } from "lit";

interface ElementClass extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers classes under their tags. A tag already registered is left alone, because a host may have its own class. Does
 * nothing on a server, also where a DOM shim has a registry: the server renders the empty tag.
 */
export function register(...elements: readonly ElementClass[]): void {
  // True in Lit's build for Node.
  if (isServer as boolean) return;
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  for (const element of elements)
    if (!registry?.get(element.tagName)) registry?.define(element.tagName, element);
}
