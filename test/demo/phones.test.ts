import type { Browser, BrowserContext, Locator, Page } from "playwright";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { startPlaywright } from "../support/interop/browsers.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";

let server: Server;
let browser: Browser;
let context: BrowserContext;
let address: string;
let foreign: string[];
let faults: string[];

beforeAll(async () => {
  server = await serve(["demo/phones.ts"]);
  address = addressOf(server);
  browser = await startPlaywright();
});

afterAll(() => server.stop());

beforeEach(async () => {
  foreign = [];
  faults = [];
  context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  context.on("request", (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) foreign.push(request.url());
  });
  context.on("weberror", (fault) => faults.push(fault.error().message));
});

afterEach(async () => {
  await context.close();
  expect(foreign).toEqual([]);
  expect(faults).toEqual([]);
});

function addressOf({ config: { port } }: Server): string {
  return `http://127.0.0.1:${String(port)}/demo/phones.html`;
}

/** The two phones of the demo page, as a person finds them: by name. */
async function openPhones(at = address): Promise<{ page: Page; a: Locator; b: Locator }> {
  const page = await context.newPage();
  await page.goto(at);
  return {
    page,
    a: page.getByRole("region", { name: "Phone A" }),
    b: page.getByRole("region", { name: "Phone B" }),
  };
}

async function videoCall(a: Locator, b: Locator): Promise<void> {
  await a.getByRole("button", { name: "Video call" }).click();
  await b.getByRole("button", { name: "Accept with video" }).click();
  await Promise.all([untilState(a, "connected"), untilState(b, "connected")]);
}

function untilState(phone: Locator, state: string): Promise<void> {
  return phone.locator(`sx-call-view[state="${state}"]`).waitFor();
}

/** Waits until the other side's picture shows two different images. */
async function seesMovingPicture(phone: Locator): Promise<void> {
  const picture = phone.locator("video.picture");
  await picture.waitFor();
  await picture.evaluate(async (video: HTMLVideoElement) => {
    const images = new Set<string>();
    const canvas = new OffscreenCanvas(32, 32);
    const context2d = canvas.getContext("2d");
    while (images.size < 2) {
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      context2d?.drawImage(video, 0, 0, 32, 32);
      images.add(context2d?.getImageData(0, 0, 32, 32).data.join() ?? "");
    }
  });
}

/** Waits until the other side's sound is not silence. The fake microphone beeps once a second. */
async function hearsSound(phone: Locator): Promise<void> {
  const playing = phone.locator("audio").first();
  await playing.waitFor({ state: "attached" });
  await playing.evaluate(async (element: HTMLAudioElement) => {
    while (
      !(element.srcObject instanceof MediaStream) ||
      element.srcObject.getAudioTracks().length === 0
    ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const audio = new AudioContext();
    await audio.resume();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(element.srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    do {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      analyser.getFloatTimeDomainData(samples);
    } while (!samples.some((sample) => Math.abs(sample) > 0.01));
    await audio.close();
  });
}

/** Waits until a phone's chat holds one call, with these words. */
async function keepsCall(phone: Locator, words: RegExp): Promise<void> {
  const items = phone.locator("sx-call-history-item");
  await items.getByText(words).first().waitFor({ state: "attached" });
  expect(await items.count()).toBe(1);
}

describe("the page of two messengers", () => {
  async function expectEncryptedVideoCall(at = address): Promise<void> {
    const { a, b } = await openPhones(at);
    await videoCall(a, b);
    for (const phone of [a, b]) {
      await Promise.all([seesMovingPicture(phone), hearsSound(phone)]);
      await phone.getByText("End-to-end encrypted").first().waitFor();
    }
  }

  it("makes a video call: both see and hear each other, encrypted", { tags: "long" }, () =>
    expectEncryptedVideoCall(),
  );

  it(
    "makes the same call from its single modules, as a developer sees it",
    { tags: "long" },
    async () => {
      const fromSource = await serve();
      onTestFinished(async () => void (await fromSource.stop()));
      await expectEncryptedVideoCall(addressOf(fromSource));
    },
  );

  it("shows in B at once what A does: mute, camera off, hang-up", { tags: "long" }, async () => {
    const { a, b } = await openPhones();
    await videoCall(a, b);
    await a.getByRole("button", { name: "Microphone" }).press("Enter");
    await b.locator(".sign.remote-muted").waitFor();
    await a.getByRole("button", { name: "Camera", exact: true }).press("Enter");
    await b.locator(".sign.camera-off").waitFor();
    await b.locator("video.picture").waitFor({ state: "detached" });
    await a.getByRole("button", { name: "End call" }).press("Enter");
    await Promise.all([untilState(a, "ended"), untilState(b, "ended")]);
    await keepsCall(a, /outgoing video call/i);
    await keepsCall(b, /incoming video call/i);
    for (const phone of [a, b]) {
      await phone.getByRole("button", { name: "Close" }).click();
      await phone.locator("sx-call-view").waitFor({ state: "hidden" });
    }
  });

  it(
    "makes an audio call: both hear each other, and no camera is on",
    { tags: "long" },
    async () => {
      const { a, b } = await openPhones();
      await a.getByRole("button", { name: "Audio call" }).click();
      await b.getByRole("button", { name: /^Accept/ }).click();
      await Promise.all([untilState(a, "connected"), untilState(b, "connected")]);
      await Promise.all([hearsSound(a), hearsSound(b)]);
      expect(await a.locator("video").count()).toBe(0);
      await b.getByRole("button", { name: "End call" }).press("Enter");
      await untilState(a, "ended");
      await keepsCall(a, /outgoing audio call/i);
      await keepsCall(b, /incoming audio call/i);
    },
  );

  it("leaves a declined call in both chats when B declines", { tags: "long" }, async () => {
    const { a, b } = await openPhones();
    await a.getByRole("button", { name: "Video call" }).click();
    await b.getByRole("button", { name: "Decline" }).click();
    await keepsCall(a, /declined/i);
    await keepsCall(b, /declined/i);
  });

  it("leaves a cancelled and a missed call when A cancels", { tags: "long" }, async () => {
    const { a, b } = await openPhones();
    await a.getByRole("button", { name: "Video call" }).click();
    await untilState(b, "incoming");
    await a.getByRole("button", { name: "End call" }).press("Enter");
    await keepsCall(a, /cancelled/i);
    await keepsCall(b, /missed/i);
  });

  it("leaves an unanswered and a missed call when nobody answers", { tags: "long" }, async () => {
    const { page, a, b } = await openPhones();
    await page.getByLabel("Ring for").fill("1");
    await a.getByRole("button", { name: "Audio call" }).click();
    await keepsCall(a, /no answer|unanswered/i);
    await keepsCall(b, /missed/i);
  });

  it(
    "calls with a drawn picture and a tone where there is no camera and microphone",
    { tags: "long" },
    async () => {
      const { page, a, b } = await openPhones();
      await page.getByLabel(/Drawn picture/).check();
      await videoCall(a, b);
      await Promise.all([seesMovingPicture(b), hearsSound(b)]);
    },
  );

  it("calls over a slow channel", { tags: "long" }, async () => {
    const { page, a, b } = await openPhones();
    await page.getByLabel("Delay of the channel").fill("300");
    await videoCall(a, b);
    await Promise.all([seesMovingPicture(a), seesMovingPicture(b)]);
  });

  it("calls from one tab to another", { tags: "long" }, async () => {
    const [pageA, pageB] = [await context.newPage(), await context.newPage()];
    await Promise.all([pageA.goto(`${address}?phone=a`), pageB.goto(`${address}?phone=b`)]);
    const [a, b] = [
      pageA.getByRole("region", { name: "Phone A" }),
      pageB.getByRole("region", { name: "Phone B" }),
    ];
    await Promise.all([a.waitFor(), b.waitFor()]);
    await videoCall(a, b);
    await pageA.bringToFront();
    await seesMovingPicture(a);
    await pageB.bringToFront();
    await seesMovingPicture(b);
  });
});
