// bits per output byte of a deflate stream
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { createRequire } from "node:module";
const req = createRequire("/work/main/package.json");
const acorn = req("acorn");
const file = process.argv[2];
const src = readFileSync(file);
const z = deflateRawSync(src, { level: 9 });
function inflateCost(z, n) {
  let pos = 0; const bits = (k) => { let v = 0; for (let i = 0; i < k; i++) { v |= ((z[pos >> 3] >> (pos & 7)) & 1) << i; pos++; } return v; };
  const build = (lens) => { const count = new Array(16).fill(0); for (const l of lens) count[l]++; count[0] = 0; const next = []; let code = 0; for (let b = 1; b <= 15; b++) { code = (code + count[b - 1]) << 1; next[b] = code; } const map = new Map(); lens.forEach((l, i) => { if (l) map.set(l * 65536 + next[l]++, i); }); return map; };
  const sym = (map) => { let code = 0, len = 0; for (;;) { code = (code << 1) | bits(1); len++; const s = map.get(len * 65536 + code); if (s !== undefined) return s; if (len > 15) throw 1; } };
  const cost = new Float64Array(n); let out = 0;
  const LB = [3,4,5,6,7,8,9,10,11,13,15,17,19,23,27,31,35,43,51,59,67,83,99,115,131,163,195,227,258], LE = [0,0,0,0,0,0,0,0,1,1,1,1,2,2,2,2,3,3,3,3,4,4,4,4,5,5,5,5,0];
  const DB = [1,2,3,4,5,7,9,13,17,25,33,49,65,97,129,193,257,385,513,769,1025,1537,2049,3073,4097,6145,8193,12289,16385,24577], DE = [0,0,0,0,1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,11,11,12,12,13,13];
  let final = 0, header = 0;
  while (!final) {
    const s0 = pos; final = bits(1); const t = bits(2);
    let L, D;
    if (t === 2) { const hl = bits(5) + 257, hd = bits(5) + 1, hc = bits(4) + 4; const o = [16,17,18,0,8,7,9,6,10,5,11,4,12,3,13,2,14,1,15]; const cl = new Array(19).fill(0); for (let i = 0; i < hc; i++) cl[o[i]] = bits(3); const cm = build(cl); const lens = []; while (lens.length < hl + hd) { const s = sym(cm); if (s < 16) lens.push(s); else if (s === 16) { const r = bits(2) + 3, v = lens.at(-1); for (let i = 0; i < r; i++) lens.push(v); } else if (s === 17) { const r = bits(3) + 3; for (let i = 0; i < r; i++) lens.push(0); } else { const r = bits(7) + 11; for (let i = 0; i < r; i++) lens.push(0); } } L = build(lens.slice(0, hl)); D = build(lens.slice(hl)); } else throw new Error("t" + t);
    header += pos - s0;
    for (;;) { const p = pos; const s = sym(L); if (s < 256) { cost[out++] = pos - p; } else if (s === 256) break; else { const l = LB[s - 257] + bits(LE[s - 257]); const d = sym(D); bits(DE[d]); const c = (pos - p) / l; for (let i = 0; i < l; i++) cost[out++] = c; } }
  }
  return { cost, header, out };
}
const { cost, header } = inflateCost(z, src.length);
const text = src.toString("latin1"); // byte offsets
const kinds = new Map(); const names = new Map();
const add = (k, a, b, n) => { let c = 0; for (let i = a; i < b; i++) c += cost[i]; kinds.set(k, (kinds.get(k) ?? 0) + c); if (n !== undefined) { const e = names.get(k + " " + n) ?? [0, 0]; e[0] += c; e[1]++; names.set(k + " " + n, e); } };
const toks=[];

import { TraceMap, decodedMappings } from "@jridgewell/trace-mapping";
const map = new TraceMap(JSON.parse(readFileSync(file + ".map", "utf8")));
const utf = src.toString("utf8"); const lines = utf.split("\n"); const lineStart = []; { let b = 0; for (const l of lines) { lineStart.push(b); b += Buffer.byteLength(l) + 1; } }
const per = new Map(), perLine = new Map(), raw = new Map();
decodedMappings(map).forEach((segs, li) => { const l = lines[li]; // byte offsets per utf16 col
  const off = new Uint32Array(l.length + 1); let b = lineStart[li]; for (let i = 0; i < l.length; i++) { off[i] = b; const c = l.charCodeAt(i); b += c < 128 ? 1 : c < 2048 ? 2 : (c >= 0xd800 && c < 0xe000) ? 2 : 3; } off[l.length] = b;
  segs.forEach((s, i) => { const a = off[s[0]], e = off[segs[i + 1]?.[0] ?? l.length]; let c = 0; for (let k = a; k < e; k++) c += cost[k]; c /= 8; const f = s.length > 1 ? map.sources[s[1]].replace(/^.*\/(src|node_modules)\//, "$1/") : "?"; per.set(f, (per.get(f) ?? 0) + c); raw.set(f, (raw.get(f) ?? 0) + e - a); if (s.length > 1) { const k = f + ":" + (s[2] + 1); perLine.set(k, (perLine.get(k) ?? 0) + c); } }); });
const dirs = new Map(); for (const [f, c] of per) { const d = f.split("/").slice(0, 3).join("/").replace(/\/[^/]*\.(ts|js|mjs)$/, ""); dirs.set(d, (dirs.get(d) ?? 0) + c); }
const n = +process.argv[3] || 60; const show = (m, n) => console.log([...m].sort((a, b) => b[1] - a[1]).slice(0, n).map(([k, c]) => c.toFixed(0) + " " + k + (raw.has(k) ? " of " + raw.get(k) : "")).join("\n"));
console.log("DIRS"); show(dirs, 40); console.log("FILES"); show(per, n);
