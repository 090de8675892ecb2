import type { loadKeySharesFallback as replaced } from "../../crypto/agreement/load-key-shares-fallback.ts";
import { trust } from "../../crypto/worker/worker-address.ts";
import { beside, ownScript } from "../beside.ts";

type KeySharesFallback = Awaited<ReturnType<typeof replaced>>;

/** Assigned by `sx-call-key-shares.js`. */
declare global {
  var SxCallKeyShares: KeySharesFallback | undefined;
}

/** For the one file, with the fallback as a classic script in the same folder: a page from `file:` cannot import modules. */
export const loadKeySharesFallback: typeof replaced = () =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // A content security policy may require a nonce.
    script.nonce = ownScript?.nonce ?? "";
    script.src = trust(beside("sx-call-key-shares.js").href);
    const settle = () => {
      script.remove();
      if (globalThis.SxCallKeyShares) resolve(globalThis.SxCallKeyShares);
      else reject(new Error("The fallback for key shares did not load."));
    };
    script.addEventListener("load", settle);
    script.addEventListener("error", settle);
    document.head.append(script);
  });
