import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import type { CallAction, CallSnapshot, DeviceStatus, SxCallControls } from "sx-call-kit";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

const device = (state: DeviceStatus["state"]): DeviceStatus => ({ state, problem: null });
const connected = (changes: Partial<CallSnapshot["local"]> = {}) => {
  const snapshot = aSnapshot("connected", "video");
  return { ...snapshot, local: { ...snapshot.local, ...changes } };
};

const mount = (snapshot: CallSnapshot | null, dir = "ltr") =>
  ElementHarness.mount<SxCallControls>(
    html`<div dir=${dir}><sx-call-controls .snapshot=${snapshot}></sx-call-controls></div>`,
    "sx-call-controls",
  );

/** The test's page is wide enough for all of them. */
const allNames = ["Microphone", "Camera", "Flip camera", "Share screen", "More", "End call"];

describe("<sx-call-controls>", () => {
  it("is a toolbar with a name, and so is every button, with a tooltip", async () => {
    const harness = await mount(connected());
    const toolbar = harness.part("toolbar");
    expect([toolbar.role, toolbar.ariaLabel]).to.deep.equal(["toolbar", "Call controls"]);
    expect(harness.names).to.deep.equal(allNames);
    for (const button of harness.buttons) expect(button.title).to.not.equal("");
    await expect(harness.element).to.be.accessible();
  });

  const shows: [action: CallAction, name: string][] = [
    ["toggle-microphone", "Microphone"],
    ["toggle-camera", "Camera"],
    ["flip-camera", "Flip camera"],
    ["toggle-screen", "Share screen"],
    ["hang-up", "End call"],
  ];
  for (const [action, name] of shows) {
    it(`shows "${name}" where the call allows ${action}, and only there`, async () => {
      expect((await mount({ ...connected(), actions: [action] })).names).to.deep.equal([name]);
    });
  }

  it("shows the measured state of the devices, not the requested one", async () => {
    const harness = await mount(connected({ microphone: device("on"), camera: device("off") }));
    const pressed = () =>
      ["microphone", "camera", "screen"].map((part) => harness.part(part).ariaPressed);
    expect(pressed()).to.deep.equal(["true", "false", "false"]);
    await harness.clickWithMouse("microphone");
    await harness.clickWithMouse("camera");
    expect(pressed()).to.deep.equal(["true", "false", "false"]);
    harness.element.snapshot = connected({
      microphone: device("off"),
      camera: device("on"),
      screen: device("on"),
    });
    await harness.settled();
    expect(pressed()).to.deep.equal(["false", "true", "true"]);
  });

  it("keeps its names while their state changes, and says in the tooltip what a press does", async () => {
    const harness = await mount(connected());
    const tips = () => ["microphone", "camera", "screen"].map((part) => harness.part(part).title);
    expect(tips()).to.deep.equal(["Mute microphone", "Turn camera off", "Share your screen"]);
    harness.element.snapshot = connected({
      microphone: device("off"),
      camera: device("off"),
      screen: device("on"),
    });
    await harness.settled();
    expect(tips()).to.deep.equal([
      "Unmute microphone",
      "Turn camera on",
      "Stop sharing your screen",
    ]);
    expect(harness.names).to.deep.equal(allNames);
  });

  it("shows a device that starts as busy, and a press ends that: switching off waits for no device", async () => {
    const harness = await mount(connected());
    const pressed = harness.heard("sx-toggle-camera");
    harness.part("camera").focus();
    harness.element.snapshot = connected({ camera: device("starting") });
    await harness.settled();
    const camera = harness.part("camera");
    expect([camera.ariaBusy, camera.ariaDisabled]).to.deep.equal(["true", null]);
    expect(camera.title).to.contain("Turn camera off");
    expect(harness.focused).to.equal("Camera");
    await harness.press("Enter");
    expect(pressed.length).to.equal(1);
  });

  it("is one tab stop; arrows, Home and End move in it and wrap", async () => {
    const harness = await mount(connected());
    await harness.press("Tab");
    expect(harness.focused).to.equal("Microphone");
    const walk: string[] = [];
    for (const key of [
      "ArrowRight",
      "ArrowDown",
      "End",
      "ArrowRight",
      "ArrowLeft",
      "Home",
      "ArrowUp",
    ]) {
      await harness.press(key);
      walk.push(harness.focused ?? "");
    }
    expect(walk).to.deep.equal([
      "Camera",
      "Flip camera",
      "End call",
      "Microphone",
      "End call",
      "Microphone",
      "End call",
    ]);
    expect(harness.buttons.map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, -1, -1, -1, -1, 0]);
    await harness.press("Tab");
    expect(harness.focused).to.be.null;
  });

  it("turns the arrows round where the page is written from right to left", async () => {
    const harness = await mount(connected(), "rtl");
    await harness.press("Tab", "ArrowLeft");
    expect(harness.focused).to.equal("Camera");
    await harness.press("ArrowRight");
    expect(harness.focused).to.equal("Microphone");
  });

  it("moves the focus to the neighbour where the focused button is no longer possible", async () => {
    const harness = await mount(connected());
    harness.part("flip").focus();
    harness.element.snapshot = aSnapshot("connected", "audio");
    await harness.settled();
    expect(harness.focused).to.equal("Share screen");
  });

  it("takes buttons of the host into the arrow keys", async () => {
    const harness = await ElementHarness.mount<SxCallControls>(
      html`<sx-call-controls .snapshot=${aSnapshot("inviting", "audio")}>
        <button data-roving>Notes</button>
      </sx-call-controls>`,
      "sx-call-controls",
    );
    await harness.press("Tab", "ArrowRight", "ArrowRight");
    expect(document.activeElement?.textContent).to.equal("Notes");
    await harness.press("ArrowRight");
    expect(harness.focused).to.equal("End call");
  });

  it("works without a call: what every call has, as events only", async () => {
    const harness = await mount(null);
    expect(harness.names).to.deep.equal(["Microphone", "Camera", "End call"]);
    const [muted, ended] = [harness.heard("sx-toggle-microphone"), harness.heard("sx-hang-up")];
    await harness.clickWithMouse("microphone");
    await harness.clickWithMouse("hang-up");
    expect([muted.length, ended.length]).to.deep.equal([1, 1]);
  });

  it("has one event for each button", async () => {
    const harness = await mount(connected());
    const heard = (
      [
        "sx-toggle-microphone",
        "sx-toggle-camera",
        "sx-flip-camera",
        "sx-toggle-screen",
        "sx-hang-up",
      ] as const
    ).map((name) => harness.heard(name));
    for (const part of ["microphone", "camera", "flip", "screen", "hang-up"])
      await harness.clickWithMouse(part);
    expect(heard.map(({ length }) => length)).to.deep.equal([1, 1, 1, 1, 1]);
  });

  it("follows the nearest call, which performs its intents", async () => {
    const view = await CallViewHarness.show(connected());
    const { controls } = view;
    // A phone's width: what the view itself can do is in the menu.
    await waitUntil(() => controls.names.length === 5);
    expect(controls.names).to.deep.equal([
      "Microphone",
      "Camera",
      "Flip camera",
      "More",
      "End call",
    ]);
    await view.resize(800, 600);
    await waitUntil(() => controls.has("screen"));
    for (const part of ["microphone", "camera", "flip", "screen", "hang-up"])
      controls.part(part).click();
    expect(view.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: false },
      { type: "set-device", device: "camera", on: false },
      { type: "flip-camera" },
      { type: "set-device", device: "screen", on: true },
      { type: "hang-up" },
    ]);
    await view.changeTo(
      connected({ microphone: device("off"), camera: device("failed"), screen: device("on") }),
    );
    for (const part of ["microphone", "camera", "screen"]) controls.part(part).click();
    expect(view.calls.asked.slice(5)).to.deep.equal([
      { type: "set-device", device: "microphone", on: true },
      { type: "set-device", device: "camera", on: true },
      { type: "set-device", device: "screen", on: false },
    ]);
  });

  it("has targets of 48 px", async () => {
    for (const button of (await mount(connected())).buttons) {
      const { width, height } = button.getBoundingClientRect();
      expect([width, height]).to.deep.equal([48, 48]);
    }
  });
});
