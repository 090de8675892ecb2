import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, userEvent, waitFor } from "storybook/test";
import type { CallSnapshot, PermissionKind, SxCallControls, SxCallView } from "sx-call-kit";
import { ann } from "./support/contacts.ts";
import { fixedCalls } from "./support/fixed-calls.ts";
import { aDeviceList, aSnapshot } from "./support/snapshots.ts";

interface Args {
  readonly snapshot: CallSnapshot | null;
  /** Actions of the surrounding screen. */
  readonly extras: SxCallControls["extras"];
  readonly inlineSize: string;
}

const everything: SxCallControls["extras"] = [
  ...([
    "devices",
    "picture-in-picture",
    "security",
    "swap-pictures",
    "fit",
    "full-screen",
    "help",
  ] as const),
];

const meta = {
  title: "Call controls",
  component: "sx-call-controls",
  render: ({ snapshot, extras, inlineSize }) =>
    html`<div
      style=${styleMap({ boxSizing: "border-box", inlineSize, paddingBlock: "1rem", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-call-controls
        .snapshot=${snapshot}
        .extras=${extras}
        .shortcutKeys=${{ microphone: "m", help: "?" }}
      ></sx-call-controls>
    </div>`,
  args: { snapshot: aSnapshot("connected", "video"), extras: [], inlineSize: "auto" },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

const off = { state: "off", problem: null } as const;
const on = { state: "on", problem: null } as const;
const starting = { state: "starting", problem: null } as const;

export const Video: Story = {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-controls")!;
    await element.updateComplete;
    const focused = () => element.shadowRoot!.activeElement?.getAttribute("aria-label");
    element.focus();
    await expect(focused()).toBe("Microphone");
    await userEvent.keyboard("{ArrowRight}");
    await expect(focused()).toBe("Camera");
    await userEvent.keyboard("{End}");
    await expect(focused()).toBe("End call");
  },
};

export const Audio: Story = { args: { snapshot: aSnapshot("connected", "audio") } };

/** With more than one microphone and camera, where there is room: the choice beside the button. */
export const Choices: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", { devices: aDeviceList }),
    extras: everything,
    inlineSize: "900px",
  },
};

/** Between the earpiece and the speaker of a phone, a switch. */
export const Speaker: Story = {
  args: { snapshot: aSnapshot("connected", "audio"), extras: ["devices"], inlineSize: "390px" },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-controls")!;
    element.audioRoutes = [
      { id: "earpiece", label: "Phone", selected: false, kind: "earpiece" },
      { id: "speaker", label: "Speaker", selected: true, kind: "speaker" },
    ];
    await element.updateComplete;
    const speaker = element.shadowRoot!.querySelector<HTMLElement>('[part~="speaker"]')!;
    await expect(speaker.ariaPressed).toBe("true");
  },
};

export const Calling: Story = { args: { snapshot: aSnapshot("inviting", "video") } };

export const Muted: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: off, camera: off, screen: off, facing: null },
    }),
  },
};

export const Starting: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: on, camera: starting, screen: off, facing: null },
    }),
  },
};

export const SharingScreen: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: on, camera: on, screen: on, facing: "user" },
    }),
  },
};

/** Without a call around it and without a snapshot: what every call has. It only tells what was pressed. */
export const Alone: Story = {
  args: { snapshot: null },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-controls")!;
    await element.updateComplete;
    let heard = 0;
    element.addEventListener("sx-hang-up", () => heard++);
    element.shadowRoot!.querySelector<HTMLElement>("[part~=hang-up]")!.click();
    await expect(heard).toBe(1);
  },
};

export const Narrow: Story = { args: { extras: everything, inlineSize: "320px" } };

export const Phone: Story = { args: { extras: everything, inlineSize: "390px" } };

export const Wide: Story = { args: { extras: everything, inlineSize: "800px" } };

/** Buttons that do not fit into one row are in the menu. */
export const OpenMenu: Story = {
  ...Narrow,
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-controls")!;
    await element.updateComplete;
    canvasElement.style.minBlockSize = "34rem";
    element.focus();
    await userEvent.keyboard("{End}{ArrowLeft}{Enter}");
    const focused = () => element.shadowRoot!.activeElement?.textContent.trim() ?? "";
    await waitFor(() => expect(focused()).toContain("Speaker and devices"));
    await userEvent.keyboard("{End}");
    await expect(focused()).toContain("Keyboard shortcuts");
    await userEvent.keyboard("{Home}");
  },
};

/** A whole screen, for what the toolbar opens over it. */
function screen(
  snapshot: CallSnapshot,
  size: readonly [width: number, height: number],
  permissionHelp = "",
) {
  const [width, height] = size.map((length) => `${length}px`);
  return html`<div
    style=${styleMap({ inlineSize: width, blockSize: height, fontFamily: "system-ui, sans-serif" })}
  >
    <sx-call-view
      .contact=${ann}
      .permissionHelp=${permissionHelp}
      .calls=${fixedCalls(snapshot)}
    ></sx-call-view>
  </div>`;
}
const connected = (changes: Partial<CallSnapshot> = {}) =>
  aSnapshot("connected", "video", { devices: aDeviceList, ...changes });

/** The keys in use; the view does what its buttons do. */
export const Help: Story = {
  render: () => screen(connected(), [390, 700]),
  play: async ({ canvasElement }) => {
    const view = canvasElement.querySelector<SxCallView>("sx-call-view")!;
    await view.updateComplete;
    const controls = view.shadowRoot!.querySelector("sx-call-controls")!;
    await controls.updateComplete;
    controls.focus();
    await userEvent.keyboard("?");
    await view.updateComplete;
    await expect(view.shadowRoot!.activeElement?.getAttribute("aria-label")).toBe(
      "Keyboard shortcuts",
    );
  },
};

export const MenuOfPhoneOnItsSide: Story = {
  render: () => screen(connected(), [844, 390]),
  play: async ({ canvasElement }) => {
    const view = canvasElement.querySelector<SxCallView>("sx-call-view")!;
    await view.updateComplete;
    const controls = view.shadowRoot!.querySelector("sx-call-controls")!;
    await controls.updateComplete;
    controls.shadowRoot!.querySelector<HTMLElement>("[part~=more]")!.click();
    await controls.updateComplete;
  },
};

/** A camera that is blocked, with the steps of one browser. */
function permission(kind: PermissionKind): Story {
  const blocked = { state: "failed", problem: "permission-denied" } as const;
  return {
    render: () =>
      screen(connected({ local: { ...connected().local, camera: blocked } }), [390, 700], kind),
  };
}

export const PermissionChrome = permission("chrome-desktop");
export const PermissionChromeOnAndroid = permission("chrome-android");
export const PermissionSafariOnIphone = permission("safari-ios");
export const PermissionSafariOnMac = permission("safari-mac");
export const PermissionFirefox = permission("firefox");
export const PermissionEdge = permission("edge");
export const PermissionWebViewOfAndroid = permission("webview-android");
export const PermissionWebViewOfIos = permission("webview-ios");
export const PermissionElsewhere = permission("other");

export const DeviceInUse: Story = {
  render: () =>
    screen(
      connected({
        local: { ...connected().local, camera: { state: "failed", problem: "device-busy" } },
      }),
      [320, 568],
    ),
};
