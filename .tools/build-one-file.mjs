// `dist/sx-call-kit.iife.js`: the kit for a page without modules, from `file:` too. Beside it lie what cannot be in it: the frame worker,
// which is started by address, and the stand-ins for key shares, which only older engines load. `dist/call.html` is a page of it for a WebView.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleOneFile, prepared } from "./bundle.mjs";
import { root } from "./programs.mjs";

const source = (path) => join(root, "src", path);
const pageFiles = ["call.html", "call.css"];

/** A sentence of a source that is another one in a classic script: where it is no longer there the build fails. */
const changes = {
  "shipped-worker.ts": [
    'new URL("./worker.ts", import.meta.url), { type: "module", name',
    'beside("sx-call-worker.js"), { name',
  ],
  "key-shares.ts": ['import("./key-shares-fallback.ts")', "loadKeyShares()"],
};

const filesBeside = {
  name: "files beside the script",
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]crypto[\\/](?:agreement|worker)[\\/](?:shipped-worker|key-shares)\.ts$/ },
      ({ path }) => {
        const [old, fresh] = changes[path.split(/[\\/]/).at(-1)];
        const text = readFileSync(path, "utf8");
        if (text.split(old).length !== 2)
          throw new Error(`${path} no longer has, or has twice: ${old}`);
        const [name] = fresh.split("(");
        const contents = prepared(
          `import { ${name} } from "../../pages/beside.ts";${text.replace(old, fresh)}`,
        );
        return { contents, loader: "ts" };
      },
    );
  },
};

/** What the two scripts export, as globals. */
const globals = {
  "sx-call-kit.iife.d.ts": ["SxCallKit", "./index.js"],
  "sx-call-host.iife.d.ts": [
    "SxCallHost",
    "./hosts/bridge/connect-host.js",
    "./hosts/transports/auto.js",
  ],
};

const bundles = {
  "sx-call-kit.iife.js": {
    entry: source("pages/one-file.ts"),
    globalName: "SxCallKit",
    plugins: [filesBeside],
  },
  "sx-call-host.iife.js": { entry: source("pages/host-file.ts"), globalName: "SxCallHost" },
  "sx-call-worker.js": { entry: source("crypto/worker/worker.ts") },
  "sx-call-sw.js": { entry: source("hosts/notifications/call-notifications-worker.ts") },
  "call.js": { entry: source("pages/call.ts") },
  "sx-call-key-shares.js": {
    entry: source("crypto/agreement/key-shares-fallback.ts"),
    globalName: "SxCallKeyShares",
  },
};

/**
 * @param {string} [folder] where they go, for tests.
 * @returns {Promise<{ sizes: string[], packages: string[] }>} their sizes in words, and the packages of others in them.
 */
export async function buildOneFile(folder = join(root, "dist")) {
  mkdirSync(folder, { recursive: true });
  const sizes = [];
  const held = new Set();
  const integrity = {};
  for (const [name, options] of Object.entries(bundles)) {
    const { code, map, packages } = await bundleOneFile({ ...options, sourcemap: true });
    for (const each of packages) held.add(each);
    const text = `${code}\n//# sourceMappingURL=${name}.map\n`;
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.map`), map);
    integrity[name] = `sha384-${createHash("sha384").update(text).digest("base64")}`;
    sizes.push(`${name} ${(gzipSync(text, { level: 9 }).length / 1000).toFixed(1)} kB gzip`);
  }
  for (const [name, [global, ...modules]] of Object.entries(globals)) {
    const type = modules.map((module) => `typeof import("${module}")`).join(" & ");
    writeFileSync(
      join(folder, name),
      `declare global {\n  const ${global}: ${type};\n}\nexport {};\n`,
    );
  }
  writeFileSync(join(folder, "integrity.json"), `${JSON.stringify(integrity, null, 2)}\n`);
  for (const name of pageFiles) copyFileSync(source(`pages/call/${name}`), join(folder, name));
  return { sizes, packages: [...held] };
}
