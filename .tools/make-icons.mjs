// Writes src/elements/shared/icons.ts and first-icons.ts from lucide-static: only the drawings the elements use, so that the 67 MB package stays a
// development dependency and nothing is fetched. Run it after changing the list: node .tools/make-icons.mjs
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = `
  arrow-down-left arrow-left-right arrow-up-right bell-off bluetooth circle-check circle-x
  ellipsis expand headphones keyboard lock lock-keyhole maximize mic mic-off monitor-up pause
  phone phone-incoming phone-missed phone-off phone-outgoing picture-in-picture-2 play
  shield-alert shield-check shield-ellipsis shield-half shield-off switch-camera triangle-alert
  video video-off volume-2 wifi-off x
`
  .trim()
  .split(/\s+/);

/** What is drawn before a call runs: no more of them are in what a page loads first. */
const firstNames = ["phone", "triangle-alert", "video"];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packageFile = createRequire(import.meta.url).resolve("lucide-static/package.json");
const { version } = JSON.parse(await readFile(packageFile, "utf8"));
const licence = await readFile(join(dirname(packageFile), "LICENSE"), "utf8");
// The whole licence (ISC, and MIT for the drawings that come from Feather) but the list of Feather's drawings.
const notice = licence
  .trim()
  .split("\n\n")
  .filter((paragraph) => !paragraph.startsWith("airplay"))
  .join("\n\n")
  .replace(/^/gm, "// ")
  .replace(/ +$/gm, "");

const drawings = new Map(
  await Promise.all(
    names.map(async (name) => {
      const source = await readFile(join(dirname(packageFile), "icons", `${name}.svg`), "utf8");
      const inner = source
        .match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1]
        .replace(/\s+/g, " ")
        .trim();
      return [name, `  "${name}": svg\`${inner}\`,`];
    }),
  ),
);
const list = (wanted) => wanted.map((name) => drawings.get(name)).join("\n");
const made = `// Made by .tools/make-icons.mjs from lucide-static ${version} (https://lucide.dev). Do not edit.
//
${notice}
import { svg } from "lit";
`;

await writeFile(
  join(root, "src/elements/shared/first-icons.ts"),
  `${made}
/* prettier-ignore */
export const firstDrawings = {
${list(firstNames)}
};
`,
);
await writeFile(
  join(root, "src/elements/shared/icons.ts"),
  `${made}import { firstDrawings } from "./first-icons.ts";

/* prettier-ignore */
export const drawings = {
  ...firstDrawings,
${list(names.filter((name) => !firstNames.includes(name)))}
};

/** The name of a drawing. */
export type IconName = keyof typeof drawings;
`,
);
