/** The running classic script. `document.currentScript` is set only while the script is evaluated. */
export const ownScript =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** Returns the address of a file in the folder of this script, or of the page where the script is inline. */
export const beside = (name: string): URL =>
  new URL(name, new URL(ownScript?.src ?? "", document.baseURI));
