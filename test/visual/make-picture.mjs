// `node test/visual/make-picture.mjs`: the picture of README.md, put together from the posters that the visual tests keep.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { ensureBrowser } from "../../.tools/ensure-browser.mjs";
import { launchOptions } from "../../.tools/find-browser.mjs";
import { root } from "../../.tools/programs.mjs";

const shown = [
  "light/390/incoming-video",
  "dark/390/connected-video",
  "light/390/connected-audio",
  "dark/390/waiting",
];

process.env.CHROME_PATH = ensureBrowser();
const pictures = shown.map((name) => {
  const bytes = readFileSync(join(root, `test/visual/baseline/${name}.png`));
  return `<img alt="" src="data:image/png;base64,${bytes.toString("base64")}">`;
});
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.setContent(`<style>
    body { margin: 0; inline-size: max-content; }
    div { display: flex; gap: 20px; padding: 4px; }
    img { inline-size: 260px; border-radius: 22px; box-shadow: 0 0 0 3px #8a8f98; }
  </style><div>${pictures.join("")}</div>`);
  await page
    .locator("div")
    .screenshot({ path: join(root, "docs/call-screens.png"), omitBackground: true });
} finally {
  await browser.close();
}
