import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { skipsFirefox, type EngineName } from "../support/interop/browsers.ts";
import { builtPage, carry, press, until } from "../support/interop/built-pages.ts";

/*
 * A shared screen that is paused and changed, and the volume of the other side, between the pages of two engines as built. Reads `dist/`,
 * which `npm test` builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** A screen that is a moving drawing, another one each time: Firefox without a window has no monitor. */
const drawnScreen = `view.mediaDevices = {
  getUserMedia: (wanted) => navigator.mediaDevices.getUserMedia(wanted),
  enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
  getDisplayMedia() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const context = canvas.getContext("2d");
    let turn = 0;
    setInterval(() => {
      context.fillStyle = "hsl(" + (turn += 7) + " 60% 40%)";
      context.fillRect(0, 0, 640, 360);
    }, 50);
    return Promise.resolve(canvas.captureStream(20));
  },
}`;

async function shares(from: EngineName, to: EngineName): Promise<void> {
  const sharer = await builtPage(from, served.origin);
  const viewer = await builtPage(to, served.origin);
  const stop = carry(sharer, viewer);
  try {
    if (from === "firefox") await sharer.evaluate(drawnScreen);
    await sharer.evaluate(`void view.startCall({ media: "audio" })`);
    await until(viewer, `view.state === "incoming"`);
    await viewer.evaluate(`void view.acceptCall()`);
    for (const page of [sharer, viewer]) await until(page, `view.state === "connected"`);

    // In the front: a page in the background gets no devices.
    await sharer.bringToFront();
    await sharer.evaluate(`void view.setScreenShare(true)`);
    const shown = `[...view.shadowRoot.querySelectorAll("video")].find(({ srcObject }) => srcObject?.getTracks()[0] === view.calls.tracks.remoteScreen)`;
    await until(viewer, `view.snapshot.remote.screen && ${shown}?.videoWidth > 0`);

    await press(sharer, "pause-sharing");
    await until(sharer, `view.snapshot.local.screenPaused`);
    await until(viewer, `view.snapshot.remote.screenPaused`);
    await until(viewer, `find("signs").querySelector(".remote-paused")`);
    await press(sharer, "pause-sharing");
    await until(viewer, `view.snapshot.remote.screen && !view.snapshot.remote.screenPaused`);

    await sharer.evaluate("globalThis.before = view.calls.tracks.localScreen.id");
    await press(sharer, "share-other");
    await until(
      sharer,
      `view.calls.tracks.localScreen && view.calls.tracks.localScreen.id !== before`,
    );
    // It never ends for the other side, and the new picture comes.
    await viewer.evaluate(`${shown}.requestVideoFrameCallback(() => { globalThis.isNew = true; })`);
    await until(viewer, `globalThis.isNew && view.snapshot.remote.screen`);

    await viewer.evaluate(
      `view.addEventListener("sx-set-volume", ({ detail }) => { globalThis.asked = detail; })`,
    );
    await viewer.evaluate(`view.performScreenAction("devices")`);
    await until(viewer, `find("volume")?.querySelector("input")`);
    await viewer.evaluate(`(() => {
      const slider = find("volume").querySelector("input");
      slider.value = "30";
      slider.dispatchEvent(new Event("input"));
    })()`);
    await until(viewer, `view.callVolume === 0.3`);
    const voice = `[...view.shadowRoot.querySelectorAll("audio")].find(({ srcObject }) => srcObject?.getTracks()[0] === view.calls.tracks.remoteMicrophone)`;
    await until(viewer, `${voice}?.volume.toFixed(2) === "0.30"`);
    expect(await viewer.evaluate("asked")).toEqual({ volume: 0.3, of: "call" });
  } finally {
    stop();
    await Promise.all([sharer, viewer].map((page) => page.browserContext().close()));
  }
}

describe("a shared screen", () => {
  it.skipIf(skipsFirefox)(
    "is paused, goes on and becomes another one, and the other side has a volume: Chromium shares with Firefox",
    { tags: "long", timeout: 90_000 },
    () => shares("chromium", "firefox"),
  );

  it.skipIf(skipsFirefox)(
    "is paused, goes on and becomes another one, and the other side has a volume: Firefox shares with Chromium",
    { tags: "long", timeout: 90_000 },
    () => shares("firefox", "chromium"),
  );
});
