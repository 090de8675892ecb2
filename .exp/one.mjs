import { buildOneFile } from "../.tools/build-one-file.mjs";
import { buildSimplexPages } from "../.tools/build-simplex.mjs";
import { mkdirSync } from "node:fs";
console.log((await buildOneFile("/tmp/w/one")).sizes.join("\n"));
if (process.argv[2]) console.log(await buildSimplexPages());
