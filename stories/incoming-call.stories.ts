import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, waitFor } from "storybook/test";
import type { CallMedia, Contact } from "sx-call-kit";
import { ann, bob, mallory, noura } from "./support/contacts.ts";

interface Args {
  readonly contact: Contact;
  readonly media: CallMedia;
  readonly variant: "screen" | "banner";
  readonly waiting: boolean;
  readonly canHold: boolean;
  readonly exposesAddress: boolean;
  readonly canHideAddress: boolean;
  readonly quickTexts: readonly string[] | null;
  readonly inlineSize: string;
  readonly blockSize: string;
}

const meta = {
  title: "Incoming call",
  component: "sx-incoming-call",
  render: ({
    contact,
    media,
    variant,
    waiting,
    canHold,
    exposesAddress,
    canHideAddress,
    quickTexts,
    inlineSize,
    blockSize,
  }) =>
    html`<div style=${styleMap({ inlineSize, blockSize, fontFamily: "system-ui, sans-serif" })}>
      <sx-incoming-call
        .contact=${contact}
        media=${media}
        variant=${variant}
        ?waiting=${waiting}
        ?can-hold=${canHold}
        ?exposes-address=${exposesAddress}
        ?can-hide-address=${canHideAddress}
        .quickTexts=${quickTexts}
      ></sx-incoming-call>
    </div>`,
  args: {
    contact: ann,
    media: "video",
    variant: "screen",
    waiting: false,
    canHold: false,
    exposesAddress: false,
    canHideAddress: false,
    quickTexts: null,
    inlineSize: "390px",
    blockSize: "844px",
  },
  argTypes: {
    media: { control: "inline-radio", options: ["audio", "video"] },
    variant: { control: "inline-radio", options: ["screen", "banner"] },
    inlineSize: { control: "text", description: "The container's width. The layout follows it." },
    blockSize: { control: "text", description: "The container's height." },
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

const banner = { variant: "banner", blockSize: "auto" } as const;

export const Video: Story = {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-incoming-call")!;
    await element.updateComplete;
    const accepted: unknown[] = [];
    element.addEventListener("sx-accept", (event) => accepted.push(event.detail.media));
    element.shadowRoot!.querySelector<HTMLElement>("[part~=accept-audio]")!.click();
    element.shadowRoot!.querySelector<HTMLElement>("[part~=accept-video]")!.click();
    await expect(accepted).toEqual(["audio", "video"]);
  },
};

export const Audio: Story = { args: { media: "audio" } };

export const ShowsAddress: Story = { args: { exposesAddress: true, contact: bob } };

export const CanHideAddress: Story = { args: { exposesAddress: true, canHideAddress: true } };

export const HidesAddress: Story = { args: { canHideAddress: true } };

export const OverAnotherCall: Story = { args: { waiting: true } };

export const PhoneOnItsSide: Story = {
  args: { exposesAddress: true, inlineSize: "844px", blockSize: "390px" },
};

export const Tiny: Story = { args: { inlineSize: "200px", blockSize: "150px" } };

export const Banner: Story = { args: { ...banner, exposesAddress: true } };

export const BannerAudio: Story = { args: { ...banner, media: "audio" } };

export const BannerOverAnotherCall: Story = { args: { ...banner, waiting: true } };

/** The other call can be put on hold instead of ended. */
export const BannerWithHold: Story = {
  args: { ...banner, waiting: true, canHold: true, media: "audio" },
};

export const BannerWithHoldWide: Story = {
  args: { ...banner, waiting: true, canHold: true, inlineSize: "800px" },
};

export const BannerWide: Story = {
  args: { ...banner, waiting: true, media: "audio", inlineSize: "800px" },
};

const quickTexts = [
  "In a meeting. I’ll call you back.",
  "On my way.",
  "I can’t talk in here. Please write to me, and I answer as soon as I am out.",
];

/** Opens the texts to decline with, once their chunk is there. */
const openTexts: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector("sx-incoming-call")!;
  const button = await waitFor(() => {
    const found = element.shadowRoot!.querySelector<HTMLElement>("[part=decline-with-text]");
    if (found === null) throw new Error("The button is not there yet.");
    return found;
  });
  button.click();
  await element.updateComplete;
  await expect(element.shadowRoot!.querySelector("[part=texts]")).not.toBeNull();
};

/** The button that opens the texts. */
export const CanDeclineWithText: Story = { args: { quickTexts, media: "audio" } };

export const DeclineTexts: Story = { args: { quickTexts, media: "audio" }, play: openTexts };

export const DeclineOwnText: Story = { args: { quickTexts: [] }, play: openTexts };

export const BannerDeclineTexts: Story = {
  args: { ...banner, waiting: true, quickTexts, media: "audio" },
  play: openTexts,
};

export const DeclineTextsOnItsSide: Story = {
  args: { quickTexts, inlineSize: "844px", blockSize: "390px" },
  play: openTexts,
};

export const DeclineTextsRightToLeft: Story = {
  args: { quickTexts: ["أنا في اجتماع.", ...quickTexts], contact: noura },
  play: openTexts,
  globals: { direction: "rtl", scheme: "dark" },
};

export const HostileContact: Story = { args: { contact: mallory, exposesAddress: true } };
