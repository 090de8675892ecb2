/** Name of the kit's Trusted Types policy, for `trusted-types` in a Content-Security-Policy. */
export const policyName = "sx-call-kit";

/**
 * Where a worker's script is: an address, or W3C `TrustedScriptURL`, one that a policy of the page has approved. As text that is the
 * address.
 */
export type ScriptAddress = URL | { toJSON(): string };

/** W3C Trusted Types: absent in TypeScript's DOM library and in some engines. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/**
 * Starts the frame worker at an address. A worker must be of the page's origin, but may import from another one (WHATWG HTML,
 * "dedicated workers"). A script of another origin is therefore imported by a small script of the page's.
 *
 * @param kind type of the script. A bundled frame worker runs as either. For a page from `file:`, Chromium 156 starts a
 *   classic script from a `blob:`, but no module.
 * @throws {DOMException} or `TypeError` as `new Worker()` does, also where the page's policy forbids it.
 */
export function startWorkerAt(given: ScriptAddress, kind: WorkerType = "module"): Worker {
  const address = new URL(given.toJSON(), document.baseURI);
  const name = "sx-call frames";
  // Its own, and not that of its address: the text of a frame has none.
  const isForeign = /^https?:$/.test(address.protocol) && address.origin !== origin;
  if (isForeign) {
    const where = JSON.stringify(address.href);
    const isModule = kind === "module";
    return startWorkerText(
      isModule ? `import ${where};` : `importScripts(${where});`,
      isModule ? "module" : "classic",
    );
  }
  const type = address.protocol === "blob:" ? "classic" : kind;
  // A URL that the page's own policy has created is left unchanged.
  const trusted = given instanceof URL ? trust(address.href) : (given as unknown as string);
  return new Worker(trusted, { type, name });
}

/** Starts a worker from its text, which needs `worker-src blob:` where the page has a policy. @throws as `new Worker()` does. */
export function startWorkerText(text: string, type: WorkerType = "classic"): Worker {
  const local = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const revoke = () => {
    URL.revokeObjectURL(local);
  };
  try {
    const worker = new Worker(trust(local), { type, name: "sx-call frames" });
    // Once something has come of it the text has been read.
    for (const event of ["message", "error"] as const)
      worker.addEventListener(event, revoke, { once: true });
    return worker;
  } catch (thrown) {
    revoke();
    throw thrown;
  }
}

/**
 * Approves an address by the kit's policy: only those of the kit's own parts, and for what a host has set.
 *
 * @throws {TypeError} where the page's policy does not name `sx-call-kit`.
 */
export function trust(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  // A page that names its policies allows creating each one once.
  known ??= trustedTypes.createPolicy(policyName, { createScriptURL: (given) => given });
  return known.createScriptURL(address);
}

let known: ReturnType<TrustedTypes["createPolicy"]> | undefined;
