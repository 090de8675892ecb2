import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../.tools/manifest.mjs";
import { manifestProblems, partProblems } from "../support/package/manifest-problems.mjs";

const tokens =
  "const colours = { ring: 1 }; css(`--_x: 1; --sx-shared: 2px; --_ring: var(--sx-color-${name})`)";
const source = `class SxDoor extends SxElement {
  static readonly tagName = "sx-door";
  open() { this.dispatchEvent(new SxOpenEvent()); internals.states.add("ajar"); }
  render() { return html\`<b part="frame"></b><slot></slot><slot name="bell"></slot>\`; }
}
css\`gap: var(--sx-gap, 1px); margin: var(--sx-shared)\``;

const door = () => ({
  customElement: true,
  tagName: "sx-door",
  description: "A door.",
  attributes: [{ name: "locked", description: "Whether it is locked." }],
  members: [
    { kind: "field", name: "locked", description: "Whether it is locked." },
    { kind: "method", name: "open", description: "Opens it." },
    { kind: "method", name: "render" },
  ],
  events: [{ name: "sx-open", type: { text: "SxOpenEvent" }, description: "It opened." }],
  cssParts: [{ name: "frame", description: "The frame." }],
  cssProperties: [
    { name: "--sx-gap", description: "The gap." },
    { name: "--sx-color-ring", description: "The ring." },
  ],
  cssStates: [{ name: "ajar", description: "Half open." }],
  slots: [
    { name: "", description: "The text." },
    { name: "bell", description: "The bell." },
  ],
});

function problems(
  change: (element: ReturnType<typeof door>) => object = (element) => element,
  text = source,
): string[] {
  const modules = [{ path: "dist/elements/door/door.js", declarations: [change(door())] }];
  return manifestProblems(
    { modules },
    { door: { "door.ts": text }, shared: { "tokens.ts": tokens } },
  );
}

/** Of the elements that a view has inside, the parts that come out of it, under the names that they then have. */
const fromInside = (text: string) =>
  [...text.matchAll(/exportparts="([^"]*)"/g)].flatMap(([, list = ""]) =>
    list.split(",").map((part) => part.split(":").at(-1)!.trim()),
  );

describe("the parts of a call view", () => {
  it("have names of their own, those of the elements inside included", () => {
    const folder = fileURLToPath(new URL("../../src/elements/call-view/", import.meta.url));
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    const inside = texts.flatMap(fromInside);
    const own = texts.flatMap((text) =>
      [...text.matchAll(/\spart="([^"$]+)"/g)].flatMap(([, names = ""]) => names.split(/\s+/)),
    );
    expect(inside.length).toBeGreaterThan(20);
    // A ringing call has the one screen and the contact of a running one; accept and decline are the same deeds where one waits.
    const sameThing = [
      ...["avatar", "name", "accept-audio", "accept-video", "decline", "ignore"],
      ...["decline-with-text", "texts"],
    ];
    const twice = (names: string[]) => names.filter((name, at) => names.indexOf(name) !== at);
    expect(
      [...twice(inside), ...own.filter((name) => inside.includes(name))].filter(
        (name) => !sameThing.includes(name),
      ),
    ).toEqual([]);
  });
});

/** By element: parts of one thing that several templates draw, or that are one kind of thing. */
const samePart: Record<string, readonly string[]> = {
  // Every round button of the toolbar, beside the name of its own.
  "call-controls": ["button"],
  // The screens of a call, of an ended one and of none: the same name, status, steps and way back into a call.
  "call-view": ["name", "status", "steps", "resume"],
  // Devices of one kind, or the switches for the voice.
  "device-menu": ["group", "option"],
};

describe("the parts in the shadow tree of an element", () => {
  it("are each one thing", () => {
    const problems = Object.entries(elementSources()).flatMap(([folder, files]) =>
      partProblems(files, samePart[folder]).map((problem) => `${folder}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it("would not be two things of one name", () => {
    const surface = '<div class="a" part="screen">';
    const button = '<button type="button" part="button screen" @click=${() => this.go()}>';
    const twice = { "a.ts": surface, "b.ts": button };
    expect(partProblems(twice)).toEqual(["part screen names several things: div, button"]);
    expect(partProblems(twice, ["screen"])).toEqual([]);
    expect(partProblems({ "a.ts": surface }, ["screen"])).toEqual([
      "part screen is at one place alone",
    ]);
  });
});

describe("the check of the manifest", () => {
  it("accepts an element that documents what it does", () => {
    expect(problems()).toEqual([]);
  });

  it.each([
    ["an element without description", { description: "" }, "the class has no description"],
    [
      "another tag than the folder's",
      { tagName: "sx-gate" },
      "the tag is sx-gate, expected sx-door",
    ],
    [
      "an attribute without description",
      { attributes: [{ name: "locked" }] },
      "attribute locked has no description",
    ],
    [
      "a method without description",
      { members: [{ kind: "method", name: "open" }] },
      "method open has no description",
    ],
    ["a part that is not documented", { cssParts: [] }, "part frame is not documented"],
    [
      "a slot that is not documented",
      { slots: [{ name: "bell", description: "x" }] },
      "slot (default) is not documented",
    ],
    ["an event that is not documented", { events: [] }, "event SxOpenEvent is not documented"],
    [
      "a custom property that is not documented",
      { cssProperties: [] },
      "custom property --sx-gap is not documented",
    ],
  ])("finds %s", (_, change, sentence) => {
    expect(problems((element) => ({ ...element, ...change }))).toContain(
      `src/elements/door: ${sentence}`,
    );
  });

  it("finds documented features that do not exist", () => {
    expect(
      problems((element) => element, 'tagName = "sx-door" // part="frame" and <slot name="bell">'),
    ).toEqual(
      [
        "part frame is documented but not used",
        "slot (default) is documented but not used",
        "slot bell is documented but not used",
        "event SxOpenEvent is documented but not used",
        "custom property --sx-gap is documented but not used",
        "state ajar is documented but not used",
      ].map((problem) => `src/elements/door: ${problem}`),
    );
  });

  it("finds a folder without an element, and no element at all", () => {
    expect(manifestProblems({ modules: [] }, { gate: {} })).toEqual([
      "src/elements/gate: 0 classes with @tagname, expected 1",
    ]);
    expect(manifestProblems({ modules: [] }, { shared: {} })).toEqual([
      "src/elements: there is no element",
    ]);
  });
});

/** The texts below `src/elements`: folder, then file. */
function elementSources(): Record<string, Record<string, string>> {
  const base = fileURLToPath(new URL("../../src/elements", import.meta.url));
  const folders = readdirSync(base, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sourcesIn = (folder: string) =>
    readdirSync(join(base, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file, readFileSync(join(base, folder, file), "utf8")] as const);
  return Object.fromEntries(
    folders.map(({ name }) => [name, Object.fromEntries(sourcesIn(name))] as const),
  );
}

describe("the manifest of the package", () => {
  it("documents what the elements have and do, and nothing else", () => {
    expect(
      manifestProblems(readManifest() as Parameters<typeof manifestProblems>[0], elementSources()),
    ).toEqual([]);
  });
});
