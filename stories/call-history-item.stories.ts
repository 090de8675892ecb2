import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import {
  ongoingRecord,
  type CallDirection,
  type CallMedia,
  type CallRecordLike,
} from "sx-call-kit";
import { aRecord, aSnapshot, now } from "./support/snapshots.ts";
import { outcomes, protections } from "./support/unions.ts";

interface Args {
  readonly record: CallRecordLike | null;
  readonly now: number;
}

const page = styleMap({
  display: "grid",
  gap: "0.5rem",
  padding: "1rem",
  fontFamily: "system-ui, sans-serif",
});

const meta = {
  title: "Call history item",
  component: "sx-call-history-item",
  render: (args) =>
    html`<div style=${page}>
      <sx-call-history-item .record=${args.record} .now=${args.now}></sx-call-history-item>
    </div>`,
  args: { record: aRecord(), now },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

function all(records: readonly (CallRecordLike | null)[]): Story {
  return {
    render: (args) =>
      html`<div style=${page}>
        ${records.map((record) => html`<sx-call-history-item .record=${record} .now=${args.now}></sx-call-history-item>`)}
      </div>`,
  };
}

function everyOutcome(direction: CallDirection, media: CallMedia): Story {
  return all(
    outcomes.map((outcome) =>
      outcome === "completed"
        ? aRecord({ direction, media })
        : aRecord({
            direction,
            media,
            outcome,
            durationSeconds: 0,
            protection: "none",
            relayed: null,
          }),
    ),
  );
}

export const Completed: Story = {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-history-item")!;
    await element.updateComplete;
    const wanted: string[] = [];
    element.addEventListener("sx-call-back", (event) => wanted.push(event.detail.media));
    element.shadowRoot!.querySelector("button")!.click();
    await expect(wanted).toEqual(["video"]);
  },
};

export const OutgoingVideo: Story = everyOutcome("outgoing", "video");

export const OutgoingAudio: Story = everyOutcome("outgoing", "audio");

export const IncomingVideo: Story = everyOutcome("incoming", "video");

export const IncomingAudio: Story = everyOutcome("incoming", "audio");

export const Protection: Story = all([
  aRecord({ verified: true }),
  ...protections.map((protection) => aRecord({ protection })),
]);

export const Relayed: Story = { args: { record: aRecord({ relayed: true }) } };

export const AnotherDay: Story = { args: { now: now + 3 * 86_400_000 } };

/** Rings there, rings here, is connected: made of the view's snapshots. */
export const Ongoing: Story = {
  ...all([
    ongoingRecord(aSnapshot("ringing", "audio")),
    ongoingRecord(aSnapshot("incoming", "video")),
    ongoingRecord(aSnapshot("connected", "video", { relayed: true })),
  ]),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-history-item")!;
    await element.updateComplete;
    const wanted: string[] = [];
    element.addEventListener("sx-open-call", (event) => wanted.push(event.detail.callId));
    element.shadowRoot!.querySelector("button")!.click();
    await expect(wanted).toEqual([aSnapshot("ringing").callId]);
  },
};

/** The details of a call, opened. */
export const Receipt: Story = {
  args: {
    record: aRecord({
      verified: true,
      relayed: false,
      reconnections: 2,
      gapSeconds: 14,
      protectedPercent: 98,
      bytesSent: 61_200_000,
      bytesReceived: 55_400_000,
      ending: { reason: "hung-up", by: "remote", problem: null },
    }),
  },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-history-item")!;
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>("summary")!.click();
    const details = element.shadowRoot!.querySelector("details")!;
    await expect(details.open).toBe(true);
    await expect(details.textContent).toMatch(/2 \(14 sec\)[^]*98%[^]*116.6 MB/);
  },
};

export const ReceiptRightToLeftDark: Story = {
  ...Receipt,
  globals: { scheme: "dark", direction: "rtl" },
};

/** With the words of the person who declined. */
export const DeclinedWithText: Story = {
  args: {
    record: aRecord({
      outcome: "declined",
      direction: "outgoing",
      durationSeconds: 0,
      protection: "none",
      text: "In a meeting. I’ll call you back.",
    }),
  },
};

export const Narrow: Story = {
  render: (args) =>
    html`<div style=${styleMap({ inlineSize: "160px", fontFamily: "system-ui, sans-serif" })}>
      <sx-call-history-item .record=${args.record} .now=${args.now}></sx-call-history-item>
    </div>`,
  args: { record: ongoingRecord(aSnapshot("connected", "video", { relayed: true })) },
};

export const RightToLeftDark: Story = {
  ...everyOutcome("incoming", "audio"),
  globals: { scheme: "dark", direction: "rtl" },
};
