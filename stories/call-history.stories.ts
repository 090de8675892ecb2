import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { styleMap } from "lit/directives/style-map.js";
import { expect, userEvent } from "storybook/test";
import {
  ongoingRecord,
  type CallHistoryFilter,
  type CallRecordLike,
  type Contact,
} from "sx-call-kit";
import { contactOf, manyRecords } from "./call-history-records.ts";
import { aRecord, aSnapshot, now } from "./support/snapshots.ts";
import { outcomes, protections } from "./support/unions.ts";

interface Args {
  readonly records: readonly CallRecordLike[];
  readonly contactOf: ((record: CallRecordLike) => Contact | null) | null;
  readonly filter: CallHistoryFilter;
  readonly inlineSize: string;
  /** Without one: the page's. */
  readonly lang?: string;
}

const meta = {
  title: "Call history",
  component: "sx-call-history",
  render: ({ records, filter, inlineSize, lang, ...args }) =>
    html`<div
      style=${styleMap({ inlineSize, maxInlineSize: "100%", blockSize: "640px", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-call-history
        lang=${ifDefined(lang)}
        .records=${records}
        .contactOf=${args.contactOf}
        .filter=${filter}
        .now=${now}
      ></sx-call-history>
    </div>`,
  args: { records: manyRecords(300), contactOf, filter: "all", inlineSize: "390px" },
  argTypes: { inlineSize: { control: "text", description: "The container's width." } },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

async function historyIn(canvasElement: HTMLElement) {
  const element = canvasElement.querySelector("sx-call-history")!;
  await element.updateComplete;
  const root = element.shadowRoot!;
  return { element, root, list: root.querySelector<HTMLElement>("[part=list]")! };
}

const aDayAgo = (index: number) => ({
  startedAt: now - index * 86_400_000,
  callId: `call-${index}`,
});

export const Phone: Story = {
  play: async ({ canvasElement }) => {
    const { element, root } = await historyIn(canvasElement);
    const called: unknown[] = [];
    element.addEventListener("sx-call-back", ({ detail }) =>
      called.push([detail.callId, detail.contact?.name]),
    );
    root.querySelector<HTMLElement>("[part=call-back]")!.click();
    await expect(called).toEqual([["call-0", "Ann Petersen"]]);
  },
};

/** As quick as a short one: only the rows that are seen are drawn. */
export const AHundredThousand: Story = {
  args: { records: manyRecords(100_000) },
  play: async ({ canvasElement }) => {
    const { element, root, list } = await historyIn(canvasElement);
    root.querySelector<HTMLElement>("[part=call-back]")!.focus();
    await userEvent.keyboard("{End}");
    await element.updateComplete;
    await expect(root.activeElement?.closest("[data-index]")).toHaveAttribute(
      "data-index",
      "99999",
    );
    await userEvent.keyboard("{Home}");
    await element.updateComplete;
    await expect(list.scrollTop).toBe(0);
    await expect(root.querySelectorAll("[role=listitem]").length).toBeLessThan(60);
  },
};

export const Empty: Story = { args: { records: [] } };

export const Missed: Story = {
  args: { filter: "missed", records: manyRecords(3000) },
  play: async ({ canvasElement }) => {
    const { root } = await historyIn(canvasElement);
    const kinds = [...root.querySelectorAll<HTMLElement>(".what")].map(({ innerText }) =>
      innerText.trim(),
    );
    await expect(kinds.length).toBeGreaterThan(5);
    await expect(kinds.every((kind) => kind.startsWith("Missed "))).toBe(true);
  },
};

export const NoneMissed: Story = { args: { filter: "missed", records: [aRecord()] } };

/** In a chat no contact is named: the kind of call comes first. */
export const OfOneContact: Story = {
  args: {
    contactOf: null,
    records: outcomes.map((outcome, index) =>
      aRecord({
        ...{ ...aDayAgo(index), outcome, direction: "incoming" },
        ...(outcome === "completed" ? {} : { durationSeconds: 0, protection: "none" }),
      }),
    ),
  },
};

/** Unexpected protection keeps its text in any width. */
export const Protection: Story = {
  args: {
    records: [
      aRecord({ verified: true, callId: "call-8" }),
      ...protections.map((protection, index) => aRecord({ protection, ...aDayAgo(index) })),
    ],
  },
};

const ongoing = ongoingRecord(aSnapshot("connected", "video"));

export const Ongoing: Story = {
  args: { records: [...(ongoing ? [ongoing] : []), ...manyRecords(20)], contactOf: null },
  play: async ({ canvasElement }) => {
    const { element, root } = await historyIn(canvasElement);
    const opened: string[] = [];
    element.addEventListener("sx-open-call", ({ detail }) => opened.push(detail.callId));
    root.querySelector<HTMLElement>("[part=open-call]")!.click();
    await expect(opened).toEqual([ongoing?.callId]);
  },
};

export const Dark: Story = { globals: { scheme: "dark" } };

export const RightToLeft: Story = { args: { lang: "ar" }, globals: { direction: "rtl" } };

export const Tiny: Story = {
  args: {
    inlineSize: "160px",
    records: [...(ongoing ? [ongoing] : []), ...manyRecords(20)],
    contactOf: null,
  },
};

export const TinyWithContacts: Story = { args: { inlineSize: "160px" } };

export const Wide: Story = { args: { inlineSize: "1000px" } };
