import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, userEvent, waitFor } from "storybook/test";
import type { AudioRoute, CallSnapshot, SxCallView } from "sx-call-kit";
import { ann } from "./support/contacts.ts";
import { fixedCalls } from "./support/fixed-calls.ts";
import { aDeviceList, aSnapshot } from "./support/snapshots.ts";

interface Args {
  readonly snapshot: CallSnapshot;
  readonly audioRoutes: readonly AudioRoute[] | null;
}

const connected = (changes: Partial<CallSnapshot> = {}) =>
  aSnapshot("connected", "video", {
    devices: aDeviceList,
    voice: { noiseSuppression: true, voiceIsolation: false },
    ...changes,
  });

const meta = {
  title: "Device menu",
  component: "sx-device-menu",
  render: ({ snapshot, audioRoutes }) =>
    html`<div
      style=${styleMap({ inlineSize: "22rem", padding: "1rem", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-device-menu .snapshot=${snapshot} .audioRoutes=${audioRoutes}></sx-device-menu>
    </div>`,
  args: { snapshot: connected(), audioRoutes: null },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** A choice is requested, and shown as selected once it is in use. */
export const Devices: Story = {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-device-menu")!;
    await element.updateComplete;
    const asked: unknown[] = [];
    element.addEventListener("sx-choose-device", ({ detail }) => asked.push(detail));
    const [first, second] =
      element.shadowRoot!.querySelectorAll<HTMLInputElement>("input[name=mic]");
    second!.focus();
    await userEvent.keyboard(" ");
    await expect(asked).toEqual([{ device: "microphone", id: "headset-microphone" }]);
    await element.updateComplete;
    await expect([first!.checked, second!.checked]).toEqual([true, false]);
  },
};

/** A native host knows where the sound can go, and the browser does not. */
export const AudioRoutes: Story = {
  args: {
    snapshot: connected({ voice: { noiseSuppression: null, voiceIsolation: null } }),
    audioRoutes: [
      { id: "earpiece", label: "Phone", selected: false, kind: "earpiece" },
      { id: "speaker", label: "Speaker", selected: false, kind: "speaker" },
      { id: "buds", label: "Ann’s earbuds", selected: true, kind: "bluetooth" },
      { id: "wire", label: "Headphones", selected: false, kind: "headset" },
    ],
  },
};

/** How loud the other side and its shared screen are, and how the speaker sounds. */
export const Volumes: Story = {
  args: {
    snapshot: connected({
      remote: { known: true, microphone: true, camera: true, screen: true },
      devices: { ...aDeviceList, canAskForSpeaker: true },
    }),
  },
  render: ({ snapshot }) =>
    html`<div
      style=${styleMap({ inlineSize: "22rem", padding: "1rem", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-device-menu
        .snapshot=${snapshot}
        .volume=${0.8}
        .screenVolume=${0.35}
        can-test
      ></sx-device-menu>
    </div>`,
};

/** The browser withholds names: devices are numbered. */
export const WithoutNames: Story = {
  args: {
    snapshot: connected({
      devices: {
        ...{
          microphones: [{ id: "a", label: "" }],
          speakers: [],
          microphone: "a",
          camera: "b",
          speaker: null,
        },
        cameras: [
          { id: "b", label: "" },
          { id: "c", label: "" },
        ],
      },
    }),
  },
};

export const NothingYet: Story = { args: { snapshot: aSnapshot("inviting", "video") } };

/** In a call, with the level of the microphone. */
export const InTheCall: Story = {
  render: ({ snapshot, audioRoutes }) => {
    const calls = fixedCalls(snapshot);
    calls.levels = {
      microphone: () => 0.02 + 0.2 * Math.abs(Math.sin(performance.now() / 400)),
      remote: () => 0,
    };
    return html`<div
      style=${styleMap({ inlineSize: "390px", blockSize: "700px", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-call-view .contact=${ann} .audioRoutes=${audioRoutes} .calls=${calls}></sx-call-view>
    </div>`;
  },
  play: async ({ canvasElement }) => {
    const view = canvasElement.querySelector<SxCallView>("sx-call-view")!;
    await view.updateComplete;
    view.performScreenAction("devices");
    await view.updateComplete;
    const menu = view.shadowRoot!.querySelector("sx-device-menu")!;
    await menu.updateComplete;
    const meter = menu.shadowRoot!.querySelector("[role=meter]")!;
    await waitFor(() => expect(Number(meter.ariaValueNow)).toBeGreaterThan(30));
  },
};
