import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { FirefoxDevices } from "../support/interop/firefox-devices.ts";
import { skipsFirefox, startBrowser } from "../support/interop/browsers.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { callBetween, twoViews, untilProtected } from "../support/package/two-views.ts";

/*
 * Firefox with devices that do not answer or are taken away, slow statistics, and sound that may not play yet. `test/outside/`
 * tests the same in Chromium. Reads `dist/`, which `npm test` builds first.
 */

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** What is read of a view. */
interface View extends HTMLElement {
  readonly snapshot: {
    readonly state: string;
    readonly quality: unknown;
    readonly local: Readonly<
      Record<"microphone" | "camera", { readonly state: string; readonly problem: string | null }>
    >;
    readonly remote: {
      readonly microphone: boolean;
      readonly camera: boolean;
      readonly starting?: readonly string[];
      readonly interrupted?: readonly string[];
    };
    readonly protection: { readonly sealedIn?: string };
  };
  setCamera(on: boolean): Promise<void>;
  hangUp(): Promise<void>;
}

describe.skipIf(skipsFirefox)("Firefox", () => {
  let browser: Browser;
  let folder: string;
  let server: StaticServer;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser("firefox");
    folder = mkdtempSync(join(tmpdir(), "sx-call-kit-firefox-"));
    for (const name of readdirSync(dist))
      if (name.startsWith("sx-call")) copyFileSync(join(dist, name), join(folder, name));
    writeFileSync(
      join(folder, "page.html"),
      `<!doctype html><html lang="en"><meta charset="utf-8"><style>sx-call-view { display: block; inline-size: 320px; block-size: 480px; float: left; }</style>
<script src="sx-call-kit.iife.js" defer></script><script src="page.js" defer></script>
<body><sx-call-view contact-name="Bob"></sx-call-view><sx-call-view contact-name="Ann"></sx-call-view>`,
    );
    writeFileSync(join(folder, "page.js"), twoViews);
    server = await StaticServer.start(folder);
  }, 120_000);

  afterEach(async () => {
    await page.close();
  });

  afterAll(async () => {
    await browser.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A call between two views of one page. */
  async function connected(): Promise<void> {
    page = await browser.newPage();
    await page.goto(`${server.origin}/page.html`);
    await callBetween(page, page);
    await untilProtected(page, page);
  }

  /** What a function says of the two views; it is written out in the page, and knows nothing of this file. */
  const look = <T>(read: (views: View[]) => T): Promise<T> =>
    page.evaluate(
      `(${String(read)})([...document.querySelectorAll("sx-call-view")])`,
    ) as Promise<T>;

  it(
    "switches a camera off at once that does not answer, and the other side sees that it starts",
    { tags: "long", timeout: 90_000 },
    async () => {
      await connected();
      await look(([first]) => first!.setCamera(false));
      await page.evaluate(() => {
        const { mediaDevices } = navigator;
        const usual = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = (wish) =>
          wish?.video ? new Promise<MediaStream>(() => undefined) : usual(wish);
      });
      await look(([first]) => void first!.setCamera(true).catch(() => undefined));
      await expect
        .poll(() => look(([, second]) => second!.snapshot.remote.starting ?? []))
        .toEqual(["camera"]);
      const took = await page.evaluate(async () => {
        const [first] = document.querySelectorAll<View>("sx-call-view");
        const since = performance.now();
        await first!.setCamera(false);
        return performance.now() - since;
      });
      expect(took).toBeLessThan(1000);
      expect(await look(([first]) => first!.snapshot.local.camera.state)).toBe("off");
      await expect
        .poll(() => look(([, second]) => second!.snapshot.remote.starting ?? []))
        .toEqual([]);
    },
  );

  describe("a device that is taken away in a call", () => {
    let devices: FirefoxDevices;

    /** @param isRemembered `false` as after "Allow" alone: Firefox then says "prompt" also while the device is in use. */
    const begin = async (isRemembered: boolean) => {
      page = await browser.newPage();
      await page.goto(`${server.origin}/page.html`);
      devices = await FirefoxDevices.of(browser, page);
      await devices.permit(isRemembered ? "ALLOW" : null);
      onTestFinished(() => devices.permit(null));
      await callBetween(page, page);
      await untilProtected(page, page);
      await expect.poll(sides, { timeout: 20_000 }).toEqual(Array(2).fill("on on, true true"));
      await page.evaluate(() => {
        const { mediaDevices } = navigator;
        const usual = mediaDevices.getUserMedia.bind(mediaDevices);
        Object.assign(globalThis, { asked: 0 });
        mediaDevices.getUserMedia = (wish) => {
          (globalThis as unknown as { asked: number }).asked += 1;
          return usual(wish);
        };
      });
      expect(await permissions()).toEqual(Array(2).fill(isRemembered ? "granted" : "prompt"));
    };
    /** Resolves once another device has taken the place of each. */
    const pullOut = async () => {
      await devices.stop();
      await expect
        .poll(() => page.evaluate("asked"), { timeout: 20_000 })
        .toBeGreaterThanOrEqual(2);
      await expect.poll(sides, { timeout: 20_000 }).toEqual(Array(2).fill("on on, true true"));
      await untilProtected(page, page);
    };
    const permissions = () =>
      page.evaluate(async () => {
        const names = ["camera", "microphone"] as const;
        const asked = names.map(
          async (name) => (await navigator.permissions.query({ name })).state,
        );
        return Promise.all(asked);
      });
    /** Of each side: its own devices, and what it reads of the other side's. */
    const sides = () =>
      look((views) =>
        views.map(({ snapshot: { local, remote } }) => {
          const own = [local.microphone, local.camera].map(({ state, problem }) =>
            problem === null ? state : `${state} (${problem})`,
          );
          return `${own.join(" ")}, ${String(remote.microphone)} ${String(remote.camera)}`;
        }),
      );
    const states = () => look((views) => views.map(({ snapshot }) => snapshot.state));

    it(
      "by the system is reported as interrupted to both sides, until it is given back, and nobody is asked",
      { tags: "long", timeout: 90_000 },
      async () => {
        await begin(false);
        await devices.mute(true);
        await expect
          .poll(sides, { timeout: 20_000 })
          .toEqual(Array(2).fill("interrupted interrupted, false false"));
        const reported = () =>
          look((views) => views.map(({ snapshot }) => snapshot.remote.interrupted));
        await expect.poll(reported).toEqual(Array(2).fill(["microphone", "camera"]));
        const words = () =>
          look((views) =>
            views.map((view) =>
              view.shadowRoot!.querySelector(".remote-interrupted")?.textContent.trim(),
            ),
          );
        await expect.poll(words).toEqual(Array(2).fill(expect.stringContaining("another call")));
        // Longer than the first wait: without a remembered permission nobody is asked by itself.
        await new Promise((resolve) => setTimeout(resolve, 5000));
        await devices.mute(false);
        await expect.poll(sides, { timeout: 20_000 }).toEqual(Array(2).fill("on on, true true"));
        expect([await states(), await page.evaluate("asked")]).toEqual([
          ["connected", "connected"],
          0,
        ]);
      },
    );

    it(
      "by pulling it out is replaced, where the page may",
      { tags: "long", timeout: 90_000 },
      async () => {
        await begin(true);
        await pullOut();
      },
    );

    for (const [name, isRemembered, end] of [
      ["taking a remembered permission back", true, () => devices.permit(null)],
      ["blocking the devices", true, () => devices.permit("BLOCK")],
      ["a press on “Stop sharing”", false, () => Promise.resolve()],
    ] as const)
      it(
        `by ${name} is reported to both sides, and nobody is asked again by itself`,
        { tags: "long", timeout: 90_000 },
        async () => {
          await begin(isRemembered);
          await end();
          await devices.stop();
          const denied = "failed (permission-denied)";
          await expect
            .poll(sides, { timeout: 20_000 })
            .toEqual(Array(2).fill(`${denied} ${denied}, false false`));
          expect([await states(), await page.evaluate("asked")]).toEqual([
            ["connected", "connected"],
            0,
          ]);
        },
      );

    it(
      "by pulling it out is replaced by another one where the permission was for this time alone",
      { tags: "long", timeout: 90_000 },
      async () => {
        await begin(false);
        await page.evaluate(async () => {
          const { mediaDevices } = navigator;
          const list = await mediaDevices.enumerateDevices();
          const others = list.map(({ kind, label, groupId }) => ({
            ...{ kind, label, groupId, deviceId: `another ${kind}` },
            toJSON: () => ({}),
          }));
          mediaDevices.enumerateDevices = () => Promise.resolve(others);
        });
        await pullOut();
      },
    );
  });

  it(
    "goes on with a call whose statistics take two and a half seconds",
    { tags: "long", timeout: 90_000 },
    async () => {
      await connected();
      await page.evaluate(() => {
        const { getStats } = RTCPeerConnection.prototype;
        const counted = { answers: 0 };
        Object.assign(globalThis, { counted });
        RTCPeerConnection.prototype.getStats = async function slow(
          this: RTCPeerConnection,
          ...given: Parameters<typeof getStats>
        ) {
          await new Promise((resolve) => setTimeout(resolve, 2500));
          const report = await getStats.apply(this, given);
          counted.answers += 1;
          return report;
        };
      });
      // Three answers of each side: more than enough for a judgement of what they say.
      await expect
        .poll(() => page.evaluate("counted.answers"), { timeout: 60_000 })
        .toBeGreaterThan(5);
      expect(await look((views) => views.map(({ snapshot }) => snapshot.state))).toEqual([
        "connected",
        "connected",
      ]);
      expect(await look(([first]) => first!.snapshot.quality !== null)).toBe(true);
    },
  );

  it(
    "has a button where nothing may play yet, and plays at the first press",
    { tags: "long", timeout: 90_000 },
    async () => {
      page = await browser.newPage();
      await page.goto(`${server.origin}/page.html`);
      await page.evaluate(() => {
        const { play } = HTMLMediaElement.prototype;
        Object.assign(globalThis, { isAllowed: false });
        HTMLMediaElement.prototype.play = function held(this: HTMLMediaElement) {
          return (globalThis as unknown as { isAllowed: boolean }).isAllowed
            ? play.call(this)
            : Promise.reject(new DOMException("Not yet.", "NotAllowedError"));
        };
      });
      await callBetween(page, page);
      await untilProtected(page, page);
      const button = () =>
        look(([first]) => first!.shadowRoot!.querySelector("[part~=tap-to-hear]") !== null);
      await expect.poll(button, { timeout: 10_000 }).toBe(true);
      await page.evaluate(() => {
        Object.assign(globalThis, { isAllowed: true });
        document
          .querySelector("sx-call-view")!
          .dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
      });
      await expect.poll(button).toBe(false);
    },
  );
});
