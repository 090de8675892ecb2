import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../.tools/find-browser.mjs";

describe("the search for a browser", () => {
  let folder = "";
  const place = (name: string) => join(folder, name);
  const find = (env: Record<string, string>, starts: (path: string) => boolean) =>
    findBrowser({ env, starts });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sx-browser-"));
    for (const name of ["chromium", "google-chrome"]) writeFileSync(place(name), "");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("takes what the environment names before anything else", () => {
    expect(find({ CHROME_PATH: "/named", PATH: folder }, () => true)).toBe("/named");
    expect(find({ PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: "/named", PATH: folder }, () => true)).toBe(
      "/named",
    );
  });

  it("takes an installed one, Chromium first", () => {
    expect(find({ PATH: folder }, () => true)).toBe(place("chromium"));
  });

  it("passes over one that does not start", () => {
    expect(find({ PATH: folder }, (path) => path !== place("chromium"))).toBe(
      place("google-chrome"),
    );
  });

  it("finds none where none starts", () => {
    expect(find({ PATH: folder }, () => false)).toBeUndefined();
  });
});
