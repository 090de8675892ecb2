/** The running classic script. `document.currentScript` is set during its evaluation only. */
export const ownScript =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** Returns the URL of a file in the folder of this script, or of the page for an inline script. */
export const beside = (name: string): URL =>
  new URL(name, new URL(ownScript?.src ?? "", document.baseURI));
