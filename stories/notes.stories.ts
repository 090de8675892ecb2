import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, waitFor } from "storybook/test";
import type { CallMedia, SxCallView } from "sx-call-kit";
import {
  createSimulatedCall,
  type SimulatedCall,
  type SimulatedStep,
} from "../src/simulator/index.ts";
import { ann } from "./support/contacts.ts";
import { drawnTracks } from "./support/drawn-tracks.ts";

interface Args {
  readonly media: CallMedia;
  readonly isRefused: boolean;
}

const script = ({ media, isRefused }: Args): readonly SimulatedStep[] => [
  { type: "perform", intent: { type: "start", media } },
  { type: "wait", milliseconds: 1000 },
  { type: "end", reason: "busy" },
  { type: "until", state: "ended" },
  ...(isRefused
    ? [{ type: "device", device: "microphone", problem: "permission-denied" } as const]
    : []),
];

/** A note after a call that found the line busy, recorded without a microphone. */
const meta = {
  title: "Notes",
  component: "sx-call-view",
  args: { media: "audio", isRefused: false },
  render: (args) =>
    html`<div
      style=${styleMap({ inlineSize: "390px", blockSize: "844px", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-call-view
        volume="0"
        notes
        .contact=${ann}
        .calls=${createSimulatedCall({ script: script(args), speed: 0, tracks: drawnTracks(["localCamera"]) })}
      ></sx-call-view>
    </div>`,
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

async function part(view: SxCallView, name: string): Promise<HTMLElement> {
  return waitFor(
    () => {
      const found = view.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`);
      if (found === null) throw new Error(`There is no part "${name}" yet.`);
      return found;
    },
    { timeout: 10_000 },
  );
}

/** Lets the call end, and presses these buttons. */
function after(...presses: readonly string[]): NonNullable<Story["play"]> {
  return async ({ canvasElement }) => {
    const view = canvasElement.querySelector("sx-call-view")!;
    await waitFor(async () => {
      await (view.calls as SimulatedCall).advance(500);
      await expect(view.state).toBe("ended");
    });
    for (const press of presses) {
      (await part(view, press)).click();
      await view.updateComplete;
    }
  };
}

export const Offered: Story = { play: after() };

export const OfferedVideo: Story = { args: { media: "video" }, play: after() };

export const Recording: Story = {
  play: async (context) => {
    await after("leave-note")(context);
    await part(context.canvasElement.querySelector("sx-call-view")!, "note-stop");
  },
};

export const RecordingVideo: Story = { ...Recording, args: { media: "video" } };

export const RecordingRightToLeftDark: Story = {
  ...RecordingVideo,
  globals: { direction: "rtl", scheme: "dark" },
};

/** Recorded, and ready to be heard. */
export const Recorded: Story = {
  args: { media: "video" },
  play: async (context) => {
    await Recording.play!(context);
    const view = context.canvasElement.querySelector("sx-call-view")!;
    const time = await part(view, "note-time");
    await waitFor(() => expect(time.textContent).toMatch(/^00:0[1-9]/), { timeout: 10_000 });
    (await part(view, "note-stop")).click();
    await part(view, "note-play");
  },
};

export const Sent: Story = {
  play: async (context) => {
    await Recorded.play!(context);
    const view = context.canvasElement.querySelector("sx-call-view")!;
    const sent: string[] = [];
    view.addEventListener("sx-note", ({ detail }) => sent.push(detail.mimeType));
    (await part(view, "note-send")).click();
    await part(view, "note-sent");
    await expect(sent).toHaveLength(1);
  },
  args: { media: "video" },
};

/** The microphone is refused: what happened, and what to do. */
export const Refused: Story = {
  args: { isRefused: true },
  play: async (context) => {
    await after("leave-note")(context);
    await part(context.canvasElement.querySelector("sx-call-view")!, "note-retry");
  },
};
