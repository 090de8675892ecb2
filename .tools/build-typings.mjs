// Writes data for editors and frameworks from the manifest: VS Code's custom data, JetBrains' web-types, and types for React's
// JSX, Vue's templates, Svelte and Solid. Common generators type an event as `CustomEvent<Event>`, and import a name twice. These
// types use the classes themselves, and cannot differ from them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getWebTypesData } from "custom-element-jet-brains-integration";
import {
  getVsCodeCssCustomData,
  getVsCodeHtmlCustomData,
} from "custom-element-vs-code-integration";
import { dist } from "./bundle.mjs";
import { root } from "./programs.mjs";

const heading = "// Made of custom-elements.json by the build.\n";

/** Writes everything below `dist`, beside the manifest. */
export function buildTypings(manifest) {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const elements = declarations.filter(
    (declaration) => declaration.customElement && declaration.tagName,
  );
  const json = (file, value) => writeFileSync(join(dist, file), `${JSON.stringify(value)}\n`);
  // The generators write into what they are given.
  const copy = () => structuredClone(manifest);
  json("html-custom-data.json", JSON.parse(getVsCodeHtmlCustomData(copy())));
  json("css-custom-data.json", JSON.parse(getVsCodeCssCustomData(copy())));
  json("web-types.json", { ...JSON.parse(getWebTypesData(copy())), name, version });
  mkdirSync(join(dist, "typings"), { recursive: true });
  const types = {
    props: propsOf(elements),
    jsx: jsx(elements),
    vue: vue(elements),
    svelte: svelte(elements),
    solid: solid(elements),
  };
  for (const [file, text] of Object.entries(types))
    writeFileSync(join(dist, `typings/${file}.d.ts`), heading + text);
}

const comment = (text) => `  /** ${text.replace(/\s+/g, " ").replaceAll("*/", "* /")} */\n`;
const classesOf = (elements) => elements.map((element) => element.name).join(", ");
const rows = (elements, row) => elements.map(row).join("\n");

function propsOf(elements) {
  return `import type { ${classesOf(elements)} } from "../index.js";

type EventName = keyof GlobalEventHandlersEventMap & \`sx-\${string}\`;
/** A listener for each event of the kit: those of the elements inside one come out of it, too. */
export type Listeners = { [K in EventName as \`on\${K}\`]?: ((event: GlobalEventHandlersEventMap[K]) => void) | undefined };
${rows(elements, propsInterface)}
`;
}

function propsInterface({ name, description, members = [], attributes = [], events = [] }) {
  // Every element has these already.
  const isOwn = (key) => key !== "lang" && key !== "dir";
  const fields = members.filter(
    (member) => member.kind === "field" && !member.readonly && isOwn(member.name),
  );
  const line = (key, type, text = "") =>
    `${comment(text)}  ${JSON.stringify(key)}?: ${type} | undefined;\n`;
  const typeOf = (field) => `${name}["${field}"]`;
  const isThere = (key) => fields.some((field) => field.name === key);
  const extra = attributes.filter(
    (attribute) => !isThere(attribute.name) && isThere(attribute.fieldName),
  );
  return [
    `\n/** ${(description ?? "").split("\n")[0]} */\nexport interface ${name}Props extends Listeners {\n`,
    ...fields.map((field) => line(field.name, typeOf(field.name), field.description)),
    ...extra.map((attribute) =>
      line(attribute.name, typeOf(attribute.fieldName), attribute.description),
    ),
    ...events.map((event) =>
      line(`on${event.name}`, `Listeners["on${event.name}"]`, event.description),
    ),
    "}",
  ].join("");
}

function importsOf(elements) {
  return `import type { ${classesOf(elements)} } from "../index.js";
import type { ${elements.map(({ name }) => `${name}Props`).join(", ")} } from "./props.js";
`;
}

function jsx(elements) {
  return `import type { DetailedHTMLProps, HTMLAttributes } from "react";
${importsOf(elements)}
type Props<E, P> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof P> & P;

export interface CustomElements {
${rows(elements, ({ name, tagName }) => `  "${tagName}": Props<${name}, ${name}Props>;`)}
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}
`;
}

/** Vue's templates know \`@sx-signal\` as \`onSxSignal\`. */
function vue(elements) {
  return `import type { DefineComponent, HTMLAttributes } from "vue";
${importsOf(elements)}
type Pascal<S extends string> = S extends \`\${infer A}-\${infer B}\` ? \`\${Capitalize<A>}\${Pascal<B>}\` : Capitalize<S>;
type Props<E, P> = Omit<HTMLAttributes, keyof P> & { [K in keyof P as K extends \`onsx-\${infer N}\` ? \`onSx\${Pascal<N>}\` : K]: P[K] } & {
  ref?: string | ((element: E | null) => void) | undefined;
};

declare module "vue" {
  interface GlobalComponents {
${rows(elements, ({ name, tagName }) => `    "${tagName}": DefineComponent<Props<${name}, ${name}Props>>;`)}
  }
}
`;
}

function svelte(elements) {
  return `import type { HTMLAttributes } from "svelte/elements";
${importsOf(elements)}
type Props<E extends EventTarget, P> = Omit<HTMLAttributes<E>, keyof P> & P;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
${rows(elements, ({ name, tagName }) => `    "${tagName}": Props<${name}, ${name}Props>;`)}
  }
}
`;
}

/** Solid sets properties by `prop:`, and what is in the element's class without it, too; events by `on:`. */
function solid(elements) {
  return `import type { JSX } from "solid-js";
${importsOf(elements)}
type Props<E extends HTMLElement, P> = Omit<JSX.HTMLAttributes<E>, keyof P> & P & {
  [K in keyof P & string as K extends \`onsx-\${infer N}\` ? \`on:sx-\${N}\` : \`prop:\${K}\`]?: P[K];
};

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
${rows(elements, ({ name, tagName }) => `      "${tagName}": Props<${name}, ${name}Props>;`)}
    }
  }
}
`;
}
