// Reads style sheets as they are published: enough of CSS for sheets without nesting, and without braces in strings.

export interface CssRule {
  readonly selectors: readonly string[];
  readonly declarations: readonly { readonly property: string; readonly value: string }[];
  /** The at-rules around it, from outside: `@supports not selector(:has(*))`. */
  readonly within: readonly string[];
}

export function rulesOf(sheet: string, within: readonly string[] = []): CssRule[] {
  const rules: CssRule[] = [];
  let rest = sheet.replace(/\/\*[\s\S]*?\*\//g, "").trim();
  while (rest !== "") {
    const open = rest.indexOf("{");
    if (open < 0) throw new Error(`This is no rule: ${rest.slice(0, 40)}`);
    let [depth, close] = [1, open + 1];
    for (; depth > 0; close += 1) {
      if (rest[close] === undefined) throw new Error(`It is not closed: ${rest.slice(0, 40)}`);
      depth += rest[close] === "{" ? 1 : rest[close] === "}" ? -1 : 0;
    }
    const head = rest.slice(0, open).trim();
    const body = rest.slice(open + 1, close - 1);
    rest = rest.slice(close).trim();
    if (head.startsWith("@keyframes")) continue;
    if (head.startsWith("@")) rules.push(...rulesOf(body, [...within, head]));
    else if (body.includes("{")) throw new Error(`A rule in a rule: ${head}`);
    else
      rules.push({
        selectors: atTopLevel(head, ","),
        declarations: atTopLevel(body, ";").map((text) => {
          const colon = text.indexOf(":");
          return { property: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
        }),
        within,
      });
  }
  return rules;
}

/** Parts of a text between separators that stand in no parentheses. */
function atTopLevel(text: string, separator: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    if (character === separator && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** What an engine of the floor may lack: a selector, or a value. */
interface Newer {
  readonly name: string;
  readonly pattern: RegExp;
  /** Rules that no engine without it reads either. */
  readonly only?: RegExp;
}

const selectors: readonly Newer[] = [
  { name: ":has(): Firefox 121", pattern: /:has\(/ },
  { name: ":dir(): Chromium 120, Safari 16.4", pattern: /:dir\(/ },
  { name: ":popover-open: Chromium 114, Safari 17", pattern: /:popover-open/ },
  { name: "nesting: Chromium 120, Safari 17.2", pattern: /&/ },
  { name: ":state(): Chromium 125, Safari 17.4", pattern: /:state\(/ },
  { name: ":user-invalid: Chromium 119, Safari 16.5", pattern: /:user-(?:in)?valid/ },
];
const values: readonly Newer[] = [
  { name: "light-dark(): Chromium 123", pattern: /\blight-dark\(/ },
  { name: "color-mix(): Chromium 111", pattern: /\bcolor-mix\(/ },
  { name: "newer colours: Chromium 111", pattern: /\b(?:oklch|oklab|lch|lab|color)\(|\(from / },
  // Nothing in a container query is read by an engine without them.
  {
    name: "container units: Chromium 105",
    pattern: /\dcq(?:[whib]|min|max)\b/,
    only: /^@container/,
  },
  {
    name: "newer units of the window: Chromium 108",
    pattern: /\d(?:[dsl]v(?:[hwib]|min|max)|v[ib])\b/,
  },
  { name: "units of a line: Chromium 109", pattern: /\d(?:lh|rlh|cap|ric|rex)\b/ },
  {
    name: "newer functions: Chromium 111 to 125",
    pattern: /\b(?:round|mod|rem|abs|sign|sin|cos|tan|pow|sqrt|hypot|linear|anchor|if)\(/,
  },
];

/**
 * Newer CSS that nothing stands in for where it is missing. A newer selector needs `@supports selector(…)`, or other rules for
 * the same properties in `@supports not selector(…)`. A newer value needs another value of the property before it in its rule,
 * or `@supports` and another value outside. The first form needs values without `var()`, which is read too late to fall back.
 *
 * @param sheets by their names; custom properties may have their other value in any of them.
 */
export function bareCss(sheets: Readonly<Record<string, string>>): string[] {
  const read = Object.entries(sheets).map(([name, text]) => ({ name, rules: rulesOf(text) }));
  const everywhere = read.flatMap(({ rules }) => rules);
  return read.flatMap(({ name, rules }) =>
    rules.flatMap((rule) => [
      ...bareSelectors(rule, rules).map((found) => `${name}: ${found}`),
      ...bareValues(rule, rules, everywhere).map((found) => `${name}: ${found}`),
    ]),
  );
}

const asksFor = ({ within }: CssRule, { pattern }: Newer): boolean =>
  within.some((at) => at.startsWith("@supports") && pattern.test(at) && !/\bnot\b/.test(at));

function bareSelectors(rule: CssRule, rules: readonly CssRule[]): string[] {
  return selectors
    .filter((newer) => rule.selectors.some((selector) => newer.pattern.test(selector)))
    .filter((newer) => {
      if (asksFor(rule, newer)) return false;
      // A list with one selector that cannot be read is dropped as a whole.
      if (!rule.selectors.every((selector) => newer.pattern.test(selector))) return true;
      const instead = rules.filter(({ within }) =>
        within.some((at) => /^@supports not\b/.test(at) && newer.pattern.test(at)),
      );
      return !rule.declarations.every(({ property }) =>
        instead.some(({ declarations }) => declarations.some((one) => one.property === property)),
      );
    })
    .map((newer) => `${newer.name}, in ${rule.selectors.join(", ")}`);
}

function bareValues(
  rule: CssRule,
  rules: readonly CssRule[],
  everywhere: readonly CssRule[],
): string[] {
  return values.flatMap((newer) =>
    rule.declarations
      .filter(({ value }) => newer.pattern.test(value))
      .filter(({ property, value }) => {
        if (newer.only && rule.within.some((around) => newer.only!.test(around))) return false;
        const isOther = (one: { property: string; value: string }) =>
          one.property === property && !newer.pattern.test(one.value);
        if (!asksFor(rule, newer))
          return (
            value.includes("var(") ||
            property.startsWith("--") ||
            !rule.declarations
              .slice(
                0,
                rule.declarations.findIndex((one) => one.value === value),
              )
              .some(isOther)
          );
        const others = property.startsWith("--") ? everywhere : rules;
        return !others.some(
          (other) =>
            !asksFor(other, newer) &&
            other.declarations.some(isOther) &&
            (property.startsWith("--") ||
              rule.selectors.every((one) => other.selectors.includes(one))),
        );
      })
      .map(({ property }) => `${newer.name}, in ${property} of ${rule.selectors.join(", ")}`),
  );
}
