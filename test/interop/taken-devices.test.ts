import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { startBrowser, type EngineName } from "../support/interop/browsers.ts";
import { betweenEngines, builtPage, carry, press, until } from "../support/interop/built-pages.ts";
import { FirefoxDevices } from "../support/interop/firefox-devices.ts";

/*
 * Devices that the system takes in a call, and gives back, between the pages of two engines as built. Reads `dist/`, which `npm test`
 * builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** No button of Chromium takes a device: its tracks say what they would say then. */
const keepsTracks = `(() => {
  globalThis.own = [];
  view.mediaDevices = {
    async getUserMedia(wanted) {
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      own.push(...stream.getTracks());
      return stream;
    },
    enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
  };
  globalThis.take = (isTaken) => {
    for (const track of own) {
      Object.defineProperty(track, "muted", { configurable: true, value: isTaken });
      track.dispatchEvent(new Event(isTaken ? "mute" : "unmute"));
    }
  };
})()`;

/** What takes the devices of a page, and gives them back. */
async function takerOf(
  engine: EngineName,
  page: Page,
): Promise<(isTaken: boolean) => Promise<void>> {
  if (engine === "firefox") {
    const devices = await FirefoxDevices.of(await startBrowser(engine), page);
    return (isTaken) => devices.mute(isTaken);
  }
  await page.evaluate(keepsTracks);
  return async (isTaken) => {
    await page.evaluate(`take(${String(isTaken)})`);
  };
}

async function taken(from: EngineName, to: EngineName): Promise<void> {
  const [owner, other] = [await builtPage(from, served.origin), await builtPage(to, served.origin)];
  const stop = carry(owner, other);
  try {
    const take = await takerOf(from, owner);
    // In the front: a page in the background gets no devices.
    await other.bringToFront();
    await owner.bringToFront();
    await owner.evaluate(`void view.startCall({ media: "video" })`);
    await until(other, `view.state === "incoming"`);
    await other.evaluate(`void view.acceptCall({ media: "audio" })`);
    for (const page of [owner, other]) await until(page, `view.state === "connected"`);
    await until(other, `view.snapshot.remote.microphone && view.snapshot.remote.camera`);

    await take(true);
    await until(owner, `view.snapshot.local.microphone.state === "interrupted"`);
    await until(other, `view.snapshot.remote.interrupted?.join() === "microphone,camera"`);
    await until(
      other,
      `view.shadowRoot.querySelector(".remote-interrupted")?.textContent.includes("Ann may be on another call")`,
    );
    await take(false);
    await until(other, `view.snapshot.remote.microphone && view.snapshot.remote.camera`);
    await until(other, `!view.shadowRoot.querySelector(".remote-interrupted")`);

    // Muted before: whatever the system takes and gives back, nobody is heard who did not want to be.
    await press(owner, "microphone");
    await until(other, `!view.snapshot.remote.microphone`);
    await take(true);
    await until(other, `view.snapshot.remote.interrupted?.includes("camera")`);
    await take(false);
    await until(other, `view.snapshot.remote.camera`);
    expect(
      await owner.evaluate(`[view.snapshot.local.microphone.state, view.state].join(" ")`),
    ).toBe("off connected");
    expect(await other.evaluate("view.snapshot.remote.microphone")).toBe(false);
  } finally {
    stop();
    await Promise.all([owner, other].map((page) => page.browserContext().close()));
  }
}

describe("devices that the system takes in a call", () => {
  betweenEngines(
    "are reported to the other side, and come back, but for one that was muted",
    taken,
    90_000,
  );
});
