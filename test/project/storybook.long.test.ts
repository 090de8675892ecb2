import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { preview } from "vite";
import { expect, it, onTestFinished } from "vitest";
import { launchOptions } from "../../.config/browser-options.mjs";
import { program, root } from "../../.tools/programs.mjs";

it("builds Storybook as a site that shows a story", async () => {
  const output = "dist/storybook";
  const { status, stderr } = spawnSync(
    process.execPath,
    [program("storybook"), "build", "--output-dir", output, "--loglevel", "warn"],
    { cwd: root, encoding: "utf8", env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: "1" } },
  );
  expect(status, stderr).toBe(0);

  const server = await preview({
    root: fileURLToPath(new URL("../../dist", import.meta.url)),
    configFile: false,
    build: { outDir: "storybook" },
    preview: { host: "127.0.0.1", port: 0 },
  });
  onTestFinished(() => server.close());
  const browser = await chromium.launch(launchOptions());
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const [address = ""] = server.resolvedUrls?.local ?? [];
  const index = (await (await fetch(new URL("index.json", address))).json()) as {
    entries: Record<string, { type: string; id: string }>;
  };
  const story = Object.values(index.entries).find(
    ({ type, id }) => type === "story" && id.startsWith("call-controls--"),
  );
  // Within the element's shadow root.
  const shown = async (globals: string) => {
    await page.goto(
      new URL(`iframe.html?viewMode=story&id=${story?.id ?? ""}${globals}`, address).href,
    );
    const first = page.locator("#storybook-root").getByRole("button").first();
    await first.waitFor();
    return first.getAttribute("aria-label");
  };
  expect(await shown("")).toBe("Microphone");
  // A dictionary of the kit, loaded when it is selected.
  expect(await shown("&globals=language:de")).toBe("Mikrofon");
});
