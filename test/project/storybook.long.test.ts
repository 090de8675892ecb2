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
  const stories = Object.values(index.entries).filter(({ type }) => type === "story");
  // Within the elements' shadow roots.
  const shown = async (start: string, globals: string) => {
    const { id } = stories.find((story) => story.id.startsWith(start))!;
    await page.goto(new URL(`iframe.html?viewMode=story&id=${id}${globals}`, address).href);
    return page.locator("#storybook-root");
  };
  await (
    await shown("call-controls--", "")
  )
    .getByRole("button", { name: "Microphone" })
    .first()
    .waitFor();
  // A dictionary of the kit, loaded when it is selected: the stories of every element follow.
  for (const [start, word] of Object.entries(german))
    await (
      await shown(start, "&globals=language:de")
    )
      .getByText(word)
      .or(page.getByLabel(word))
      .first()
      .waitFor({ state: "attached" });
});

/** The first story of each element that has words, and one of them. */
const german = {
  "call-controls--audio": "Kamera",
  "call-history--phone": "Verpasst",
  "call-history-item--completed": "Verschlüsselt",
  "call-view--connected-audio": "Ende-zu-Ende-verschlüsselt",
  "connection-check--all-good": "Verbindungsprüfung",
  "device-menu--devices": "Mikrofon",
  "incoming-call--video": "Ablehnen",
  "notes--offered": "Schließen",
  "security-code--to-compare": "Stimmt überein",
};
