// `node docs/screens/make-screens.mjs`: the pictures of README.md and docs/design.md, taken of the demo's call in a real browser.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startDevServer } from "@web/dev-server";
import puppeteer from "puppeteer-core";
import config from "../../web-dev-server.config.mjs";
import { ensureBrowser } from "../../.tools/ensure-browser.mjs";
import { root } from "../../.tools/programs.mjs";

const folder = join(root, "docs/screens");
/** A phone's window, and the one of the whole demo. */
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

process.chdir(root);
mkdirSync(folder, { recursive: true });
const server = await startDevServer({
  logStartMessage: false,
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
  config: { ...config, watch: false, open: false },
});
const browser = await puppeteer.launch({
  executablePath: ensureBrowser(),
  args: ["--no-sandbox", "--lang=en"],
});
try {
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport(desk);
  await page.goto(`http://127.0.0.1:${server.config.port}/demo/`);
  const until = (condition) => page.waitForFunction(condition, { timeout: 60_000, polling: 200 });
  /** Calls a method of a phone's view. */
  const act = (who, method, ...given) =>
    page.$eval(
      `#${who} sx-call-view`,
      (view, name, values) => view[name](...values),
      method,
      given,
    );
  // A picture that still glides into its corner is in the way: on a busy machine it begins late.
  const isAtRest = `["ann", "ben"].every((id) =>
    document
      .querySelector("#" + id + " sx-call-view")
      .shadowRoot.getAnimations()
      .every((one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity),
  )`;
  const take = async (name) => {
    await until(isAtRest);
    await page.screenshot({ path: `${folder}/${name}.webp`, quality: 76 });
  };
  const press = (id) => page.$eval(`#${id}`, (button) => button.click());
  /** Gives one phone the whole window, or takes it back. */
  const show = (who) =>
    page.evaluate((shown) => {
      document.querySelector(".stage").dataset.shown = shown;
      for (const each of ["ann", "ben"]) {
        const place = document.getElementById(each);
        const { style } = place.querySelector(".handset");
        place.style.containerType = each === shown ? "normal" : "";
        style.cssText =
          each === shown
            ? "position:fixed;inset:0;inline-size:100vw;block-size:100vh;border:0;border-radius:0;z-index:9"
            : "";
      }
    }, who);

  const isConnected = `["ann", "ben"].every((id) => {
    const { snapshot } = document.querySelector("#" + id + " sx-call-view");
    return snapshot.state === "connected" && snapshot.protection.status === "protected";
  })`;
  // Also the seconds after a start, in which a busy machine measures a weak connection.
  const isGood = `["ann", "ben"].every(
    (id) => document.querySelector("#" + id + " sx-call-view").snapshot.quality?.bars >= 3,
  )`;
  const takeWhenGood = async (name) => {
    // A machine that is busy all the time has a weak connection to itself.
    await page.waitForFunction(isGood, { timeout: 40_000, polling: 200 }).catch(() => undefined);
    await take(name);
  };
  await until(isConnected);
  // Some seconds of it: a camera begins small, and there is something to be seen on the way.
  await until(`parseInt(document.querySelector("#relayed").textContent.replace(",", "")) > 600`);
  await until(`["ann", "ben"].every((id) =>
    document.querySelector("#" + id + " sx-call-view").shadowRoot.querySelector(".frame.small"),
  )`);
  await takeWhenGood("demo");

  await page.setViewport(phone);
  await show("ann");
  await takeWhenGood("video");
  await press("weak");
  await until(`document.querySelector("#ann sx-call-view").snapshot.quality?.bars <= 2`);
  await take("weak");
  await press("weak");
  await press("tamper");
  await until(
    `document.querySelector("#ann sx-call-view").snapshot.protection.status === "tampered"`,
  );
  await take("tampering");
  await press("tamper");
  await until(isConnected);
  await press("screen");
  await until(`document.querySelector("#ann sx-call-view").snapshot.remote.screen`);
  await page.$eval("#ann sx-call-view", async ({ shadowRoot }) => {
    const video = shadowRoot.querySelector("video.picture");
    while (video.videoWidth < video.videoHeight)
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  });
  await takeWhenGood("screen");
  await press("screen");
  await press("second");
  await until(`document.querySelector("#ann sx-call-view").others.length > 0`);
  await takeWhenGood("second");
  await press("second");
  await until(`document.querySelector("#ann sx-call-view").others.length === 0`);
  await act("ben", "hangUp");
  await until(`document.querySelector("#ann sx-call-view").state === "ended"`);
  await take("ended");
  void act("ann", "startCall", { media: "video" });
  await until(`document.querySelector("#ben sx-call-view").state === "incoming"`);
  await until(`document.querySelector("#ann sx-call-view").state === "ringing"`);
  await take("ringing");
  await show("ben");
  await take("incoming");
  await act("ben", "declineCall");
  await until(`document.querySelector("#ann sx-call-view").state === "ended"`);
  void act("ann", "startCall", { media: "audio" });
  await until(`document.querySelector("#ben sx-call-view").state === "incoming"`);
  await act("ben", "acceptCall");
  await until(isConnected);
  await show("ann");
  await take("audio");
} finally {
  await browser.close();
  await server.stop();
}
