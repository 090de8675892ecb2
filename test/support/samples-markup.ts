import { placeOf, type Sample } from "./samples.ts";

interface Named {
  readonly name: string;
}

/** The required part of the custom elements manifest. */
export interface ManifestElement {
  readonly tagName: string;
  readonly members?: readonly Named[];
  readonly attributes?: readonly (Named & { readonly type?: { readonly text: string } })[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

/** The names that the kit has. */
export interface Vocabulary {
  readonly elements: readonly ManifestElement[];
  /** Custom properties of all elements. */
  readonly tokens: readonly string[];
  /** The parts that an element hands on from those inside it. */
  readonly handedOn: (tagName: string) => readonly string[];
}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const voidTags = [
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
];
const anyAttribute =
  /^(?:id|class|style|slot|part|title|hidden|inert|role|tabindex|key|ref|aria-[\w-]+|data-[\w-]+)$/;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const opening =
  /<([a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(\/?)>/y;

/** Checks a piece of HTML: it is well-formed, and what it says of the kit's elements is in the manifest. */
export function markupProblems(sample: Sample, vocabulary: Vocabulary): string[] {
  const html = sample.code
    .replaceAll(/<!--[\s\S]*?-->|<!doctype [^>]*>/gi, (text) => text.replaceAll(/[^\n]/g, " "))
    // Content of scripts and styles is no markup.
    .replaceAll(
      /(<(script|style)\b[^>]*>)([\s\S]*?)(?=<\/\2>)/g,
      (_, tag: string, _name, text: string) => {
        return tag + text.replaceAll(/[^\n]/g, " ");
      },
    );
  const problems: string[] = [];
  const open: Tag[] = [];
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
    const say = (what: string) =>
      problems.push(`${placeOf(sample, html.slice(0, at).split("\n").length - 1)}: ${what}`);
    const closed = /^<\/([\w-]+)\s*>/.exec(html.slice(at, at + 100))?.[1];
    if (closed !== undefined) {
      const last = open.pop();
      if (last?.name !== closed) say(`</${closed}> closes <${last?.name ?? ""}>`);
      continue;
    }
    opening.lastIndex = at;
    const [, name = "", list = "", selfClosing] = opening.exec(html) ?? [];
    if (name === "") {
      say("this is no tag");
      continue;
    }
    const attributes = new Map(
      [...list.matchAll(attribute)].map(([, key = "", a, b, c]) => [key, a ?? b ?? c ?? ""]),
    );
    const tag: Tag = { name, attributes };
    for (const problem of tagProblems(tag, open.at(-1), vocabulary)) say(problem);
    if (!voidTags.includes(name) && selfClosing !== "/") open.push(tag);
  }
  return [...problems, ...open.map(({ name }) => `${placeOf(sample)}: <${name}> is not closed`)];
}

function tagProblems(
  { name, attributes }: Tag,
  parent: Tag | undefined,
  { elements }: Vocabulary,
): string[] {
  const has = (items: readonly Named[] | undefined, wanted: string) =>
    items?.some((item) => item.name === wanted) ?? false;
  const within = elements.find(({ tagName }) => tagName === parent?.name);
  const slot = attributes.get("slot") ?? "";
  const problems =
    within && !has(within.slots, slot) ? [`<${within.tagName}> has no slot "${slot}"`] : [];
  if (!name.startsWith("sx-")) return problems;
  const element = elements.find(({ tagName }) => tagName === name);
  if (element === undefined) return [...problems, `there is no element <${name}>`];
  for (const [key, value] of attributes) {
    const [, listens, sets, plain = ""] =
      /^(@|on:|v-on:)?(\.|:|v-bind:|bind:)?(.+)$/.exec(key) ?? [];
    if (listens !== undefined) {
      // Events of the elements inside come out of it, too.
      if (!elements.some(({ events }) => has(events, plain)))
        problems.push(`there is no event "${plain}"`);
    } else if (sets !== undefined) {
      const camel = plain.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      if (!has(element.members, camel)) problems.push(`<${name}> has no property "${camel}"`);
    } else if (!anyAttribute.test(key)) {
      const found = element.attributes?.find((item) => item.name === key);
      const words = found?.type?.text.match(/^"[^"]*"(?: \| "[^"]*")*$/)
        ? found.type.text.split(" | ")
        : null;
      if (found === undefined) problems.push(`<${name}> has no attribute "${key}"`);
      else if (words?.includes(`"${value}"`) === false)
        problems.push(`${key}="${value}" is none of ${words.join(", ")}`);
    }
  }
  return problems;
}

/** Names of custom properties, parts and events in any code, of whatever language. */
export function nameProblems(sample: Sample, { elements, tokens, handedOn }: Vocabulary): string[] {
  const { code } = sample;
  const namesOf = (items: readonly Named[] | undefined) => items?.map(({ name }) => name) ?? [];
  const properties = [
    ...tokens,
    ...elements.flatMap(({ cssProperties }) => namesOf(cssProperties)),
  ];
  const events = elements.flatMap((element) => namesOf(element.events));
  const partsOf = ({ tagName, cssParts }: ManifestElement) => [
    ...namesOf(cssParts),
    ...handedOn(tagName),
  ];
  const found = (pattern: RegExp) => [...code.matchAll(pattern)];
  return [
    ...found(/--sx-[\w-]+/g)
      .filter(([name]) => !properties.includes(name))
      .map(([name]) => `there is no custom property ${name}`),
    ...found(/(?:\b(sx-[\w-]+)[^\s{},]*)?::part\(([^)]*)\)/g).flatMap(([, tagName, list = ""]) => {
      const parts = elements
        .filter((element) => tagName === undefined || element.tagName === tagName)
        .flatMap(partsOf);
      const missing = list.split(/\s+/).filter((part) => !parts.includes(part));
      return missing.map((part) => `${tagName ?? "no element"} has no part "${part}"`);
    }),
    ...found(/EventListener\(\s*["'](sx-[\w-]+)["']/g)
      .filter(([, name = ""]) => !events.includes(name))
      .map(([, name = ""]) => `there is no event "${name}"`),
  ].map((problem) => `${placeOf(sample)}: ${problem}`);
}

/** Tags and events that the prose names in inline code, and the kit does not have. */
export function proseProblems(
  file: string,
  text: string,
  { elements }: Vocabulary,
  others: readonly string[],
): string[] {
  const known = [
    ...elements.flatMap(({ tagName, events = [] }) => [tagName, ...events.map(({ name }) => name)]),
    ...others,
  ];
  const named = [...text.matchAll(/`<?(sx-[a-z]+(?:-[a-z]+)*)(?=[\s>`{(])/g)].map(
    ([, name = ""]) => name,
  );
  return [...new Set(named)]
    .filter((name) => !known.includes(name))
    .map((name) => `${file}: there is no ${name}`);
}
