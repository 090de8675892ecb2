// Builds the classic scripts of `dist/`. `sx-call-kit.iife.js` is the kit for a page without modules, also from `file:`. Next
// to it are the frame worker, started by URL, and the fallback for key shares, loaded by older engines only. `dist/call.html`
// is a page with them for a WebView.
import { createHash } from "node:crypto";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dist } from "./bundle.mjs";
import { root } from "./programs.mjs";

/** A script is one piece: what an app with modules loads later is in it. */
const atOnce = {
  "elements/call-view/in-call/load-in-call-chunk.js": "pages/stand-ins/chunks-at-once.js",
  "elements/incoming-call/load-decline-texts.js": "pages/stand-ins/chunks-at-once.js",
  "elements/call-view/load-late-chunks.js": "pages/stand-ins/chunks-at-once.js",
};

/** Modules that load files by URL next to the script. */
const besideScript = {
  "crypto/worker/shipped-worker.js": "pages/stand-ins/beside.js",
  "crypto/agreement/load-key-shares-fallback.js": "pages/stand-ins/beside.js",
};

const scripts = {
  "sx-call-kit.iife.js": {
    entry: "pages/one-file.js",
    globalName: "SxCallKit",
    standIns: { ...atOnce, ...besideScript },
  },
  "sx-call-host.iife.js": { entry: "pages/host-file.js", globalName: "SxCallHost" },
  "sx-call-worker.js": { entry: "crypto/worker/worker.js" },
  "sx-call-sw.js": { entry: "hosts/notifications/call-notifications-worker.js" },
  "call.js": { entry: "pages/call.js" },
  "sx-call-key-shares.js": {
    entry: "crypto/agreement/key-shares-fallback.js",
    globalName: "SxCallKeyShares",
  },
};

/** The globals of the two scripts that export, and the modules whose exports they have. */
const globals = {
  "sx-call-kit.iife.d.ts": ["SxCallKit", "./index.js"],
  "sx-call-host.iife.d.ts": [
    "SxCallHost",
    "./hosts/bridge/connect-host.js",
    "./hosts/transports/auto.js",
  ],
};

/** @returns {Promise<Map<string, { code: string, map: string, packages: string[] }>>} the scripts by their names. */
export async function bundleScripts() {
  const bundled = Object.entries(scripts).map(async ([name, options]) => [
    name,
    await bundle(name, { ...options, entry: join(dist, options.entry) }),
  ]);
  return new Map(await Promise.all(bundled));
}

/** Writes the rest beside the scripts: their hashes, the types of their globals and the page. */
export function writeBesideScripts(bundled) {
  const hashes = [...bundled].map(([name, { code }]) => [
    name,
    `sha384-${createHash("sha384").update(code).digest("base64")}`,
  ]);
  writeFileSync(
    join(dist, "integrity.json"),
    `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`,
  );
  for (const [name, [global, ...modules]] of Object.entries(globals)) {
    const type = modules.map((module) => `typeof import("${module}")`).join(" & ");
    const text = `declare global {\n  const ${global}: ${type};\n}\nexport {};\n`;
    writeFileSync(join(dist, name), text);
  }
  for (const name of ["call.html", "call.css"])
    copyFileSync(join(root, "src/pages/call", name), join(dist, name));
}
