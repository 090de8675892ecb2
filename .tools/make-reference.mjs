// Writes docs/reference.md from the manifest (what there is) and the types (what it is made of). `--check` only compares, with the manifest of the build.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "oxfmt";
import { globSync } from "tinyglobby";
import ts from "typescript";
import { makeManifest, readManifest } from "./manifest.mjs";
import { root } from "./programs.mjs";

const target = join(root, "docs/reference.md");

const read = (file) => readFileSync(join(root, file), "utf8");

/** The types of what `sx-call-kit` exports, as a host sees them. */
function readTypes() {
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), {}, ts.sys);
  const entry = join(root, "src/index.ts");
  // The order of a union would depend on other files.
  const program = ts.createProgram([entry], { ...options, stableTypeOrdering: true });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(entry)),
  );
  const instanceOf = (name) =>
    checker.getDeclaredTypeOfSymbol(
      checker.getAliasedSymbol(exported.find((each) => each.name === name)),
    );
  return { checker, instanceOf };
}

const flat = (text = "") => text.replace(/\s+/g, " ").trim();
const cell = (text) => flat(text).replaceAll("|", "\\|");
/** In a cell of a table a bar ends the cell, also within code. */
const code = (text) => (text ? `\`${cell(text)}\`` : "");
const row = (cells) => `| ${cells.join(" | ")} |`;
/** A row for each item. `columns` has what stands in the cells, by the column's head. No table where there are no items. */
const table = (columns, items = []) => {
  const rows = items.map((item) => row(Object.values(columns).map((cellOf) => cellOf(item))));
  const heads = Object.keys(columns);
  return rows.length === 0 ? [] : [[row(heads), row(heads.map(() => "---")), ...rows].join("\n")];
};
const section = (title, body) => (body.length === 0 ? [] : [`#### ${title}`, ...body]);
const anchor = (heading) => heading.replace(/[^\w -]/g, "").replaceAll(" ", "-");

const inCode = ({ name }) => (name ? code(name) : "(default)");
const initial = (item) => code(item.default);
const description = (item) => cell(item.description);

/** A type as it is written. Words are listed in place of their type's name, but for the codes, which have a table of their own. */
function typeText(checker, symbol) {
  const type = checker.getTypeOfSymbol(symbol);
  const members = type.isUnion() ? type.types : [type];
  const words = members.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  if (words.length < 20 && words.every((each) => each.isStringLiteral()))
    return words.map(({ value }) => JSON.stringify(value)).join(" | ");
  const written = symbol.valueDeclaration.type?.getText() ?? "[";
  if (!written.includes("[")) return flat(written);
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
}

function methodText({ name, description }, symbol, checker) {
  const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures();
  const throws = symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === "throws")
    .map(({ text }) => flat(ts.displayPartsToString(text)).replace(/^\{?CallError\}?\s*/, ""))
    .map((what) => `Rejects or throws: ${what}`);
  return `- \`${name}${flat(checker.signatureToString(signature)).replace(/[,;] }/g, " }")}\`: ${[flat(description), ...throws].join(" ")}`;
}

/** @returns {string[]} the names under which an element hands on parts of the elements inside it. */
export function handedOn(folder) {
  const texts = globSync(`src/elements/${folder}/**/*.ts`, { cwd: root }).map(read);
  const lists = texts.join("\n").matchAll(/exportparts="([^"]+)"/g);
  const entries = [...lists].flatMap(([, list]) => list.split(","));
  return [...new Set(entries.map((entry) => entry.split(":").at(-1).trim()))].sort();
}

function elementText(element, { checker, instanceOf }) {
  const { tagName, attributes = [] } = element;
  const symbolOf = ({ name }) => instanceOf(element.name).getProperty(name);
  const isInternal = (member) =>
    symbolOf(member)
      .getJsDocTags(checker)
      .some((tag) => tag.name === "internal");
  const members = element.members.filter((member) => member.description && !isInternal(member));
  const fields = members.filter(({ kind }) => kind === "field");
  const methods = members.filter(({ kind }) => kind === "method");
  const belongs = (attribute, field) =>
    attribute.name === field.attribute || attribute.fieldName === field.name;
  const others = handedOn(tagName.replace(/^sx-/, "")).map(code).join(", ");
  return [
    `### \`<${tagName}>\``,
    element.description,
    `Class \`${element.name}\`; registered by \`sx-call-kit/define\`, or alone by \`sx-call-kit/define/${tagName}\`.`,
    ...section("Properties and attributes", [
      ...table(
        {
          property: inCode,
          attribute: (field) => code(attributes.find((each) => belongs(each, field))?.name),
          type: (field) => code(typeText(checker, symbolOf(field))),
          default: initial,
          description: (field) => (field.readonly ? "Read-only. " : "") + description(field),
        },
        fields,
      ),
      ...table(
        { attribute: inCode, type: ({ type }) => code(type?.text), default: initial, description },
        attributes.filter((each) => !fields.some((field) => belongs(each, field))),
      ),
    ]),
    ...section(
      "Methods",
      methods.map((method) => methodText(method, symbolOf(method), checker)),
    ),
    ...section(
      "Events",
      table(
        { event: ({ name }) => `[${code(name)}](#${anchor(name)})`, description },
        element.events,
      ),
    ),
    ...section("Slots", table({ slot: inCode, description }, element.slots)),
    ...section("Parts", table({ part: inCode, description }, element.cssParts)),
    ...(others ? [`Handed on from the elements inside: ${others}.`] : []),
    ...section(
      "Custom properties",
      table({ property: inCode, default: initial, description }, element.cssProperties),
    ),
    ...section("States", table({ state: inCode, description }, element.cssStates)),
  ];
}

function eventText({ name, type: { text: className } }, { checker, instanceOf }) {
  const event = instanceOf(className);
  const detail = checker.getTypeOfSymbol(event.getProperty("detail"));
  const fields = (detail.isUnion() ? detail.types : [detail]).flatMap((each) =>
    each.flags & ts.TypeFlags.Object ? checker.getPropertiesOfType(each) : [],
  );
  const isIntent = checker.getBaseTypes(event).some((base) => base.symbol.name === "SxIntentEvent");
  const isOptional = ({ flags }) => flags & ts.SymbolFlags.Optional;
  const commentOf = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return [
    `### ${name}`,
    `${isIntent ? "Intent, cancelable." : "Fact."} ${commentOf(event.symbol)}`,
    ...table(
      {
        [`\`${className}.detail\``]: (field) => code(field.name + (isOptional(field) ? "?" : "")),
        type: (field) => code(typeText(checker, field)),
        description: (field) => cell(commentOf(field)),
      },
      fields,
    ),
    ...(fields.length === 0 ? ["`detail` is `null`."] : []),
    ...(fields.length > 0 && detail.isUnion() ? ["`detail` may be `null`."] : []),
  ];
}

/** The codes, each with the comment before it. */
function errorCodes() {
  const [union] = /type CallErrorCode =[^]*?";/.exec(read("src/errors.ts"));
  const codes = union.matchAll(/(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?\| "([\w-]+)"/g);
  return [...codes].map(([, description, name]) => ({ name, description }));
}

/**
 * Reads the custom properties of every element from their definition, by name. The first value is the default; others are for
 * high contrast.
 */
function readTokens() {
  const source = read("src/elements/shared/tokens.ts").replace(/\/\*[^]*?\*\//g, "");
  const text = source.replace(/var\(--_[\w-]+, ([^()]+)\)/g, "$1");
  const colours = [...text.matchAll(/^ {2}"?([\w-]+)"?: \["([^"]+)", "([^"]+)"\],$/gm)].map(
    ([, name, light, dark]) => [`--sx-color-${name}`, `light-dark(${light}, ${dark})`],
  );
  const others = text.matchAll(/var\((--sx-[\w-]+), ((?:[^()]|\((?:[^()]|\([^()]*\))*\))+)\)/g);
  const found = new Map();
  for (const [name, value] of [...colours, ...[...others].map((match) => match.slice(1))])
    if (!found.has(name)) found.set(name, value);
  return found;
}

/** @returns {string[]} the custom properties of all elements. */
export const tokenNames = () => [...readTokens().keys()];

const by = (key) => (a, b) => a[key].localeCompare(b[key], "en");

/** @returns {Promise<string>} the whole page, as Prettier writes it. */
async function makeReference(manifest) {
  const types = readTypes();
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const elements = declarations
    .filter(({ customElement, tagName }) => customElement && tagName)
    .sort(by("tagName"));
  const fired = elements.flatMap(({ events = [] }) => events).sort(by("name"));
  const events = fired.filter(({ name }, at) => name !== fired[at - 1]?.name);
  const tokens = [...readTokens()].map(([name, value]) => ({ name, default: value }));
  const page = [
    "# Reference",
    "Made by `node .tools/make-reference.mjs` from the sources: change those, not this page.",
    `Elements: ${elements.map(({ tagName }) => `[\`<${tagName}>\`](#${anchor(tagName)})`).join(", ")}. Then: ` +
      "[events](#events), [custom properties of all elements](#custom-properties-of-all-elements), [error codes](#error-codes).",
    "## Elements",
    ...elements.flatMap((element) => elementText(element, types)),
    "## Events",
    "All bubble and leave every shadow tree. `preventDefault()` on an intent, on any level, keeps the kit from doing it.",
    ...events.flatMap((event) => eventText(event, types)),
    "## Custom properties of all elements",
    ...table({ property: inCode, default: initial }, tokens),
    "## Error codes",
    "`CallError.code`, the `code` of `sx-error`, and `snapshot.ending.problem`.",
    ...table({ code: inCode, meaning: description }, errorCodes()),
  ];
  return (await format("reference.md", page.join("\n\n"), { printWidth: 128 })).code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes("--check");
  const made = await makeReference(isCheck ? readManifest() : makeManifest());
  if (!isCheck) writeFileSync(target, made);
  const isSame = readFileSync(target, "utf8") === made;
  process.stdout.write(
    isSame
      ? "The reference is up to date.\n"
      : "docs/reference.md is old: run node .tools/make-reference.mjs\n",
  );
  process.exitCode = isSame ? 0 : 1;
}
