import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { shared } from "../.tools/bundle.mjs";
import { shortLiterals } from "../.tools/short-literals.mjs";
const source = (p) => "/work/main/src/" + p;
const changes = { "cipher-engine.ts": ['new URL("./worker.ts", import.meta.url), { type: "module", name','beside("sx-call-worker.js"), { name'], "key-shares.ts": ['import("./key-shares-fallback.ts")', "loadKeyShares()"] };
const plugin = { name: "x", setup({ onLoad }) { onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
  let text = readFileSync(path, "utf8"); const name = path.split("/").at(-1);
  if (/[\\/]crypto[\\/](?:cipher-engine|key-shares)\.ts$/.test(path)) { const [o, f] = changes[name]; text = `import { ${f.split("(")[0]} } from "../pages/beside.ts";` + text.replace(o, f); }
  if (/elements/.test(path)) text = shortLiterals(text);
  return { contents: text, loader: "ts" }; }); } };
const { outputFiles, metafile } = await build({ ...shared, format: "esm", target: ["es2022"], splitting: true, minify: false, minifySyntax: true, metafile: true, entryPoints: [source("pages/one-file.ts")], outdir: "out", plugins: [plugin] });
for (const f of outputFiles) { const p = f.path.replace("/work/main/", ""); const m = metafile.outputs[p]; console.log(p, f.text.length, m.entryPoint, m.imports.map((i) => i.kind + " " + i.path)); console.log(f.text.match(/^import[^;]*;/gm)?.slice(0, 4).join("\n").slice(0, 800)); console.log(f.text.slice(-600)); }
