// Writes src/elements/shared/icons.ts and first-icons.ts from lucide-static, with the icons in use only: the 67 MB package
// stays a development dependency, and nothing is loaded at run time. Run it after a change of the list: node
// .tools/make-icons.mjs
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "./programs.mjs";

const names = `
  a-large-small arrow-down-left arrow-left-right arrow-up arrow-up-right bell-off bluetooth chevron-up circle-check circle-x
  ellipsis expand headphones keyboard lock lock-keyhole maximize message-square-text mic mic-off monitor-up pause
  phone phone-incoming phone-missed phone-off phone-outgoing picture-in-picture-2 play
  shield-alert shield-check shield-ellipsis shield-half shield-off switch-camera triangle-alert
  user-x video video-off volume-2 wifi-off x
`
  .trim()
  .split(/\s+/);

/** The icons that are shown before a call runs: only these are in the first chunk. */
const firstNames = ["phone", "triangle-alert", "video"];

const packageFile = createRequire(import.meta.url).resolve("lucide-static/package.json");
const { version } = JSON.parse(await readFile(packageFile, "utf8"));
const licence = await readFile(join(dirname(packageFile), "LICENSE"), "utf8");
// The whole licence (ISC, and MIT for the icons that come from Feather) but the list of Feather's icons.
const notice = licence
  .trim()
  .split("\n\n")
  .filter((paragraph) => !paragraph.startsWith("airplay"))
  .join("\n\n")
  .replace(/^/gm, "// ")
  .replace(/ +$/gm, "");

const icons = new Map(
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
const list = (wanted) => wanted.map((name) => icons.get(name)).join("\n");
const made = `// Made by .tools/make-icons.mjs from lucide-static ${version} (https://lucide.dev). Do not edit.
//
${notice}
`;

await writeFile(
  join(root, "src/elements/shared/first-icons.ts"),
  `${made}import { html, svg, type TemplateResult } from "lit";

/* prettier-ignore */
export const firstIcons = {
${list(firstNames)}
};

/** Renders an icon in the colour of the text. Hidden from screen readers: the text next to it has the same meaning. */
export const renderIcon = (shape: unknown, variant: string): TemplateResult =>
  html\`<svg class="icon \${variant}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    \${shape}
  </svg>\`;

/** An icon of the first chunk. */
export const firstIcon = (name: keyof typeof firstIcons, variant = ""): TemplateResult =>
  renderIcon(firstIcons[name], variant);
`,
);
await writeFile(
  join(root, "src/elements/shared/icons.ts"),
  `${made}import { svg, type TemplateResult } from "lit";
import { firstIcons, renderIcon } from "./first-icons.ts";

/* prettier-ignore */
const icons = {
  ...firstIcons,
${list(names.filter((name) => !firstNames.includes(name)))}
};

export type IconName = keyof typeof icons;

/** Any icon of the kit. */
export const icon = (name: IconName, variant = ""): TemplateResult => renderIcon(icons[name], variant);
`,
);
