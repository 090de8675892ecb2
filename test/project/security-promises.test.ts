import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** What SECURITY.md says, by its headings. */
const sections = new Map(
  read("SECURITY.md")
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
);

/** A test that is named: its file and, where they stand behind it, words of its name. */
interface Named {
  readonly file: string;
  readonly words: string | undefined;
}

const testsIn = (text: string): Named[] =>
  [...text.matchAll(/`(test\/[^`]*\.test\.ts)`(?:\s+"([^"]*)")?/g)].map(([, file = "", words]) => ({
    file,
    words: words?.replace(/\s+/g, " "),
  }));

/** The names that a test file gives to its tests, the long ones too: what stands in a template is left open. */
const namesIn = (file: string): string[] =>
  [...read(file).matchAll(/\b(?:it|longIt|register)(?:\.\w+\([^]*?\))?\(\s*(["`])([^]*?)\1,/g)].map(
    ([, , name = ""]) => name,
  );

const bulletsOf = (heading: string) =>
  (sections.get(heading) ?? "")
    .split(/^- /m)
    .slice(1)
    .map((bullet) => bullet.split("\n\n")[0] ?? "");
const rowsOf = (heading: string) =>
  (sections.get(heading) ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);

describe("the promises of SECURITY.md", () => {
  const promises = [
    ...bulletsOf("Security model"),
    ...rowsOf("Tested attacks"),
    ...rowsOf("Failures"),
  ];

  it("are there", () => {
    expect(bulletsOf("Security model").length).toBeGreaterThan(7);
    expect(rowsOf("Tested attacks").length).toBeGreaterThan(20);
    expect(rowsOf("Failures").length).toBeGreaterThan(7);
  });

  it.each(promises)("each name a test that there is: %s", (promise) => {
    const named = testsIn(promise);
    expect(named).not.toEqual([]);
    for (const { file, words } of named) {
      expect(existsSync(new URL(file, root)), file).toBe(true);
      if (words !== undefined)
        expect(
          namesIn(file).some((name) => name.includes(words)),
          `${file} has no "${words}"`,
        ).toBe(true);
    }
  });

  it("name every attack that is tested", () => {
    const named = new Set(testsIn(read("SECURITY.md")).map(({ file }) => file));
    const attacks = readdirSync(new URL("test/attacks", root)).map(
      (name) => `test/attacks/${name}`,
    );
    expect(attacks.filter((file) => !named.has(file))).toEqual([]);
  });
});
