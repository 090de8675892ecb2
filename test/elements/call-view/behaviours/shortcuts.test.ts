import "sx-call-kit/define";
import { expect, fixture, html } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { CallSnapshot, SxCallView } from "sx-call-kit";
import {
  actionOf,
  targetOf,
  type KeyPress,
  type KeyTarget,
} from "../../../../src/elements/call-view/behaviours/shortcuts.ts";
import { defaultKeys } from "../../../../src/elements/shared/shortcut-keys.ts";
import { aHeldCall, aSnapshot } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const aPress = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: "", ctrlKey: false, altKey: false, metaKey: false, shiftKey: false },
  ...{ repeat: false, isComposing: false, defaultPrevented: false, ...changes },
});
const action = (key: string, changes: Partial<KeyPress> = {}, target: KeyTarget = "none") =>
  actionOf(aPress(key, changes), target, defaultKeys);

describe("the action of a key", () => {
  it("is the action of the table", () => {
    const keys = ["m", "v", "s", "h", "t", " ", "?", "x", "Escape", "Enter"];
    expect(keys.map((key) => action(key))).to.deep.equal([
      ...["microphone", "camera", "screen", "hold", "text", "talk", "help"],
      ...[null, null, null],
    ]);
  });

  it("is nothing with a modifier, while it repeats, while it is composed, or where another element has used it", () => {
    for (const name of [
      "ctrlKey",
      "altKey",
      "metaKey",
      "repeat",
      "isComposing",
      "defaultPrevented",
    ] as const) {
      expect(action("m", { [name]: true }), name).to.be.null;
    }
    expect(action("M", { shiftKey: true })).to.be.null;
  });

  it("is the same with Caps Lock, with the Shift that a key needs, and on a keyboard of other letters", () => {
    expect(action("M")).to.equal("microphone");
    expect(action("?", { shiftKey: true })).to.equal("help");
    expect(action("ь", { code: "KeyM" })).to.equal("microphone");
    expect(action("é", { code: "Digit2" })).to.be.null;
  });

  it("is nothing while somebody types; and Space presses the button that has the focus", () => {
    expect([action("m", {}, "typing"), action(" ", {}, "typing")]).to.deep.equal([null, null]);
    expect([action("m", {}, "pressing"), action(" ", {}, "pressing")]).to.deep.equal([
      "microphone",
      null,
    ]);
  });

  it("can be changed or removed by the host", () => {
    const keys = { ...defaultKeys, microphone: "d", camera: null };
    expect(["d", "m", "v"].map((key) => actionOf(aPress(key), "none", keys))).to.deep.equal([
      "microphone",
      null,
      null,
    ]);
  });

  it("knows what is typed into, also in shadow trees", async () => {
    const page = await fixture(
      html`<div>
        <textarea></textarea
        ><select></select
        ><input /><input type="search" /><input type="radio" /><button>Press</button>
        <div contenteditable><b></b></div>
        <div contenteditable="false"><i></i></div>
        <p></p>
      </div>`,
    );
    const of = (selector: string) => {
      let target: KeyTarget | undefined;
      const element = page.querySelector(selector)!;
      element.addEventListener("x", (event) => (target = targetOf(event.composedPath())));
      element.dispatchEvent(new Event("x"));
      return target;
    };
    const typed = ["textarea", "select", "input:not([type])", "[type=search]", "b"];
    expect(typed.map(of)).to.deep.equal(typed.map(() => "typing"));
    expect(["[type=radio]", "button", "i", "p"].map(of)).to.deep.equal([
      "pressing",
      "pressing",
      "none",
      "none",
    ]);
  });
});

const off = { state: "off", problem: null } as const;
const muted = (snapshot: CallSnapshot = aSnapshot("connected", "video")): CallSnapshot => ({
  ...snapshot,
  local: { ...snapshot.local, microphone: off },
});

/** The focus in the view, on nothing that a key presses. */
async function shown(
  snapshot: CallSnapshot,
  changes: Partial<SxCallView> = {},
): Promise<CallViewHarness> {
  const harness = await CallViewHarness.show(snapshot);
  Object.assign(harness.element, changes);
  harness.element.tabIndex = -1;
  await harness.settled();
  harness.element.focus();
  return harness;
}

describe("the keys of a view", () => {
  it("do what the buttons do, by the same intents", async () => {
    const harness = await shown(aSnapshot("connected", "video"));
    const heard: string[] = [];
    for (const name of [
      "sx-toggle-microphone",
      "sx-toggle-camera",
      "sx-toggle-screen",
      "sx-hold",
      "sx-screen-action",
    ] as const) {
      harness.element.addEventListener(name, ({ type }) => heard.push(type));
    }
    await harness.press("m", "v", "s", "h", "?");
    expect(heard).to.deep.equal([
      ...[
        "sx-toggle-microphone",
        "sx-toggle-camera",
        "sx-toggle-screen",
        "sx-hold",
        "sx-screen-action",
      ],
    ]);
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: false },
      { type: "set-device", device: "camera", on: false },
      { type: "set-device", device: "screen", on: true },
      { type: "hold" },
    ]);
  });

  it("go on with a call on hold", async () => {
    const harness = await shown(aHeldCall({ local: true, remote: false }));
    await harness.press("h");
    expect(harness.calls.asked).to.deep.equal([{ type: "resume" }]);
  });

  it("do nothing that the call does not allow now", async () => {
    for (const state of ["idle", "incoming", "ended"] as const) {
      const harness = await shown(aSnapshot(state, "video"));
      await harness.press("m", "v", "s", "h", " ");
      expect(harness.calls.asked, state).to.deep.equal([]);
    }
  });

  it("never end a call: not by Escape, with nothing open", async () => {
    const harness = await shown(aSnapshot("connected", "video"));
    await harness.press("Escape", "Escape");
    expect(harness.calls.asked).to.deep.equal([]);
  });

  it("can be prevented by the host, as the buttons can", async () => {
    const harness = await shown(aSnapshot("connected", "video"));
    harness.element.addEventListener("sx-toggle-microphone", (event) => event.preventDefault());
    await harness.press("m");
    expect(harness.calls.asked).to.deep.equal([]);
  });

  it("count with the focus in the view only, unless the host wants them in the whole page, or nowhere", async () => {
    const harness = await shown(aSnapshot("connected", "video"));
    const asked = async () => {
      const before = harness.calls.asked.length;
      await harness.press("m");
      return harness.calls.asked.length - before;
    };
    expect(await asked()).to.equal(1);
    harness.element.blur();
    expect(await asked()).to.equal(0);
    harness.element.shortcuts = "page";
    expect(await asked()).to.equal(1);
    harness.element.shortcuts = "off";
    harness.element.focus();
    expect(await asked()).to.equal(0);
  });

  it("leave alone what a person writes in the page", async () => {
    const harness = await shown(aSnapshot("connected", "video"), { shortcuts: "page" });
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Message" />`);
    field.focus();
    await sendKeys({ type: "mvsh ?" });
    expect([field.value, harness.calls.asked]).to.deep.equal(["mvsh ?", []]);
  });

  it("are gone with the view", async () => {
    const harness = await shown(aSnapshot("connected", "video"), { shortcuts: "page" });
    const { calls } = harness;
    harness.element.remove();
    await sendKeys({ press: "m" });
    expect(calls.asked).to.deep.equal([]);
  });

  it("are the host's where it has others, also in the tooltips", async () => {
    const harness = await shown(aSnapshot("connected", "video"), {
      shortcutKeys: { microphone: "d", camera: null },
    });
    await harness.press("d", "m", "v");
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: false },
    ]);
    const titles = ["microphone", "camera"].map((part) => harness.controls.part(part).title);
    expect(titles).to.deep.equal(["Mute microphone (D)", "Turn camera off"]);
    harness.element.shortcuts = "off";
    await harness.settled();
    expect(harness.controls.part("microphone").title).to.equal("Mute microphone");
  });
});

describe("push to talk", () => {
  it("is heard for as long as Space is held, once and not again while it repeats", async () => {
    const harness = await shown(muted());
    await sendKeys({ down: "Space" });
    await sendKeys({ down: "Space" });
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: true },
    ]);
    await sendKeys({ up: "Space" });
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: true },
      { type: "set-device", device: "microphone", on: false },
    ]);
    await sendKeys({ press: "Space" });
    expect(harness.calls.asked.length).to.equal(4);
  });

  it("does nothing where the microphone is on, and on a button, which Space presses", async () => {
    const open = await shown(aSnapshot("connected", "video"));
    await open.press("Space");
    expect(open.calls.asked).to.deep.equal([]);
    const harness = await shown(muted());
    harness.controls.part("camera").focus();
    await harness.press("Space");
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "camera", on: false },
    ]);
  });

  for (const [name, leave] of [
    ["the window loses the focus", () => window.dispatchEvent(new Event("blur"))],
    ["the view is taken out of the page", (harness: CallViewHarness) => harness.element.remove()],
  ] as const) {
    it(`ends where ${name}`, async () => {
      const harness = await shown(muted());
      const { calls } = harness;
      await sendKeys({ down: "Space" });
      leave(harness);
      const asked = [...calls.asked];
      await sendKeys({ up: "Space" });
      expect(asked).to.deep.equal([
        { type: "set-device", device: "microphone", on: true },
        { type: "set-device", device: "microphone", on: false },
      ]);
      expect(calls.asked.length).to.equal(2);
    });
  }

  it("does not begin where the host prevents it, and then does not mute either", async () => {
    const harness = await shown(muted());
    harness.element.addEventListener("sx-toggle-microphone", (event) => event.preventDefault());
    await sendKeys({ down: "Space" });
    await sendKeys({ up: "Space" });
    expect(harness.calls.asked).to.deep.equal([]);
  });
});

describe("a held key", () => {
  it("that was push to talk presses nothing of the ended call: it neither calls nor closes", async () => {
    const harness = await shown(muted());
    await sendKeys({ down: "Space" });
    await harness.changeTo(aSnapshot("ended", "video"));
    for (const part of ["call-back", "close"]) {
      harness.part(part).focus();
      await sendKeys({ down: "Space" });
    }
    await sendKeys({ up: "Space" });
    expect(harness.has("ended")).to.be.true;
    expect(harness.calls.asked.map(({ type }) => type)).not.to.include("start");
    await harness.press("Space");
    expect(harness.has("ended")).to.be.false;
  });

  it("that has ended the call does not close its screen, too", async () => {
    const harness = await shown(aSnapshot("connected", "video"));
    harness.controls.part("hang-up").focus();
    await sendKeys({ down: "Enter" });
    await harness.changeTo(aSnapshot("ended", "video"));
    await waitUntil(() => harness.focused === "Close");
    await sendKeys({ down: "Enter" });
    await sendKeys({ up: "Enter" });
    expect(harness.has("ended")).to.be.true;
    await harness.press("Enter");
    expect(harness.has("ended")).to.be.false;
  });
});

describe("the hints at keys", () => {
  const { matchMedia } = window;
  const point = (isFine: boolean) => {
    window.matchMedia = (query) =>
      query === "(any-pointer: fine)" ? matchMedia(isFine ? "all" : "not all") : matchMedia(query);
  };
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  /** All hints that the toolbar and its menu show, or have for a tooltip. */
  async function hints(harness: CallViewHarness): Promise<string[]> {
    const { controls } = harness;
    controls.part("more").click();
    await controls.settled();
    const titles = controls.buttons.map(({ title }) => /\(.\)$/.exec(title)?.[0] ?? "");
    const caps = [...controls.root.querySelectorAll("kbd")].map(({ innerText }) => innerText);
    const help = controls.has("help") ? ["list"] : [];
    controls.part("more").click();
    await controls.settled();
    return [...titles, ...caps, ...help].filter((hint) => hint !== "");
  }

  it("are shown beside a mouse", async () => {
    point(true);
    const harness = await shown(aSnapshot("connected", "video"));
    const seen = await hints(harness);
    expect(seen).to.include.members(["(M)", "(V)", "H", "list"]);
  });

  it("are not shown to fingers, until a key is pressed outside of a field", async () => {
    point(false);
    const harness = await shown(aSnapshot("connected", "video"));
    expect(await hints(harness)).to.deep.equal([]);
    const field = await fixture<HTMLInputElement>(html`<input />`);
    field.focus();
    await sendKeys({ press: "a" });
    harness.element.requestUpdate();
    await harness.settled();
    expect(await hints(harness)).to.deep.equal([]);
    field.blur();
    await sendKeys({ press: "a" });
    // With the next second of the clock.
    await waitUntil(() => harness.controls.part("microphone").title.endsWith("(M)"));
    expect(await hints(harness)).to.include.members(["(M)", "(V)", "H", "list"]);
  });
});
