import type { Browser } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import {
  builtPage,
  openPage,
  press,
  serve,
  sightOf,
  wordsOf,
} from "../support/interop/deltachat-page.ts";
import type { AppPageOptions, OpenedApp } from "../support/interop/deltachat-page.ts";

let browser: Browser;
const opened: OpenedApp[] = [];

beforeAll(async () => {
  browser = await startBrowser("chromium");
});

afterEach(async () => {
  for (const { page } of opened.splice(0)) await page.browserContext().close();
});

afterAll(() => browser.close());

async function open(options?: AppPageOptions): Promise<OpenedApp> {
  const app = await openPage(browser, options);
  opened.push(app);
  return app;
}

const said = (app: OpenedApp, name: string) =>
  expect
    .poll(() => app.said.some(([one]) => one === name), { timeout: 20_000 })
    .toBe(true)
    .then(() => app.said.find(([one]) => one === name)![1]);
const reaches = (app: OpenedApp, state: string) =>
  expect.poll(async () => (await sightOf(app)).state, { timeout: 20_000 }).toBe(state);

/** The little host: carries what one page says to the other. */
async function call(a: AppPageOptions = {}, b: AppPageOptions = {}) {
  const caller = await open({ ...a, hash: "#startCall" });
  const offer = await said(caller, "startCall");
  const callee = await open({
    ...b,
    hash: `#offerIncomingCall=${encodeURIComponent(btoa(offer))}`,
  });
  await reaches(callee, "incoming");
  await press(callee, "accept-video");
  await caller.hash("onAnswer", await said(callee, "acceptCall"));
  await Promise.all([reaches(caller, "connected"), reaches(callee, "connected")]);
  return { caller, callee };
}

describe("the built page for Delta Chat's apps, from file:", () => {
  it("makes a video call, requests nothing but itself, and notifies its app of the hang-up", async () => {
    const { caller, callee } = await call();
    for (const app of [caller, callee]) {
      await expect
        .poll(async () => (await sightOf(app)).protection, { timeout: 20_000 })
        .toBe("protected");
      const isPlaying = await app.page.evaluate(async () => {
        const find = () =>
          document
            .querySelector("sx-call-view")
            ?.shadowRoot?.querySelector<HTMLVideoElement>("video.picture");
        let video = find();
        while (!video) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          video = find();
        }
        const playing = video;
        await new Promise((resolve) => playing.requestVideoFrameCallback(resolve));
        return playing.videoWidth > 0;
      });
      expect(isPlaying).toBe(true);
      expect(app.watch.problems).toEqual([]);
      expect(app.watch.requests.map((url) => url.split(/[?#]/)[0])).toEqual([builtPage.fileUrl]);
    }
    await press(callee, "hang-up");
    await said(callee, "endCall");
    await reaches(caller, "ended");
    expect(caller.said.map(([name]) => name)).toEqual(["startCall"]);
  });

  it(
    "processes frames in the page where no worker starts, with what it carries for the worker",
    { tags: "long" },
    async () => {
      const { caller, callee } = await call({ hasNoWorker: true }, { hasNoWorker: true });
      for (const app of [caller, callee])
        await expect
          .poll(async () => (await sightOf(app)).protection, { timeout: 20_000 })
          .toBe("protected");
    },
  );

  it(
    "gathers nothing and opens no device while it rings, and rings for the offer that came last",
    { tags: "long" },
    async () => {
      const caller = await open({ hash: "#startCall" });
      const offer = await said(caller, "startCall");
      const ringing = await open();
      await ringing.page.evaluate(() => {
        const counted = globalThis as unknown as { gathering: number; devices: number };
        Object.assign(counted, { gathering: 0, devices: 0 });
        // An engine gathers nothing before an own description: the connection itself is prepared while it rings.
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          override setLocalDescription(description?: RTCLocalSessionDescriptionInit) {
            counted.gathering += 1;
            return super.setLocalDescription(description);
          }
        };
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = (constraints) => {
          counted.devices += 1;
          return ask(constraints);
        };
      });
      await ringing.hash("offerIncomingCall", offer.replace("s=-", "s=first"));
      await reaches(ringing, "incoming");
      await ringing.hash("offerIncomingCall", offer);
      const counts = () =>
        ringing.page.evaluate(() => {
          const { gathering, devices } = globalThis as unknown as Record<string, number>;
          return [gathering, devices];
        });
      expect(await counts()).toEqual([0, 0]);
      await press(ringing, "accept-audio");
      await caller.hash("onAnswer", await said(ringing, "acceptCall"));
      await reaches(caller, "connected");
      expect((await counts())[0]).toBe(1);
    },
  );

  it("says plainly what is wrong, and shows no blank page", { tags: "long" }, async () => {
    const cases: [AppPageOptions, RegExp][] = [
      [{}, /There is no call here/],
      [{ hash: "#offerIncomingCall=garbage" }, /could not be read/],
      [{ hash: "#onAnswer=%" }, /could not be read/],
      [{ hash: "#makeCoffee" }, /could not be read/],
      [{ hash: `#acceptCall=${"A".repeat(300_000)}` }, /could not be read/],
      [{ hash: "#startCall", hasNoCalls: true }, /belongs to a messenger/],
    ];
    for (const [options, words] of cases) {
      const app = await open(options);
      await expect.poll(() => wordsOf(app)).toMatch(words);
      expect(app.watch.problems).toEqual([]);
    }
  });

  it("answers after hashes that are no commands, whatever they are", { tags: "long" }, async () => {
    const app = await open();
    await app.page.evaluate(() => {
      const random = (length: number) =>
        Array.from({ length }, () => String.fromCharCode(33 + Math.random() * 93)).join("");
      const names = ["", "offerIncomingCall=", "acceptCall=", "onAnswer=", "onAnswer%3D", "%"];
      // Chromium lets a page change its address 200 times in 10 s; the other 10,000 meet the page's host.
      for (let at = 0; at < 150; at += 1) {
        history.replaceState(null, "", `#${names[at % names.length] ?? ""}${random(at % 60)}`);
        dispatchEvent(new HashChangeEvent("hashchange"));
      }
    });
    await app.hash("startCall");
    await said(app, "startCall");
    await expect.poll(() => wordsOf(app)).not.toMatch(/could not be read/);
    expect(app.watch.problems).toEqual([]);
  });

  it(
    "ends the call with plain words where the other side's description is refused",
    { tags: "long" },
    async () => {
      const app = await open({ hash: "#startCall" });
      await said(app, "startCall");
      await app.hash("onAnswer", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n");
      await reaches(app, "ended");
      expect((await sightOf(app)).problem).toBe("bad-signal");
      await said(app, "endCall");
    },
  );

  it(
    "sends relay candidates only where required, and reports a missing relay",
    { tags: "long" },
    async () => {
      const app = await open({ query: "?relayOnly", hash: "#startCall" });
      await reaches(app, "ended");
      expect((await sightOf(app)).problem).toBe("bad-argument");
      expect(app.said.map(([name]) => name)).toEqual(["endCall"]);
    },
  );

  it("offers to hide the address where the app names a relay", { tags: "long" }, async () => {
    const caller = await open({ hash: "#startCall" });
    const offer = await said(caller, "startCall");
    const hash = `#offerIncomingCall=${encodeURIComponent(btoa(offer))}`;
    const servers = JSON.stringify([{ urls: "turn:127.0.0.1:9", username: "a", credential: "b" }]);
    const [without, withRelay] = [await open({ hash }), await open({ hash, servers })];
    await expect.poll(() => wordsOf(withRelay)).toContain("Hide my address");
    expect(await wordsOf(without)).not.toContain("Hide my address");
  });

  for (const [name, policy] of [
    ["the policy that is built with it", builtPage.policy],
    ["one that forbids its worker", () => builtPage.policy().replace("worker-src blob:; ", "")],
  ] as const) {
    it(`works under ${name}`, { tags: "long" }, async () => {
      const server = await serve(builtPage.html(), policy());
      try {
        const { caller, callee } = await call({ url: server.url }, { url: server.url });
        for (const app of [caller, callee])
          await expect
            .poll(async () => (await sightOf(app)).protection, { timeout: 20_000 })
            .toBe("protected");
      } finally {
        server.stop();
      }
    });
  }

  it("speaks the person's language where the app puts its file in", { tags: "long" }, async () => {
    const app = await open({ languages: ["de-AT"] });
    await app.page.evaluate(async (url) => {
      await new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = url;
        script.addEventListener("load", resolve);
        document.head.append(script);
      });
    }, new URL("languages/de.js", builtPage.fileUrl).href);
    await expect.poll(() => wordsOf(app)).toContain("Hier gibt es keinen Anruf");
  });
});
