import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFirefox } from "../../.tools/find-browser.mjs";

describe("the search for a Firefox", () => {
  let folder = "";
  const place = (name: string) => join(folder, name);
  const find = (env: Record<string, string>, starts: (path: string) => boolean) =>
    findFirefox({ env, starts });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sx-firefox-"));
    for (const name of ["firefox-esr", "firefox"]) writeFileSync(place(name), "");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("takes what the environment names before anything else", () => {
    expect(find({ FIREFOX_PATH: "/named", PATH: folder }, () => true)).toBe("/named");
  });

  it("takes an installed one that starts, the extended support release first", () => {
    expect(find({ PATH: folder }, () => true)).toBe(place("firefox-esr"));
    expect(find({ PATH: folder }, (path) => path !== place("firefox-esr"))).toBe(place("firefox"));
  });

  it("finds none where none starts", () => {
    expect(find({ PATH: folder }, () => false)).toBeUndefined();
  });
});
