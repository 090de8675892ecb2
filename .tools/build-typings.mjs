// Writes data for editors from the manifest: VS Code's custom data, JetBrains' web-types, and the properties of each tag.
// .config/typings derives the types of frameworks from these properties. Common generators type an event as
// `CustomEvent<Event>`, and import a name twice. These types use the classes themselves, and cannot differ from them.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getWebTypesData } from "custom-element-jet-brains-integration";
import {
  getVsCodeCssCustomData,
  getVsCodeHtmlCustomData,
} from "custom-element-vs-code-integration";
import { dist, write } from "./bundle.mjs";
import { root } from "./programs.mjs";

/** Writes everything below `dist`, beside the manifest. */
export function buildTypings(manifest) {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const elements = declarations.filter(
    (declaration) => declaration.customElement && declaration.tagName,
  );
  const json = (file, value) => write(file, `${JSON.stringify(value)}\n`);
  // The generators write into what they are given.
  const copy = () => structuredClone(manifest);
  json("html-custom-data.json", JSON.parse(getVsCodeHtmlCustomData(copy())));
  json("css-custom-data.json", JSON.parse(getVsCodeCssCustomData(copy())));
  json("web-types.json", { ...JSON.parse(getWebTypesData(copy())), name, version });
  cpSync(join(root, ".config/typings"), join(dist, "typings"), { recursive: true });
  write("typings/props.d.ts", propsOf(elements));
}

const comment = (text) => `  /** ${text.replace(/\s+/g, " ").replaceAll("*/", "* /")} */\n`;

function propsOf(elements) {
  const tags = elements.map(
    ({ tagName, name }) => `  "${tagName}": { element: ${name}; props: ${name}Props };`,
  );
  return `// Made of custom-elements.json by the build.
import type { ${elements.map(({ name }) => name).join(", ")} } from "../index.js";

type EventName = keyof GlobalEventHandlersEventMap & \`sx-\${string}\`;
/** A listener for each event of the kit: those of the elements inside one come out of it, too. */
export type Listeners = { [K in EventName as \`on\${K}\`]?: ((event: GlobalEventHandlersEventMap[K]) => void) | undefined };

/** By tag: the class, and what its markup may set. */
export interface Tags {
${tags.join("\n")}
}
${elements.map(propsInterface).join("\n")}
`;
}

function propsInterface({ name, description = "", members = [], attributes = [], events = [] }) {
  // Every element has these already.
  const isOwn = (member) => member.name !== "lang" && member.name !== "dir";
  const fields = members.filter(
    (member) => member.kind === "field" && !member.readonly && isOwn(member),
  );
  const isField = (key) => fields.some((field) => field.name === key);
  const others = attributes.filter((each) => !isField(each.name) && isField(each.fieldName));
  const lines = [
    ...fields.map((field) => [field, field.name, `${name}["${field.name}"]`]),
    ...others.map((each) => [each, each.name, `${name}["${each.fieldName}"]`]),
    ...events.map((event) => [event, `on${event.name}`, `Listeners["on${event.name}"]`]),
  ].map(
    ([{ description: text = "" }, key, type]) =>
      `${comment(text)}  ${JSON.stringify(key)}?: ${type} | undefined;\n`,
  );
  const head = `/** ${description.split("\n")[0]} */\nexport interface ${name}Props extends Listeners`;
  return `\n${head} {\n${lines.join("")}}`;
}
