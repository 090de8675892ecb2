import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** What every policy of ours forbids, whatever else it allows. */
const always = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"];
const never = /unsafe-|\*(?!['\s;]*(?:;|$))| http:(?!\/\/)|script-src[^;]*(?:https?:|data:|blob:)/;

/** The policies in a text: those of headers, where a page around this one can be forbidden, and those of a `meta`. */
function policiesIn(text: string): { readonly policy: string; readonly isHeader: boolean }[] {
  return [...text.matchAll(/^(.*?)(?:frame-ancestors [^;]+; )?default-src [^"\n]*/gm)].map(
    ([found, before = ""]) => ({
      policy: found.slice(found.search(/(?:frame-ancestors|default-src) /)),
      isHeader: /Content-Security-Policy: |"csp": |^$/.test(before),
    }),
  );
}

describe("the content security policies of the documents", () => {
  const documents = readdirSync(new URL("docs/hosts", root)).map((name) => `docs/hosts/${name}`);
  const found = documents.flatMap((name) =>
    policiesIn(read(name)).map((one) => [name, one] as const),
  );

  it("are there", () => {
    expect(found.map(([name]) => name)).toEqual(
      expect.arrayContaining(
        ["android", "iframe", "tauri", "web-socket"].map((name) => `docs/hosts/${name}.md`),
      ),
    );
  });

  it.each(found)(
    "of %s forbids another base, forms, and pages around it",
    (_, { policy, isHeader }) => {
      for (const part of always) expect(policy).toContain(part);
      expect(policy).not.toMatch(never);
      // A `meta` cannot say it (CSP level 3, section 3.3).
      expect(policy.includes("frame-ancestors ")).toBe(isHeader);
    },
  );
});

describe("the pages that are built", () => {
  const pages = ["simplex/android/call.html", "simplex/desktop/call.html", "deltachat/index.html"];

  it.each(pages)(
    "%s: runs its own script and style by their hashes, and nothing else of its text",
    (name) => {
      const html = read(`dist/${name}`);
      const [, policy = ""] =
        /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
      for (const tag of ["script", "style"]) {
        const [, text = ""] = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(html) ?? [];
        const hash = createHash("sha256").update(text).digest("base64");
        expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
      }
      for (const part of always) expect(policy).toContain(part);
      expect(policy).not.toContain("unsafe-");
      expect(policy).toContain("worker-src blob:");
      // Before anything that it is for.
      expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
    },
  );

  it("call.html: runs files beside it alone", () => {
    const [, policy = ""] =
      /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(read("dist/call.html")) ?? [];
    for (const part of [...always, "script-src 'self'"]) expect(policy).toContain(part);
  });

  it("have a header beside them that forbids pages around Delta Chat's", () => {
    const policy = read("dist/deltachat/policy.txt");
    for (const part of [...always, "frame-ancestors 'none'"]) expect(policy).toContain(part);
  });
});
