import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  buildQtApp,
  QtApp,
  qtFolder,
  QtMessenger,
  skipsQt,
  skipsQtInC,
} from "../support/hosts/qt-app.ts";

const guide = new URL("../../docs/hosts/qt.md", import.meta.url);
const patience = { timeout: 60_000, interval: 200 };

/** The words of the view that a person sees, whatever shadow they are in. */
const words = `(() => {
  const read = (root) => [...root.querySelectorAll("*")].map((element) =>
    (element.localName === "style" ? "" : [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join(" ")) +
    " " + (element.getAttribute("aria-label") ?? "") + " " + (element.shadowRoot ? read(element.shadowRoot) : "")).join(" ");
  return read(document).replace(/\\s+/g, " ");
})()`;
const state = (name: string) => `document.querySelector("sx-call-view").snapshot.${name}`;

describe.skipIf(skipsQt())("a messenger of PyQt6 with QtWebEngine", () => {
  let folder: ReturnType<typeof qtFolder>;
  let ann: QtMessenger;
  let bob: QtMessenger;

  beforeAll(async () => {
    folder = qtFolder();
    [ann, bob] = [
      new QtMessenger(folder.path, "Ann", "Bob"),
      new QtMessenger(folder.path, "Bob", "Ann"),
    ];
    ann.onSignal = (message) => bob.do({ do: "receive", message });
    bob.onSignal = (message) => ann.do({ do: "receive", message });
    await Promise.all([ann.heard("ready"), bob.heard("ready")]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([ann.stop(), bob.stop()]);
    folder.remove();
  });

  it("rings at the other process, with no device asked for before somebody accepts", async () => {
    expect(await ann.ask("start-call", { media: "video" })).toMatchObject({ code: null });
    await expect.poll(async () => (await bob.look()).state, patience).toBe("incoming");
    await expect.poll(async () => (await bob.look()).rings, patience).toBe(true);
    const look = await bob.look();
    expect(look).toMatchObject({ accept: true, asked: [], bar: "no device was asked for" });
    expect((await ann.look()).asked.length).toBeGreaterThan(0);
  }, 120_000);

  it("accepts by its own button, asks for the devices, and the call is protected both ways", async () => {
    bob.do({ do: "press-accept" });
    for (const app of [ann, bob]) {
      await expect.poll(() => app.script(state("state")), patience).toBe("connected");
      await expect.poll(() => app.script(state("protection.status")), patience).toBe("protected");
    }
    const look = await bob.look();
    expect(look.rings).toBe(false);
    expect(look.accept).toBe(false);
    expect(look.asked.join()).toMatch(/Audio/);
    expect(look.bar).toMatch(/is in use/);
    const playing = `(() => {
      const video = document.querySelector("sx-call-view").shadowRoot.querySelector("video.picture");
      return video ? video.videoWidth : 0;
    })()`;
    for (const app of [ann, bob])
      await expect.poll(() => app.script(playing), patience).toBeGreaterThan(0);
  }, 180_000);

  it("closes a panel by its back button, and leaves the call window only after that", async () => {
    await ann.script(
      `document.querySelector("sx-call-view").shadowRoot.querySelector("[part~=lock]").click()`,
    );
    await expect.poll(() => ann.script(words), patience).toMatch(/End-to-end encrypted/);
    const back = () => {
      const said = ann.next("back");
      ann.do({ do: "back" });
      return said;
    };
    expect(await back()).toMatchObject({ back: true, callIsShown: true });
    expect(await back()).toMatchObject({ back: false, callIsShown: false });
    expect(await ann.script(state("state"))).toBe("connected");
  }, 120_000);

  it("hangs up, and both sides have a record in their lists", async () => {
    expect(await bob.ask("hang-up")).toMatchObject({ code: null });
    await expect
      .poll(async () => (await bob.look()).records, patience)
      .toEqual(["incoming completed Ann"]);
    await expect
      .poll(async () => (await ann.look()).records, patience)
      .toEqual(["outgoing completed Bob"]);
  }, 120_000);

  it("has the language and the colours of the app", async () => {
    const corner = () => bob.lightness(8, 8);
    // A call is dark in every scheme, but for colours of the app's own.
    await expect.poll(corner, patience).toBeLessThan(90);
    const theme = {
      "--sx-color-surface": "#e8ecf0",
      "--sx-color-text": "#101418",
      "--sx-color-muted": "#44484c",
    };
    expect(await bob.ask("configure", { lang: "de", colorScheme: "light", theme })).toMatchObject({
      answer: { ignored: [] },
    });
    const sample = /runJavaScript\("([^"]+)"\)/.exec(readFileSync(guide, "utf8"))![1]!;
    await bob.script(sample);
    await expect.poll(() => bob.script(words), patience).toMatch(/Anruf beendet|Schließen/);
    await expect.poll(corner, patience).toBeGreaterThan(160);
  }, 120_000);

  it("said no error to its app in all that", () => {
    for (const app of [ann, bob]) expect(app.said.filter((said) => "error" in said)).toEqual([]);
  });
});

describe.skipIf(skipsQt() || skipsQtInC())("the app in C++ of the documentation", () => {
  it("is built without a warning, has a protected call with the messenger in Python, and ends well", async () => {
    const folder = qtFolder();
    onTestFinished(() => folder.remove());
    await buildQtApp(folder.path);
    const app = await QtApp.start(folder.path);
    onTestFinished(() => app.page.stop());
    const ann = new QtMessenger(folder.path, "Ann", "Bob");
    onTestFinished(() => ann.stop());
    ann.onSignal = (message) => app.receive(message);
    app.onSignal = (message) => ann.do({ do: "receive", message });
    await ann.heard("ready");
    await app.page.until(`document.querySelector("sx-call-view")?.contact?.name === "Ann"`);

    await ann.ask("start-call", { media: "video" });
    await app.page.until(`${state("state")} === "incoming"`);
    await app.page.evaluate(
      `document.querySelector("sx-call-view").acceptCall({ media: "video" })`,
    );
    const isProtected = `${state("protection.status")} === "protected"`;
    await app.page.until(`${state("state")} === "connected" && ${isProtected}`);
    await expect.poll(() => ann.script(isProtected), patience).toBe(true);
    await ann.ask("hang-up");
    await app.page.until(`${state("state")} === "ended"`);

    const { code, output } = await app.leave();
    expect(output.join("\n")).toContain('For the chat: "completed"');
    // What Qt says of a page that outlives its profile.
    expect(output.join("\n")).not.toMatch(/Release of profile|Expect troubles/);
    expect(code).toBe(0);
  }, 600_000);
});
