import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import type { CallSnapshot, SxCallView } from "sx-call-kit";
import { ann, bob } from "./support/contacts.ts";
import { fixedCalls } from "./support/fixed-calls.ts";
import { posters, type Poster } from "./support/posters.ts";

interface Args {
  readonly inlineSize: string;
  readonly blockSize: string;
  /** Text size of the page in percent. */
  readonly textSize: number;
}

/** A snapshot whose clock shows 12:34 now. */
function atPresent(snapshot: CallSnapshot): CallSnapshot {
  const now = Date.now();
  const { connectedAt, reconnection } = snapshot;
  return {
    ...snapshot,
    ...(connectedAt !== null && { connectedAt: now - 754_300 }),
    ...(reconnection !== null && { reconnection: { ...reconnection, until: now + 26_000 } }),
  };
}

function show(
  { snapshot, tracks, others = [], name }: Poster,
  { inlineSize, blockSize }: Args,
): TemplateResult {
  const beside = (callId: string) => (others.some((other) => other.callId === callId) ? bob : null);
  return html`<figure style=${styleMap({ margin: "0" })}>
    <div
      style=${styleMap({ inlineSize, blockSize, fontFamily: "var(--sx-font, system-ui, sans-serif)" })}
    >
      <sx-call-view
        .contact=${ann}
        .contactOf=${beside}
        .calls=${fixedCalls(atPresent(snapshot), tracks?.() ?? {}, others)}
      ></sx-call-view>
    </div>
    <figcaption
      style=${styleMap({ font: "0.875rem system-ui, sans-serif", paddingBlock: "0.5rem" })}
    >
      ${name}
    </figcaption>
  </figure>`;
}

const meta = {
  title: "Overview",
  component: "sx-call-view",
  render: (args) =>
    html`<div
      style=${styleMap({ display: "flex", flexWrap: "wrap", gap: "1rem", padding: "1rem" })}
    >
      ${posters.map((poster) => show(poster, args))}
    </div>`,
  args: { inlineSize: "300px", blockSize: "560px", textSize: 100 },
  play: async ({ canvasElement }) => {
    const views = [...canvasElement.querySelectorAll<SxCallView>("sx-call-view")];
    await expect(views.map(({ state }) => state)).toEqual(
      posters.map(({ snapshot }) => snapshot.state),
    );
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** All states of a call at one glance. */
export const Phone: Story = {};

/** The same in a phone that lies on its side. */
export const PhoneOnItsSide: Story = { args: { inlineSize: "844px", blockSize: "390px" } };

/** The same in a window. */
export const Window: Story = { args: { inlineSize: "1000px", blockSize: "640px" } };

/** The same in a picture-in-picture window: nothing to press. */
export const Tiny: Story = { args: { inlineSize: "200px", blockSize: "150px" } };

/** As an app of the Material kind looks. Nothing but custom properties. */
export const LikeMaterial: Story = { globals: { theme: "material" } };

/** The same in the dark. */
export const LikeMaterialDark: Story = { globals: { theme: "material", scheme: "dark" } };

/** As an app of the iOS kind looks. */
export const LikeIos: Story = { globals: { theme: "ios" } };

/** The same in the dark. */
export const LikeIosDark: Story = { globals: { theme: "ios", scheme: "dark" } };

/** In the dark. */
export const Dark: Story = { globals: { scheme: "dark" } };

/** Everything that has a direction is mirrored. */
export const RightToLeft: Story = { globals: { direction: "rtl" } };

/** Letters twice as large, as people set them in their browser: nothing is cut, nothing lies over another thing. */
export const TextAt200Percent: Story = {
  args: { inlineSize: "390px", blockSize: "844px", textSize: 200 },
  beforeEach: ({ args }) => {
    document.documentElement.style.fontSize = `${String(args.textSize)}%`;
    return () => {
      document.documentElement.style.fontSize = "";
    };
  },
};
