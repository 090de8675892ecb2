// Writes the paths of the icons into src/elements/shared/*icons.ts from Phosphor's filled icons, with the icons in use only.
// The 38 MB package stays a development dependency, and nothing is loaded at run time. Run it after a change of
// .config/icons.json, which has a list for each chunk of the kit: our name of an icon, and theirs. ` bold`: lines, where there
// is no body to fill. ` + `: what is drawn besides; the way round of a circle makes it a hole.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { optimize } from "svgo";
import { root } from "./programs.mjs";

/** Their grid has 256 units. Whole numbers of this one are a fifth lighter, and nobody sees the quarter of a pixel. */
const grid = 96;

const phosphor = (file) =>
  readFileSync(join(root, "node_modules/@phosphor-icons/core", file), "utf8");

const overrides = { convertPathData: { floatPrecision: 0, transformPrecision: 5 } };
const svgo = { multipass: true, plugins: [{ name: "preset-default", params: { overrides } }] };

/** @returns {string} the path of an icon, in whole units of the grid. */
function pathOf(source) {
  const [icon, addition = ""] = source.split(" + ");
  const [name, weight = "fill"] = icon.split(" ");
  const [, drawn] = / d="([^"]+)"/.exec(phosphor(`assets/${weight}/${name}-${weight}.svg`));
  const path = `<path transform="scale(${grid / 256})" d="${drawn}${addition}"/>`;
  const { data } = optimize(`<svg xmlns="http://www.w3.org/2000/svg">${path}</svg>`, svgo);
  const [, found] = /<path d="([^"]+)"\/>/.exec(data) ?? [];
  if (found === undefined) throw new Error(`${name} is more than a path: ${data}`);
  return found;
}

const { version } = JSON.parse(phosphor("package.json"));
const licence = phosphor("LICENSE").trim().split(/\r?\n/);
const head = [
  `Made by .tools/make-icons.mjs from @phosphor-icons/core ${version} (https://phosphoricons.com). Do not edit the table.`,
  "",
  ...licence,
].map((line) => `// ${line}`.trimEnd());
const names = JSON.parse(readFileSync(join(root, ".config/icons.json"), "utf8"));
for (const [file, icons] of Object.entries(names)) {
  const paths = Object.entries(icons).map(
    ([name, source]) => `  ${JSON.stringify(name)}: "${pathOf(source)}",`,
  );
  const path = join(root, "src/elements/shared", `${file}.ts`);
  const text = readFileSync(path, "utf8").replace(
    /\/\/ Made by [^]*?(?=\n(?:export )?const \w+ = \{)([^{]*\{)[^}]*/,
    (_, declared) => [...head, `/* prettier-ignore */${declared}`, ...paths, ""].join("\n"),
  );
  writeFileSync(path, text);
}
