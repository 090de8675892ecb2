/** The name of the kit's Trusted Types policy, for `trusted-types` in a page's Content-Security-Policy. */
export const policyName = "sx-call-kit";

/** W3C Trusted Types: not in TypeScript's DOM library, nor in every engine. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/**
 * Starts the frame worker at an address of the host's.
 *
 * @throws {DOMException} or `TypeError` as `new Worker()` does, also where the page's policy allows no `worker-src blob:` and the script
 * is of another origin.
 */
export function startWorkerAt(address: URL): Worker {
  const name = "sx-call frames";
  // Chromium 156 starts no module from a `blob:` of a page from `file:`, but does start a classic script. A frame worker, once
  // bundled, is either.
  const type = address.protocol === "blob:" ? "classic" : "module";
  const isForeign = /^https?:$/.test(address.protocol) && address.origin !== location.origin;
  if (!isForeign) return new Worker(trusted(address.href), { type, name });
  // A worker is of the page's origin (WHATWG HTML, "dedicated workers"); what it imports may be of another.
  const script = new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" });
  const local = URL.createObjectURL(script);
  const worker = new Worker(trusted(local), { type: "module", name });
  // Once its first message is there the text has been read.
  worker.addEventListener("message", () => URL.revokeObjectURL(local), { once: true });
  return worker;
}

/** The only addresses that come here are the host's own setting and the text above. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  // A page that names its policies lets each be made once.
  known ??= trustedTypes.createPolicy(policyName, { createScriptURL: (given) => given });
  return known.createScriptURL(address);
}

let known: ReturnType<TrustedTypes["createPolicy"]> | undefined;
