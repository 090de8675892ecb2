import { launch } from "puppeteer-core";
import type { Browser, Page, Protocol } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { browserArguments } from "../../.config/browser-options.mjs";
import { findBrowser } from "../../.tools/find-browser.mjs";
import { Desktop } from "../support/notifications/desktop.ts";
import { Messenger } from "../support/notifications/messenger.ts";

let desktop: Desktop;
let messenger: Messenger;
let browser: Browser;
/** Stays in front, where no call page is meant to be, and keeps the browser open. */
let front: Page;
let registrations: Protocol.ServiceWorker.ServiceWorkerRegistration[] = [];

beforeAll(async () => {
  [desktop, messenger] = await Promise.all([Desktop.start(), Messenger.start()]);
  browser = await launch({
    ...{ browser: "chrome", executablePath: findBrowser()!, headless: true },
    args: [...browserArguments, "--allow-loopback-in-peer-connection"],
    env: { ...process.env, ...desktop.environment },
  });
  await browser
    .defaultBrowserContext()
    .setPermission(messenger.origin, { permission: { name: "notifications" }, state: "granted" });
  front = await browser.newPage();
  const session = await front.createCDPSession();
  session.on("ServiceWorker.workerRegistrationUpdated", (update) => {
    registrations = [...registrations, ...update.registrations];
  });
  await session.send("ServiceWorker.enable");
});

afterEach(async () => {
  for (const page of await browser.pages()) if (page !== front) await page.close();
  // A page that is closed while it rings leaves its notification to the worker.
  desktop.dismissAll();
});

afterAll(async () => {
  await browser.close();
  await messenger.stop();
  desktop.stop();
});

/** Opens somebody's messenger; the browser then shows something else. */
async function open(folder: string, context = browser.defaultBrowserContext()): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${messenger.origin}/${folder}/call`);
  await page.waitForSelector("body.ready");
  await front.bringToFront();
  return page;
}

/** Opens a caller's page and has it call. */
async function call(from: string, callee: string): Promise<Page> {
  const page = await open(from);
  messenger.connectTo(callee);
  const { length } = messenger.calls;
  await page.evaluate(() => document.querySelector("sx-call-view")!.startCall({ media: "audio" }));
  await expect.poll(() => messenger.calls.length).toBe(length + 1);
  return page;
}

const state = (page: Page) =>
  page.evaluate(() => document.querySelector("sx-call-view")!.getAttribute("state"));
const until = (page: Page, wanted: string) =>
  expect.poll(() => state(page), { timeout: 30_000 }).toBe(wanted);
const isInFront = (page: Page) =>
  page.evaluate(() => document.visibilityState === "visible" && document.hasFocus());
const outcome = (page: Page) =>
  page.evaluate(() => document.querySelector("sx-call-view")!.snapshot.record?.outcome);

/** The words of what is shown: the title, and the buttons of the kit. The desktop adds buttons of its own. */
async function shownWords(): Promise<string[]> {
  const [shown] = await desktop.until(1);
  return [shown!.title, shown!.actions.get("0") ?? "", shown!.actions.get("1") ?? ""];
}

/** The push of the messenger's server, which wakes the worker. */
async function push(folder: string, data: object): Promise<void> {
  const isOf = ({ scopeURL }: { scopeURL: string }) =>
    scopeURL === `${messenger.origin}/${folder}/`;
  await expect.poll(() => registrations.some(isOf)).toBe(true);
  const { registrationId } = registrations.findLast(isOf)!;
  const session = await front.createCDPSession();
  await session.send("ServiceWorker.enable");
  const { origin } = messenger;
  await session.send("ServiceWorker.deliverPushMessage", {
    origin,
    registrationId,
    data: JSON.stringify(data),
  });
  await session.detach();
}

/** A person whose page was open once and is closed now, and whom somebody calls. */
async function callWithoutPage(folder: string) {
  await (await open(folder)).close();
  const caller = await call(`caller-${folder}`, folder);
  const { callId, media } = messenger.calls.at(-1)!;
  const expiresAt = Date.now() + 60_000;
  await push(folder, { type: "call", callId, media, expiresAt, name: "Ann Secret" });
  return { caller, callId };
}

describe("the notification of a call, with the page open", () => {
  it("accepts: the page comes to the front and the two are connected", async () => {
    const callee = await open("open-accept");
    const caller = await call("caller-1", "open-accept");
    expect(await shownWords()).toEqual(["Incoming audio call", "Accept", "Decline"]);
    expect(await isInFront(callee)).toBe(false);
    desktop.press(desktop.shown[0]!, "Accept");
    await Promise.all([until(callee, "connected"), until(caller, "connected")]);
    expect(await isInFront(callee)).toBe(true);
    await desktop.until(0);
  });

  it(
    "declines: the caller is notified, and the page stays where it was",
    { tags: "long" },
    async () => {
      const callee = await open("open-decline");
      const caller = await call("caller-2", "open-decline");
      await desktop.until(1);
      desktop.press(desktop.shown[0]!, "Decline");
      await Promise.all([until(callee, "ended"), until(caller, "ended")]);
      expect(await outcome(caller)).toBe("declined");
      expect(await isInFront(callee)).toBe(false);
    },
  );

  it(
    "shows the page, and the call rings on, where the notification itself is pressed",
    { tags: "long" },
    async () => {
      const callee = await open("open-show");
      await call("caller-3", "open-show");
      await desktop.until(1);
      desktop.press(desktop.shown[0]!);
      await expect.poll(() => isInFront(callee)).toBe(true);
      expect(await state(callee)).toBe("incoming");
      await desktop.until(0);
    },
  );

  it("goes when the caller hangs up", { tags: "long" }, async () => {
    await open("open-cancel");
    const caller = await call("caller-4", "open-cancel");
    await desktop.until(1);
    await caller.evaluate(() => document.querySelector("sx-call-view")!.hangUp());
    await desktop.until(0);
  });

  it(
    "is not there without the person's permission, and the call rings all the same",
    { tags: "long" },
    async () => {
      const context = await browser.createBrowserContext();
      const callee = await open("open-forbidden", context);
      const shows = () =>
        callee.evaluate(
          async () => (await (await navigator.serviceWorker.ready).getNotifications()).length,
        );
      await call("caller-7", "open-forbidden");
      await until(callee, "incoming");
      expect([
        await callee.evaluate(() => Notification.permission),
        await shows(),
        desktop.shown,
      ]).toEqual(["default", 0, []]);
      await context.close();
    },
  );

  it("holds the ongoing call for another one, as its button says", { tags: "long" }, async () => {
    const callee = await open("open-wait");
    const first = await call("caller-5", "open-wait");
    await desktop.until(1);
    desktop.press(desktop.shown[0]!, "Accept");
    await Promise.all([until(callee, "connected"), until(first, "connected")]);
    await desktop.until(0);
    const second = await call("caller-6", "open-wait");
    expect(await shownWords()).toEqual(["Incoming audio call", "Hold and accept", "Decline"]);
    desktop.press(desktop.shown[0]!, "Hold and accept");
    await until(second, "connected");
    const isHeld = () =>
      first.evaluate(() => document.querySelector("sx-call-view")!.snapshot.held.remote);
    await expect.poll(isHeld, { timeout: 15_000 }).toBe(true);
  });
});

describe("the notification of a call, with the page closed", () => {
  it("wakes by a push, opens the call page and is accepted there", { tags: "long" }, async () => {
    const { caller, callId } = await callWithoutPage("pushed-accept");
    expect(await shownWords()).toEqual(["Incoming audio call", "Accept", "Decline"]);
    desktop.press(desktop.shown[0]!, "Accept");
    const address = `${messenger.origin}/pushed-accept/call#sx-call=${callId}`;
    const target = await browser.waitForTarget((one) => one.url() === address);
    const callee = (await target.page())!;
    await Promise.all([until(callee, "connected"), until(caller, "connected")]);
    expect(await isInFront(callee)).toBe(true);
  });

  it(
    "declines without a page: none opens, and the host's worker and the next page are notified",
    { tags: "long" },
    async () => {
      const { caller, callId } = await callWithoutPage("pushed-decline");
      await desktop.until(1);
      const pages = (await browser.pages()).length;
      desktop.press(desktop.shown[0]!, "Decline");
      await expect.poll(() => messenger.declined).toContain(callId);
      await desktop.until(0);
      expect((await browser.pages()).length).toBe(pages);
      await open("pushed-decline");
      await until(caller, "ended");
      expect(await outcome(caller)).toBe("declined");
    },
  );

  it(
    "goes where another push says that the call was answered elsewhere",
    { tags: "long" },
    async () => {
      const { callId } = await callWithoutPage("pushed-gone");
      await desktop.until(1);
      await push("pushed-gone", { type: "answered", callId });
      await desktop.until(0);
    },
  );
});
