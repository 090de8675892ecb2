import type * as keySharesFallback from "../crypto/agreement/key-shares-fallback.ts";

/*
 * The one file as a classic script: what it needs besides lies in the same folder, and is loaded by address. `.tools/build-one-file.mjs`
 * puts these in the place of `import.meta.url` and of the import of the stand-ins, which a page from `file:` could not load as a module.
 */

/** Known only while the script itself runs. Where it was put into a page as text, the folder of the page counts. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** @returns the address of a file beside this script. */
export const beside = (name: string): URL =>
  new URL(name, new URL(own?.src ?? "", document.baseURI));

type StandIns = typeof keySharesFallback;

/** What `sx-call-key-shares.js` leaves behind. */
declare global {
  var SxCallKeyShares: StandIns | undefined;
}

/**
 * Loads the stand-ins for key shares that the engine lacks.
 *
 * @throws where the file is not there, or the page's policy forbids it.
 */
export function loadKeyShares(): Promise<StandIns> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // For a page whose policy knows its scripts by it.
    script.nonce = own?.nonce ?? "";
    script.src = beside("sx-call-key-shares.js").href;
    const settle = () => {
      script.remove();
      if (globalThis.SxCallKeyShares) resolve(globalThis.SxCallKeyShares);
      else reject(new Error("The stand-ins for key shares did not load."));
    };
    script.addEventListener("load", settle);
    script.addEventListener("error", settle);
    document.head.append(script);
  });
}
