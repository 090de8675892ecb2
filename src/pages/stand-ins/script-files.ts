import type { loadKeySharesFallback as replacedFallback } from "../../crypto/agreement/load-key-shares-fallback.ts";
import type { shippedWorker as replacedWorker } from "../../crypto/worker/shipped-worker.ts";
import { startWorkerAt, trust } from "../../crypto/worker/worker-address.ts";

/*
 * For the one file. Its worker and the fallback for key shares are classic scripts in its own folder, because a page from
 * `file:` cannot import modules.
 */

type KeySharesFallback = Awaited<ReturnType<typeof replacedFallback>>;

/** Assigned by `sx-call-key-shares.js`. */
declare global {
  var SxCallKeyShares: KeySharesFallback | undefined;
}

/** The running classic script. `document.currentScript` is set during its evaluation only. */
const ownScript =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/**
 * Returns the URL of a file in the folder of this script, or of the page for an inline script.
 *
 * @throws {TypeError} where the page of an inline script has no folder: `about:blank`, `data:`.
 */
const besideScript = (name: string): URL =>
  new URL(name, new URL(ownScript?.src ?? "", document.baseURI));

const workerFile = "sx-call-worker.js";

export const shippedWorker: typeof replacedWorker = {
  start: () => startWorkerAt(besideScript(workerFile), "classic"),
  // Not while the script is evaluated: where there is no folder, everything else works.
  get url() {
    try {
      return besideScript(workerFile).href;
    } catch {
      return workerFile;
    }
  },
};

export const loadKeySharesFallback: typeof replacedFallback = () =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // A content security policy may require a nonce.
    script.nonce = ownScript?.nonce ?? "";
    script.src = trust(besideScript("sx-call-key-shares.js").href);
    const settle = () => {
      script.remove();
      if (globalThis.SxCallKeyShares) resolve(globalThis.SxCallKeyShares);
      else reject(new Error("The fallback for key shares did not load."));
    };
    script.addEventListener("load", settle);
    script.addEventListener("error", settle);
    document.head.append(script);
  });
