import { adoptStyles, supportsAdoptingStyleSheets, type CSSResultOrNative } from "lit";

/** Requirements on an element whose styles grow with a later chunk. */
export interface StylesHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly ownerDocument: Document;
  shownStyles: readonly CSSResultOrNative[] | null;
  adoptedCallback(): void;
}

/** Gives an element other styles than those of its class. A host's subclass may render elsewhere, and keeps its own then. */
export function showStyles(host: StylesHost, styles: readonly CSSResultOrNative[]): void {
  if (!(host.renderRoot instanceof ShadowRoot)) return;
  host.shownStyles = styles;
  if (host.ownerDocument === document) addStyles(host.renderRoot, [...styles]);
  else host.adoptedCallback();
}

/** Keeps style sheets that a host has added to the root, after the kit's own. */
function addStyles(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  // Safari before 16.4 uses style elements, which stay.
  const before = supportsAdoptingStyleSheets ? [...root.adoptedStyleSheets] : [];
  adoptStyles(root, styles);
  if (before.length === 0) return;
  const own = root.adoptedStyleSheets;
  root.adoptedStyleSheets = [...own, ...before.filter((sheet) => !own.includes(sheet))];
}
