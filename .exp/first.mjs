import { build } from "esbuild"; import { gzipSync } from "node:zlib";
const entry = process.argv[2] ?? "sx-call-view.js";
const { metafile, outputFiles } = await build({ absWorkingDir: "/work/main", entryPoints: ["dist/define/" + entry], outdir: "o", write: false, bundle: true, splitting: true, minify: true, metafile: true, format: "esm", target: "es2022", external: ["lit", "lit/*", "valibot", "@shoelace-style/localize", "*/key-shares-fallback.js"] });
const out = metafile.outputs; const first = new Set(Object.keys(out).filter((p) => out[p].entryPoint?.endsWith("/" + entry))); for (const p of first) for (const { path, kind, external } of out[p].imports) if (kind === "import-statement" && !external) first.add(path);
let total = 0; const rows = []; for (const p of first) { const f = outputFiles.find((o) => o.path.endsWith(p)); const g = gzipSync(f.contents, { level: 9 }).length; total += g; console.log(p, f.contents.length, g); for (const [k, v] of Object.entries(out[p].inputs)) rows.push([v.bytesInOutput, k]); }
console.log("first", total); console.log(rows.sort((a, b) => b[0] - a[0]).slice(0, 90).map(([b, k]) => b + " " + k.replace("dist/", "")).join("\n"));
