// Writes src/elements/shared/first-icons.ts, icons.ts and other-icons.ts from Phosphor's filled icons, with the icons in use
// only: the 38 MB package stays a development dependency, and nothing is loaded at run time. Run it after a change of the lists:
// node .tools/make-icons.mjs
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { optimize } from "svgo";
import { root } from "./programs.mjs";

/** Those that are shown before a call runs: only these are in the first chunk. */
const firstIcons = { phone: "phone", "triangle-alert": "warning", video: "video-camera" };

/** Those of a call: our name, and theirs. Bold lines where there is no body to fill. */
const callIcons = {
  "arrow-left-right": "arrows-left-right bold",
  bluetooth: "bluetooth bold",
  "chevron-up": "caret-up bold",
  ellipsis: "dots-three-outline",
  expand: "arrows-out-simple bold",
  headphones: "headphones",
  keyboard: "keyboard",
  lock: "lock-simple",
  "lock-keyhole": "lock",
  maximize: "corners-out bold",
  "message-square-text": "chat-text",
  mic: "microphone",
  "mic-off": "microphone-slash",
  "monitor-up": "monitor-arrow-up",
  pause: "pause",
  "picture-in-picture-2": "picture-in-picture",
  play: "play",
  "shield-alert": "shield-warning",
  "shield-check": "shield-check",
  // Three holes, as the set has them in others; the way round of a circle makes it a hole.
  "shield-ellipsis":
    "shield + M92 136a12 12 0 1 0 0-24a12 12 0 0 0 0 24m36 0a12 12 0 1 0 0-24a12 12 0 0 0 0 24m36 0a12 12 0 1 0 0-24a12 12 0 0 0 0 24",
  // One half filled, the other one its line.
  "shield-half": "shield bold + M128 48H40v64c0 60 40 100 88 116",
  "shield-off": "shield-slash",
  "switch-camera": "camera-rotate",
  "user-x": "user-minus",
  "video-off": "video-camera-slash",
  "volume-2": "speaker-high",
  "wifi-off": "wifi-slash",
  x: "x bold",
};

/** Those of the history, the connection check and the conversation: the page of a call without them does not have these. */
const otherIcons = {
  "a-large-small": "text-aa bold",
  "arrow-up": "arrow-up bold",
  "circle-check": "check-circle",
  "circle-x": "x-circle",
  "phone-incoming": "phone-incoming",
  "phone-missed": "phone-x",
  "phone-off": "phone-disconnect",
  "phone-outgoing": "phone-outgoing",
};

/** Their grid has 256 units. Whole numbers of this one are a fifth lighter, and nobody sees the quarter of a pixel. */
const grid = 96;

const folder = join(root, "node_modules/@phosphor-icons/core");
const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
const licence = (await readFile(join(folder, "LICENSE"), "utf8"))
  .trim()
  .replaceAll("\r", "")
  .replace(/^/gm, "// ")
  .replace(/ +$/gm, "");

/** @returns {Promise<string>} the path of an icon, in whole units of the grid. */
async function pathOf(source) {
  const [icon, addition = ""] = source.split(" + ");
  const [name, weight = "fill"] = icon.split(" ");
  const svg = await readFile(join(folder, "assets", weight, `${name}-${weight}.svg`), "utf8");
  const path = svg.match(/ d="([^"]+)"/)[1];
  const { data } = optimize(
    `<svg xmlns="http://www.w3.org/2000/svg"><path transform="scale(${grid / 256})" d="${path}${addition}"/></svg>`,
    {
      multipass: true,
      plugins: [
        {
          name: "preset-default",
          params: {
            overrides: { convertPathData: { floatPrecision: 0, transformPrecision: 5 } },
          },
        },
      ],
    },
  );
  const found = data.match(/<path d="([^"]+)"\/>/)?.[1];
  if (found === undefined) throw new Error(`${name} is more than a path: ${data}`);
  return found;
}

const list = async (icons) =>
  (
    await Promise.all(
      Object.entries(icons).map(
        async ([name, source]) => `  ${JSON.stringify(name)}: "${await pathOf(source)}",`,
      ),
    )
  ).join("\n");

const write = (name, text) =>
  writeFile(
    join(root, "src/elements/shared", name),
    `// Made by .tools/make-icons.mjs from @phosphor-icons/core ${version} (https://phosphoricons.com). Do not edit.
//
${licence}
${text}`,
  );

await write(
  "first-icons.ts",
  `import { html, type TemplateResult } from "lit";

/* prettier-ignore */
export const firstIcons = {
${await list(firstIcons)}
};

/** Renders an icon in the colour of the text. Hidden from screen readers: the text next to it has the same meaning. */
export const renderIcon = (path: string, variant: string): TemplateResult =>
  html\`<svg class="icon \${variant}" viewBox="5 5 86 86" aria-hidden="true" focusable="false">
    <path d=\${path} />
  </svg>\`;

/** An icon of the first chunk. */
export const firstIcon = (name: keyof typeof firstIcons, variant = ""): TemplateResult =>
  renderIcon(firstIcons[name], variant);
`,
);
await write(
  "icons.ts",
  `import type { TemplateResult } from "lit";
import { firstIcons, renderIcon } from "./first-icons.ts";

/* prettier-ignore */
export const icons = {
  ...firstIcons,
${await list(callIcons)}
};

export type IconName = keyof typeof icons;

/** These have a direction. */
const directed: readonly string[] = ["volume-2", "message-square-text"];

/** An icon of a call. */
export const icon = (name: IconName, variant = ""): TemplateResult =>
  renderIcon(icons[name], directed.includes(name) ? \`\${variant} directed\` : variant);
`,
);
await write(
  "other-icons.ts",
  `import type { TemplateResult } from "lit";
import { renderIcon } from "./first-icons.ts";
import { icons } from "./icons.ts";

/* prettier-ignore */
const otherIcons = {
  ...icons,
${await list(otherIcons)}
};

export type AnyIconName = keyof typeof otherIcons;

/** Any icon of the kit. */
export const anyIcon = (name: AnyIconName, variant = ""): TemplateResult =>
  renderIcon(otherIcons[name], variant);
`,
);
