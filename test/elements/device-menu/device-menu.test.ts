import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import { english, type AudioRoute, type CallSnapshot, type SxDeviceMenu } from "sx-call-kit";
import { barOf } from "../../../src/elements/device-menu/device-menu.ts";
import { aDeviceList, aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

const connected = (changes: Partial<CallSnapshot> = {}) =>
  aSnapshot("connected", "video", {
    devices: aDeviceList,
    voice: { noiseSuppression: true, voiceIsolation: false },
    ...changes,
  });

const mount = (snapshot: CallSnapshot | null, audioRoutes: readonly AudioRoute[] | null = null) =>
  ElementHarness.mount<SxDeviceMenu>(
    html`<sx-device-menu .snapshot=${snapshot} .audioRoutes=${audioRoutes}></sx-device-menu>`,
    "sx-device-menu",
  );

/** Returns the options by group; the selected one has a star. */
function groups({ root }: ElementHarness<SxDeviceMenu>): Record<string, string[]> {
  return Object.fromEntries(
    [...root.querySelectorAll("fieldset")].map((group) => [
      group.querySelector("legend")!.innerText.trim(),
      [...group.querySelectorAll("label")].map(
        (label) => `${label.innerText.trim()}${label.querySelector("input")!.checked ? " *" : ""}`,
      ),
    ]),
  );
}
const input = ({ root }: ElementHarness<SxDeviceMenu>, label: string) =>
  [...root.querySelectorAll("label")]
    .find(({ innerText }) => innerText.trim() === label)!
    .querySelector("input")!;
const focusedLabel = ({ root }: ElementHarness<SxDeviceMenu>) =>
  root.activeElement?.closest("label")?.innerText.trim() ?? null;

describe("<sx-device-menu>", () => {
  it("lists devices by kind with those in use, and passes axe", async () => {
    const harness = await mount(connected());
    expect(groups(harness)).to.deep.equal({
      Speaker: ["System default *", "Built-in speaker", "Headset"],
      Microphone: ["Built-in microphone *", "Headset"],
      Camera: ["Built-in camera *", "USB camera"],
    });
    await expect(harness.element).to.be.accessible();
  });

  it("shows no speakers where the browser has no choice, and numbers where it tells no names", async () => {
    const cameras = [
      { id: "a", label: "" },
      { id: "b", label: "" },
    ];
    const devices = { ...aDeviceList, microphones: [], speakers: [], cameras, camera: "b" };
    expect(groups(await mount(connected({ devices })))).to.deep.equal({
      Camera: ["Device 1", "Device 2 *"],
    });
  });

  it("says that there is nothing to choose from, before a device was open and without a call", async () => {
    for (const snapshot of [aSnapshot("inviting", "video"), null]) {
      expect((await mount(snapshot)).text).to.equal(
        "No devices found. Allow microphone access first.",
      );
    }
  });

  it("requests a choice by mouse and by keyboard, and shows the device in use until it changes", async () => {
    const harness = await mount(connected());
    const asked = harness.heard("sx-choose-device");
    input(harness, "USB camera").click();
    input(harness, "Built-in microphone").focus();
    await harness.press("ArrowDown");
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { device: "camera", id: "usb-camera" },
      { device: "microphone", id: "headset-microphone" },
    ]);
    expect(groups(harness)).to.deep.include({ Camera: ["Built-in camera *", "USB camera"] });
    expect(groups(harness)).to.deep.include({ Microphone: ["Built-in microphone *", "Headset"] });
    harness.element.snapshot = connected({
      devices: { ...aDeviceList, microphone: "headset-microphone" },
    });
    await harness.settled();
    expect(groups(harness)).to.deep.include({ Microphone: ["Built-in microphone", "Headset *"] });
  });

  it("chooses the system's own speaker by the empty id", async () => {
    const harness = await mount(
      connected({ devices: { ...aDeviceList, speaker: "headset-speaker" } }),
    );
    const asked = harness.heard("sx-choose-device");
    input(harness, "System default").click();
    expect(asked.map(({ detail }) => detail)).to.deep.equal([{ device: "speaker", id: "" }]);
  });

  it("sets the volume of the other side on a slider, in percent of the language, by keyboard", async () => {
    const harness = await mount(connected());
    expect(harness.root.querySelector("[type=range]")).to.equal(null);
    const { element } = harness;
    element.volume = 0.5;
    element.lang = "de";
    await harness.settled();
    const slider = harness.root.querySelector<HTMLInputElement>("[type=range]")!;
    expect(slider.getBoundingClientRect().height).to.be.at.least(44);
    const words = () => slider.getAttribute("aria-valuetext");
    expect([slider.ariaLabel, slider.value, words()]).to.deep.equal([
      english.callVolume,
      "50",
      "50\u00a0%",
    ]);
    const asked = harness.heard("sx-set-volume");
    slider.focus();
    await harness.press("ArrowRight");
    await harness.press("Home");
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { volume: 0.55, of: "call" },
      { volume: 0, of: "call" },
    ]);
    // As the host has it: a volume that it refuses is not shown.
    await harness.settled();
    expect(slider.value).to.equal("50");
    element.volume = 0;
    await harness.settled();
    expect([slider.value, words()]).to.deep.equal(["0", "0\u00a0%"]);
    await expect(element).to.be.accessible();
  });

  it("has a volume of its own for a shared screen, while there is one", async () => {
    const harness = await mount(connected());
    Object.assign(harness.element, { volume: 1, screenVolume: 0.2 });
    await harness.settled();
    const names = () =>
      [...harness.root.querySelectorAll<HTMLElement>("[type=range]")].map((one) => one.ariaLabel);
    expect(names()).to.deep.equal([english.callVolume]);
    const remote = { known: true, microphone: true, camera: true, screen: true };
    harness.element.snapshot = connected({ remote });
    await harness.settled();
    expect(names()).to.deep.equal([english.callVolume, english.screenVolume]);
    await expect(harness.element).to.be.accessible();
  });

  it("has a button that tests the speaker, and one for the browser's own choice where there is one", async () => {
    const harness = await mount(
      connected({ devices: { ...aDeviceList, speakers: [], canAskForSpeaker: true } }),
    );
    harness.element.canTest = true;
    await harness.settled();
    const [tests, choices] = [harness.heard("sx-test-speaker"), harness.heard("sx-choose-device")];
    const buttons = [...harness.root.querySelectorAll("button")];
    expect(buttons.map(({ innerText }) => innerText)).to.deep.equal([
      english.chooseSpeaker,
      english.testSpeaker,
    ]);
    for (const button of buttons) button.click();
    expect([tests.length, choices.map(({ detail }) => detail)]).to.deep.equal([
      1,
      [{ device: "speaker", id: null }],
    ]);
    await expect(harness.element).to.be.accessible();
  });

  it("keeps the focus where a device is plugged in, and finds another place where the focused one is pulled out", async () => {
    const harness = await mount(connected());
    const focused = input(harness, "USB camera");
    focused.focus();
    const more = [{ id: "new", label: "Document camera" }, ...aDeviceList.cameras];
    harness.element.snapshot = connected({ devices: { ...aDeviceList, cameras: more } });
    await harness.settled();
    expect([focusedLabel(harness), harness.root.activeElement === focused]).to.deep.equal([
      "USB camera",
      true,
    ]);
    harness.element.snapshot = connected({
      devices: { ...aDeviceList, cameras: more.slice(0, 2) },
    });
    await harness.settled();
    expect(focusedLabel(harness)).to.equal("System default");
  });

  it("has a switch for each voice processing of the microphone, which shows its present state", async () => {
    const harness = await mount(connected());
    const asked = harness.heard("sx-switch-voice");
    const switches = () =>
      [...harness.root.querySelectorAll<HTMLInputElement>("[role=switch]")].map((one) => [
        one.closest("label")!.innerText.trim(),
        one.checked,
      ]);
    const before = switches();
    expect(before).to.deep.equal([
      ["Noise suppression", true],
      ["Voice isolation", false],
    ]);
    input(harness, "Noise suppression").click();
    input(harness, "Voice isolation").click();
    await harness.settled();
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { feature: "noiseSuppression", on: false },
      { feature: "voiceIsolation", on: true },
    ]);
    expect(switches()).to.deep.equal(before);
    harness.element.snapshot = connected({
      voice: { noiseSuppression: null, voiceIsolation: null },
    });
    await harness.settled();
    expect(switches()).to.deep.equal([]);
  });

  it("offers the host's ways for the sound instead of the browser's speakers", async () => {
    const harness = await mount(connected(), [
      { id: "ear", label: "Phone", selected: true, kind: "earpiece" },
      { id: "buds", label: "Earbuds", selected: false, kind: "bluetooth" },
    ]);
    const [asked, devices] = [harness.heard("sx-choose-route"), harness.heard("sx-choose-device")];
    input(harness, "Earbuds").click();
    await harness.settled();
    expect(asked.map(({ detail, cancelable }) => [detail.id, cancelable])).to.deep.equal([
      ["buds", true],
    ]);
    expect(devices).to.deep.equal([]);
    expect(groups(harness)).to.deep.include({ Speaker: ["Phone *", "Earbuds"] });
  });

  it("asks the call around it, and shows how loud its microphone is", async () => {
    const view = await CallViewHarness.show(connected());
    let loud = 0;
    view.calls.levels = { microphone: () => loud, remote: () => 1 };
    view.element.performScreenAction("devices");
    await view.settled();
    const menu = new ElementHarness<SxDeviceMenu>(view.root.querySelector("sx-device-menu")!);
    const meter = menu.part("meter");
    expect([meter.role, meter.ariaLabel, meter.ariaValueNow]).to.deep.equal([
      "meter",
      "Microphone level",
      "0",
    ]);
    loud = 0.1;
    await waitUntil(() => meter.ariaValueNow === "70");
    expect(menu.root.querySelector("[aria-live], [role=status]")).to.be.null;
    input(menu, "USB camera").click();
    expect(view.calls.asked).to.deep.equal([
      { type: "choose-device", device: "camera", id: "usb-camera" },
    ]);
    const off = { state: "off", problem: null } as const;
    await view.changeTo(connected({ local: { ...connected().local, microphone: off } }));
    await menu.settled();
    expect(menu.has("meter")).to.be.false;
  });

  it("reads no level once it is closed", async () => {
    const view = await CallViewHarness.show(connected());
    let asked = 0;
    view.calls.levels = { microphone: () => ++asked && 0.1, remote: () => 0 };
    view.element.performScreenAction("devices");
    await view.settled();
    await waitUntil(() => asked > 1);
    await view.press("Escape");
    const after = asked;
    const start = performance.now();
    await waitUntil(() => performance.now() - start > 350);
    expect(asked).to.equal(after);
  });

  it("draws levels as ears hear them", () => {
    expect(
      [0, 0.0001, 0.001, 0.1, 1, 2].map((level) => Math.round(barOf(level) * 100)),
    ).to.deep.equal([0, 0, 0, 67, 100, 100]);
  });
});
