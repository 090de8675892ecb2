// Compares the manifest with the elements: it is what editors, Storybook and hosts read.

/**
 * Part names that a shadow tree gives to more than one place of its templates: a host that styles one would style the other.
 *
 * @param {Record<string, string>} files the texts of one element.
 * @param {readonly string[]} same names of one thing that is drawn at several places.
 * @returns {string[]} a sentence for each, with the tags of the places.
 */
export function partProblems(files, same = []) {
  const text = Object.values(files).join("\n");
  const places = new Map(partsIn(text).map((part) => [part, placesOf(text, part)]));
  const twice = [...places]
    .filter(([part, tags]) => tags.length > 1 && !same.includes(part))
    .map(([part, tags]) => `part ${part} names several things: ${tags.join(", ")}`);
  // A list that is longer than what it excuses would excuse the next mistake.
  const idle = same
    .filter((part) => (places.get(part)?.length ?? 0) < 2)
    .map((part) => `part ${part} is at one place alone`);
  return [...twice, ...idle];
}

/**
 * Compares a manifest with the sources of its elements.
 *
 * @param {{ modules: any[] }} manifest as the analyzer writes it.
 * @param {Record<string, Record<string, string>>} folders the texts below `src/elements`: folder, then file.
 * @returns {string[]} a sentence for each thing that is missing, and for each that is documented but not there.
 */
export function manifestProblems(manifest, folders) {
  // Words are no element.
  const { shared = {}, words: _, ...elements } = folders;
  if (Object.keys(elements).length === 0) return ["src/elements: there is no element"];
  const sharedText = Object.values(shared).join("\n");
  return Object.entries(elements).flatMap(([folder, files]) => {
    const inFolder = (module) => module.path.startsWith(`dist/elements/${folder}/`);
    const declarations = manifest.modules
      .filter(inFolder)
      .flatMap((module) => module.declarations ?? []);
    const found = declarations.filter(
      (declaration) => declaration.customElement && declaration.tagName,
    );
    const problems =
      found.length === 1
        ? elementProblems(found[0], folder, Object.values(files).join("\n"), sharedText)
        : [`${found.length} classes with @tagname, expected 1`];
    return problems.map((problem) => `src/elements/${folder}: ${problem}`);
  });
}

function elementProblems(element, folder, text, sharedText) {
  const problems = [];
  if (element.tagName !== `sx-${folder}`)
    problems.push(`the tag is ${element.tagName}, expected sx-${folder}`);
  if (!text.includes(`tagName = "${element.tagName}"`))
    problems.push(`@tagname ${element.tagName} is not the class's tagName`);
  if (!element.description) problems.push("the class has no description");

  const undescribed = (what, items = []) => {
    for (const item of items)
      if (!item.description)
        problems.push(`${what} ${item.name || "(default)"} has no description`);
  };
  undescribed("attribute", element.attributes);
  undescribed("event", element.events);
  undescribed("slot", element.slots);
  undescribed("part", element.cssParts);
  undescribed("custom property", element.cssProperties);
  undescribed("state", element.cssStates);
  // Lit's own, and what every element has.
  const inherited = (member) =>
    member.inheritedFrom ||
    member.static ||
    ["render", "styles", "shadowRootOptions"].includes(member.name);
  const lifecycle =
    /^(?:connected|disconnected|adopted|attributeChanged)Callback$|^(?:willUpdate|updated|firstUpdated|update|shouldUpdate)$/;
  const members = (element.members ?? []).filter(
    (member) => !inherited(member) && !lifecycle.test(member.name),
  );
  undescribed(
    "property",
    members.filter((member) => member.kind === "field"),
  );
  undescribed(
    "method",
    members.filter((member) => member.kind === "method"),
  );

  // Used features must be documented. Checks the element's own folder only, because shared code has no single element. The
  // stories check names created at run time (.storybook/check-documented.ts).
  const tokens = definedIn(sharedText);
  const own = { part: partsIn(text), slot: slotsIn(text), event: eventsIn(text) };
  own["custom property"] = propertiesIn(text).filter((name) => !tokens.includes(name));
  const names = (items = []) => items.map(({ name }) => name);
  const documented = {
    part: names(element.cssParts),
    slot: names(element.slots),
    event: (element.events ?? []).map((event) => event.type?.text),
    "custom property": names(element.cssProperties),
    state: names(element.cssStates),
  };
  for (const [what, used] of Object.entries(own)) {
    for (const name of used)
      if (!documented[what].includes(name))
        problems.push(`${what} ${name || "(default)"} is not documented`);
  }
  // Documented features must exist, in the folder or in the shared code.
  const everything = code(`${text}\n${sharedText}`);
  const isThere = {
    part: (name) => partsIn(everything).includes(name) || quoted(everything, name),
    slot: (name) => slotsIn(everything).includes(name) || quoted(everything, name),
    event: (name) => eventsIn(everything).includes(name),
    "custom property": (name) => everything.includes(name) || isComposed(everything, name),
    state: (name) => quoted(everything, name),
  };
  for (const [what, listed] of Object.entries(documented)) {
    for (const name of listed)
      if (!isThere[what](name))
        problems.push(`${what} ${name || "(default)"} is documented but not used`);
  }
  return problems;
}

const unique = (items) => [...new Set(items)];
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
/** Comments name parts and properties without using them; `://` is no comment. */
const code = (text) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
const quoted = (text, name) => text.includes(`"${name}"`);
/** `--sx-color-${name}` with `name` from a table that has it as a key or a string. */
const isComposed = (text, property) =>
  all(text, /(--sx-[\w-]*)\$\{/g).some(
    (start) =>
      property.startsWith(start) &&
      new RegExp(`["\\s]${property.slice(start.length)}["\\s:]`).test(text),
  );
const partsIn = (text) =>
  unique(all(code(text), /\spart="([^"$]+)(?:"|\s\$\{)/g).flatMap((value) => value.split(/\s+/)));
/** A place where a template gives that part name: the tag it is given to, and whether a person can press it. */
const placesOf = (text, part) =>
  [...code(text).matchAll(/\spart="([^"$]+)(?:"|\s\$\{)/g)]
    .filter(([, value]) => value.split(/\s+/).includes(part))
    .map(({ index }) => /.*<([a-z][\w-]*)/s.exec(code(text).slice(0, index))?.[1] ?? "");
const slotsIn = (text) => unique(all(code(text), /<slot(?:\s+name="([^"]*)")?/g));
const propertiesIn = (text) => unique(all(code(text), /var\(\s*(--sx-[\w-]+)/g));
const definedIn = (text) => unique(all(code(text), /(--sx-[\w-]+)\s*:/g));
const eventsIn = (text) => unique(all(code(text), /new (Sx\w*Event)\(/g));
