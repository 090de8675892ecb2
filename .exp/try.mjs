import { build } from "esbuild";
import { minify } from "terser";
import ts from "typescript";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { shared, bundleOneFile } from '../.tools/bundle.mjs';
import { shortLiterals } from "../.tools/short-literals.mjs";
const source = (p) => "/work/main/src/" + p;
const changes = { "cipher-engine.ts": ['new URL("./worker.ts", import.meta.url), { type: "module", name','beside("sx-call-worker.js"), { name'], "key-shares.ts": ['import("./key-shares-fallback.ts")', "loadKeyShares()"] };
const opt = new Set(process.argv.slice(2));
const cfg = ts.readConfigFile("/work/main/tsconfig.json", ts.sys.readFile).config.compilerOptions;
const plugin = { name: "x", setup({ onLoad }) { onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
  let text = readFileSync(path, "utf8");
  const name = path.split("/").at(-1);
  if (/[\\/]crypto[\\/](?:cipher-engine|key-shares)\.ts$/.test(path)) { const [o, f] = changes[name]; text = `import { ${f.split("(")[0]} } from "../pages/beside.ts";` + text.replace(o, f); }
  if (opt.has("flat") && /(?:running-part|late-ports)\.ts$/.test(path)) { const im = []; text = text.replace(/import\(("\.[^"]+")\)/g, (_, n) => { im.push(`import * as part${im.length} from ${n};`); return `Promise.resolve(part${im.length - 1})`; }); text = im.join("\n") + text; }
  if (/elements/.test(path)) text = shortLiterals(text);
  if (opt.has("ts") && /@/.test(text)) { text = ts.transpileModule(text, { compilerOptions: { target: "es2022", module: "esnext", experimentalDecorators: true, useDefineForClassFields: false, verbatimModuleSyntax: true, importHelpers: opt.has("helpers") } }).outputText; return { contents: text, loader: "js" }; }
  return { contents: text, loader: "ts" }; }); } };
const { outputFiles } = await build({ ...shared, ...(opt.has("t22") && { target: ["es2022"] }), entryPoints: [source("pages/one-file.ts")], outdir: "out", plugins: [plugin], globalName: "SxCallKit" });
const size = (t) => gzipSync(t, { level: 9 }).length;
let code = outputFiles[0].text;
console.log("esbuild", code.length, size(code));
const c = { passes: 3, keep_fargs: false };
if (opt.has("unsafe")) Object.assign(c, { unsafe_arrows: true, unsafe_methods: true, unsafe_undefined: true, unsafe_symbols: true, unsafe_proto: true, unsafe_Function: false });
if (opt.has("pure")) c.pure_getters = true;
if (opt.has("noseq")) c.sequences = false;
const r = await minify(code, { ecma: 2020, compress: c, mangle: { reserved: ["SxCallKit"] }, format: { ascii_only: false } });
writeFileSync("/tmp/w/out.js", r.code);
console.log([...opt].join(" "), "terser", r.code.length, size(r.code));
