import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import type { AudioRoute, SxCallControls, SxDeviceMenu } from "sx-call-kit";
import { drawnTracks } from "../../../stories/support/drawn-tracks.ts";
import { aDeviceList, aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";

const connected = aSnapshot("connected", "video", { devices: aDeviceList });

const mount = (
  { width = 900, audioRoutes = null }: { width?: number; audioRoutes?: AudioRoute[] | null } = {},
  snapshot = connected,
) =>
  ElementHarness.mount<SxCallControls>(
    html`<div style="width: ${width}px">
      <sx-call-controls
        .snapshot=${snapshot}
        .extras=${["devices"] as const}
        .audioRoutes=${audioRoutes}
      ></sx-call-controls>
    </div>`,
    "sx-call-controls",
  );

const route = (kind: AudioRoute["kind"], selected: boolean): AudioRoute => ({
  ...{ id: kind, label: kind, selected, kind },
});

describe("the devices in the toolbar", () => {
  before(() => setViewport({ width: 1280, height: 900 }));

  it("can be chosen beside their buttons, where there is room", async () => {
    const { names, element } = await mount();
    expect(names.slice(0, 4)).to.deep.equal([
      ...["Microphone", "Choose microphone", "Camera", "Choose camera"],
    ]);
    await expect(element).to.be.accessible();
    expect((await mount({ width: 390 })).names).not.to.include("Choose microphone");
  });

  it("say which of them is to be chosen", async () => {
    const harness = await mount();
    const asked = harness.heard("sx-screen-action");
    await harness.clickWithMouse("choose-camera");
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { action: "devices", device: "camera" },
    ]);
  });

  it("have a switch between the speaker and one other route", async () => {
    const harness = await mount({
      audioRoutes: [route("earpiece", true), route("speaker", false)],
    });
    const asked = harness.heard("sx-choose-route");
    expect(harness.part("speaker").ariaPressed).to.equal("false");
    await harness.clickWithMouse("speaker");
    expect(asked.map(({ detail }) => detail.id)).to.deep.equal(["speaker"]);
    // The host changes the route, and says so.
    harness.element.audioRoutes = [route("earpiece", false), route("speaker", true)];
    await harness.settled();
    expect(harness.part("speaker").ariaPressed).to.equal("true");
    await harness.clickWithMouse("speaker");
    expect(asked.map(({ detail }) => detail.id)).to.deep.equal(["speaker", "earpiece"]);
    await expect(harness.element).to.be.accessible();
  });

  it("have no such switch between three routes, whose sheet has the icon of the one in use", async () => {
    const routes = (kind: AudioRoute["kind"]) =>
      (["earpiece", "speaker", "bluetooth"] as const).map((each) => route(each, each === kind));
    const harness = await mount({ audioRoutes: routes("speaker") });
    expect(harness.has("speaker")).to.be.false;
    const icon = () => harness.part("devices").querySelector("svg")!.innerHTML;
    const before = icon();
    harness.element.audioRoutes = routes("bluetooth");
    await harness.settled();
    expect(icon()).not.to.equal(before);
  });

  it("open a sheet at their button with the devices of that kind, and another one at another", async () => {
    const harness = await CallViewHarness.show(connected, {
      tracks: drawnTracks(),
      size: [1280, 800],
    });
    const { controls } = harness;
    const titles = async (part: string) => {
      controls.part<HTMLButtonElement>(part).click();
      // The view performs it once every listener could prevent it.
      await Promise.resolve();
      await harness.settled();
      const menu = new ElementHarness<SxDeviceMenu>(harness.root.querySelector("sx-device-menu")!);
      await menu.settled();
      const button = controls.part(part).getBoundingClientRect();
      const panel = harness.part("panel").getBoundingClientRect();
      expect(panel.left).to.be.at.most(button.left);
      expect(panel.right).to.be.at.least(button.right);
      return [...menu.root.querySelectorAll("legend")].map(({ innerText }) => innerText.trim());
    };
    expect(await titles("choose-microphone")).to.deep.equal(["Microphone"]);
    expect(await titles("choose-camera")).to.deep.equal(["Camera"]);
    expect(await titles("devices")).to.deep.equal(["Speaker", "Microphone", "Camera"]);
    controls.part<HTMLButtonElement>("devices").click();
    await Promise.resolve();
    await harness.settled();
    expect(harness.has("panel")).to.be.false;
  });
});
