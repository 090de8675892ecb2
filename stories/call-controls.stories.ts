import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, userEvent } from "storybook/test";
import type { CallSnapshot } from "sx-call-kit";
import { aSnapshot } from "./support/snapshots.ts";

interface Args {
  readonly snapshot: CallSnapshot | null;
}

const meta = {
  title: "Call controls",
  component: "sx-call-controls",
  render: ({ snapshot }) =>
    html`<div style=${styleMap({ padding: "2rem", fontFamily: "system-ui, sans-serif" })}>
      <sx-call-controls .snapshot=${snapshot}></sx-call-controls>
    </div>`,
  args: { snapshot: aSnapshot("connected", "video") },
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

export const Calling: Story = { args: { snapshot: aSnapshot("inviting", "video") } };

export const Muted: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", { local: { microphone: off, camera: off, screen: off, facing: null } }),
  },
};

export const Starting: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", { local: { microphone: on, camera: starting, screen: off, facing: null } }),
  },
};

export const SharingScreen: Story = {
  args: { snapshot: aSnapshot("connected", "video", { local: { microphone: on, camera: on, screen: on, facing: "user" } }) },
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
