/** Name of the kit's Trusted Types policy, for `trusted-types` in a Content-Security-Policy. */
export const policyName = "sx-call-kit";

/** W3C Trusted Types: absent in TypeScript's DOM library and in some engines. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/**
 * Starts the frame worker at a URL of the host.
 *
 * @throws {DOMException} or `TypeError` as `new Worker()` does. Also where the script has another origin and the policy does
 * not allow `worker-src blob:`.
 */
export function startWorkerAt(address: URL): Worker {
  const name = "sx-call frames";
  // Chromium 156 starts no module from a `blob:` URL of a `file:` page, but starts a classic script. A bundled frame worker is
  // both.
  const type = address.protocol === "blob:" ? "classic" : "module";
  const isForeign = /^https?:$/.test(address.protocol) && address.origin !== location.origin;
  if (!isForeign) return new Worker(trusted(address.href), { type, name });
  // A worker has the page's origin (HTML Standard, "dedicated workers"), but may import from another one.
  const script = new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" });
  const local = URL.createObjectURL(script);
  const worker = new Worker(trusted(local), { type: "module", name });
  // The script was read once its first message arrives.
  worker.addEventListener("message", () => URL.revokeObjectURL(local), { once: true });
  return worker;
}

/** Only the host's setting and the text above reach this function. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  // A page that names its policies allows creating each one once.
  known ??= trustedTypes.createPolicy(policyName, { createScriptURL: (given) => given });
  return known.createScriptURL(address);
}

let known: ReturnType<TrustedTypes["createPolicy"]> | undefined;
