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
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(entry)),
  );
  const instanceOf = (name) => {
    const symbol = exported.find((each) => each.name === name);
    return checker.getDeclaredTypeOfSymbol(withoutAlias(checker, symbol));
  };
  return { checker, instanceOf };
}

const withoutAlias = (checker, symbol) =>
  symbol?.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const flat = (text = "") => text.replace(/\s+/g, " ").trim();
const cell = (text) => flat(text).replaceAll("|", "\\|");
/** In a cell of a table a bar ends the cell, also within code. */
const code = (text) => (text ? `\`${cell(text)}\`` : "");
const row = (...cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) =>
  rows.length === 0 ? "" : [row(...head), row(...head.map(() => "---")), ...rows].join("\n");
const section = (title, body) => (body === "" ? [] : [`#### ${title}`, body]);
const tableOf = (title, head, rows = []) => section(title, table(head, rows));
const anchor = (heading) => heading.replace(/[^\w -]/g, "").replaceAll(" ", "-");

/**
 * Returns the source text of a type, because the compiler's own text of a union has an order that depends on other files. A
 * name of a union of strings is expanded. Inferred and looked-up types use the compiler's text.
 */
function typeText(checker, symbol) {
  const node = symbol.valueDeclaration?.type;
  if (node === undefined || node.getText().includes("[")) {
    const type = checker.getTypeOfSymbol(symbol);
    const present = checker.getNonNullableType(type);
    const text = checker.typeToString(present, undefined, ts.TypeFormatFlags.NoTruncation);
    return present === type ? text : `${text} | null`;
  }
  // The events reach the codes through the snapshot, under a name of their own.
  if (node.getText() === "ErrorCode") return "CallErrorCode";
  return flat(node.getText()).replace(
    /\b[A-Z]\w+\b/g,
    (name) => wordsOf(checker, node, name) ?? name,
  );
}

/** @returns the words of a type that is a union of them, `null` where it is anything else. The codes have a table of their own. */
function wordsOf(checker, node, name) {
  const symbol = checker.resolveName(name, node, ts.SymbolFlags.Type, false);
  const type = withoutAlias(checker, symbol)?.declarations?.[0].type;
  if (!type || !ts.isUnionTypeNode(type) || name === "CallErrorCode") return null;
  const words = type.types.map((member) => member.getText());
  return words.every((word) => word.startsWith('"')) ? words.join(" | ") : null;
}

function methodText({ name, description }, symbol, checker) {
  const { parameters, type } = symbol.valueDeclaration;
  const list = parameters.map((parameter) => {
    const label = ts.isIdentifier(parameter.name) ? parameter.name.text : "options";
    const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
    return `${label}${isOptional ? "?" : ""}: ${flat(parameter.type.getText()).replace(/; }$/, " }")}`;
  });
  const throws = symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === "throws")
    .map(({ text }) => flat(ts.displayPartsToString(text)).replace(/^\{?CallError\}?\s*/, ""))
    .map((what) => `Rejects or throws: ${what}`);
  return `- \`${name}(${list.join(", ")}): ${type.getText()}\`: ${[flat(description), ...throws].join(" ")}`;
}

/** @returns {string[]} the names under which an element hands on parts of the elements inside it. */
export function handedOn(folder) {
  const files = globSync(`src/elements/${folder}/**/*.ts`, { cwd: root });
  const lists = files.flatMap((file) =>
    [...read(file).matchAll(/exportparts="([^"]+)"/g)].map(([, list]) => list),
  );
  const names = lists.flatMap((list) =>
    list.split(",").map((entry) => entry.split(":").at(-1).trim()),
  );
  return [...new Set(names)].sort();
}

function elementText(element, { checker, instanceOf }) {
  const type = instanceOf(element.name);
  const folder = element.tagName.replace(/^sx-/, "");
  const properties = new Map(
    checker.getPropertiesOfType(type).map((symbol) => [symbol.name, symbol]),
  );
  const isOurs = ({ name, description }) => {
    const symbol = properties.get(name);
    return (
      description &&
      symbol !== undefined &&
      name !== "render" &&
      !symbol.getJsDocTags(checker).some((tag) => tag.name === "internal")
    );
  };
  const members = element.members.filter(isOurs);
  const fields = members.filter(({ kind }) => kind === "field");
  const lifecycle = /Callback$|^(?:willUpdate|updated|firstUpdated|update|shouldUpdate)$/;
  const methods = members.filter(({ kind, name }) => kind === "method" && !lifecycle.test(name));
  const attributes = (element.attributes ?? []).filter(
    ({ name, fieldName }) =>
      !fields.some((field) => field.attribute === name || field.name === fieldName),
  );
  const fieldRow = (field) =>
    row(
      `\`${field.name}\``,
      code(
        field.attribute ??
          element.attributes?.find(({ fieldName }) => fieldName === field.name)?.name,
      ),
      code(typeText(checker, properties.get(field.name))),
      code(field.default),
      (field.readonly ? "Read-only. " : "") + cell(field.description),
    );
  const attributeRow = ({ name, type: { text } = {}, default: value, description }) =>
    row("", `\`${name}\``, code(text), code(value), cell(description));
  const named = (items = []) =>
    items.map(({ name, description }) =>
      row(name ? `\`${name}\`` : "(default)", cell(description)),
    );
  const events = (element.events ?? []).map(({ name, description }) =>
    row(`[\`${name}\`](#${anchor(name)})`, cell(description)),
  );
  const others = handedOn(folder);
  return [
    `### \`<${element.tagName}>\``,
    element.description,
    `Class \`${element.name}\`; registered by \`sx-call-kit/define\`, or alone by \`sx-call-kit/define/${element.tagName}\`.`,
    ...tableOf(
      "Properties and attributes",
      ["property", "attribute", "type", "default", "description"],
      [...fields.map(fieldRow), ...attributes.map(attributeRow)],
    ),
    ...section(
      "Methods",
      methods.map((method) => methodText(method, properties.get(method.name), checker)).join("\n"),
    ),
    ...tableOf("Events", ["event", "description"], events),
    ...tableOf("Slots", ["slot", "description"], named(element.slots)),
    ...tableOf("Parts", ["part", "description"], named(element.cssParts)),
    ...(others.length === 0
      ? []
      : [`Handed on from the elements inside: ${others.map((name) => `\`${name}\``).join(", ")}.`]),
    ...tableOf(
      "Custom properties",
      ["property", "default", "description"],
      element.cssProperties?.map((item) =>
        row(`\`${item.name}\``, code(item.default), cell(item.description)),
      ),
    ),
    ...tableOf("States", ["state", "description"], named(element.cssStates)),
  ];
}

function eventText(name, className, { checker, instanceOf }) {
  const event = instanceOf(className);
  const detail = checker.getTypeOfSymbol(event.getProperty("detail"));
  const members = detail.isUnion()
    ? detail.types.filter((type) => !(type.flags & ts.TypeFlags.Null))
    : [detail];
  const fields = members.flatMap((member) =>
    member.flags & ts.TypeFlags.Object ? checker.getPropertiesOfType(member) : [],
  );
  const isIntent = checker.getBaseTypes(event).some((base) => base.symbol.name === "SxIntentEvent");
  const optional = (field) => (field.flags & ts.SymbolFlags.Optional ? "?" : "");
  const rows = fields.map((field) =>
    row(
      `\`${field.name}${optional(field)}\``,
      code(typeText(checker, field)),
      cell(ts.displayPartsToString(field.getDocumentationComment(checker))),
    ),
  );
  return [
    `### ${name}`,
    `${isIntent ? "Intent, cancelable." : "Fact."} ${ts.displayPartsToString(event.symbol.getDocumentationComment(checker))}`,
    rows.length === 0
      ? "`detail` is `null`."
      : table([`\`${className}.detail\``, "type", "description"], rows),
    ...(rows.length > 0 && detail.isUnion() ? ["`detail` may be `null`."] : []),
  ];
}

/** The codes, each with the comment before it. */
function errorRows() {
  const [union] = /type CallErrorCode =[^]*?";/.exec(read("src/errors.ts"));
  const codes = union.matchAll(/(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?\| "([\w-]+)"/g);
  return [...codes].map(([, meaning, name]) => row(`\`${name}\``, cell(meaning)));
}

/**
 * Reads the custom properties of every element from their definition, by name. The first value is the default; others are for
 * high contrast.
 */
function readTokens() {
  const text = read("src/elements/shared/tokens.ts").replace(/\/\*[^]*?\*\//g, "");
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

/** @returns {Promise<string>} the whole page, as Prettier writes it. */
async function makeReference(manifest) {
  const types = readTypes();
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const elements = declarations
    .filter(({ customElement, tagName }) => customElement && tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
  const events = new Map(
    elements.flatMap((element) =>
      (element.events ?? []).map(({ name, type }) => [name, type.text]),
    ),
  );
  const page = [
    "# Reference",
    "Made by `node .tools/make-reference.mjs` from the sources: change those, not this page.",
    `Elements: ${elements.map(({ tagName }) => `[\`<${tagName}>\`](#${anchor(tagName)})`).join(", ")}. Then: ` +
      "[events](#events), [custom properties of all elements](#custom-properties-of-all-elements), [error codes](#error-codes).",
    "## Elements",
    ...elements.flatMap((element) => elementText(element, types)),
    "## Events",
    "All bubble and leave every shadow tree. `preventDefault()` on an intent, on any level, keeps the kit from doing it.",
    ...[...events]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, className]) => eventText(name, className, types)),
    "## Custom properties of all elements",
    table(
      ["property", "default"],
      [...readTokens()].map(([name, value]) => row(`\`${name}\``, code(value))),
    ),
    "## Error codes",
    "`CallError.code`, the `code` of `sx-error`, and `snapshot.ending.problem`.",
    table(["code", "meaning"], errorRows()),
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
