import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import type { Verification } from "sx-call-kit";
import { aCode } from "./support/snapshots.ts";

interface Args {
  readonly code: readonly number[] | null;
  readonly verification: Verification | null;
  readonly inlineSize: string;
}

const meta = {
  title: "Security code",
  component: "sx-security-code",
  render: ({ code, verification, inlineSize }) =>
    html`<div
      style=${styleMap({ inlineSize, padding: "1rem", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-security-code .code=${code} .verification=${verification}></sx-security-code>
    </div>`,
  args: { code: aCode, verification: null, inlineSize: "390px" },
  argTypes: { inlineSize: { control: "text", description: "The container's width." } },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

const long: Story["play"] = async ({ canvasElement }) => {
  const element = canvasElement.querySelector("sx-security-code")!;
  await element.updateComplete;
  element.shadowRoot!.querySelector<HTMLElement>("[part~=long]")!.click();
  await element.updateComplete;
  await expect(element.shadowRoot!.querySelectorAll("li").length).toBe(7);
};

/** Before both sides have proved their keys. */
export const NoCode: Story = { args: { code: null } };

export const ToCompare: Story = {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-security-code")!;
    await element.updateComplete;
    const answers: boolean[] = [];
    element.addEventListener("sx-check-code", (event) => answers.push(event.detail.match));
    element.shadowRoot!.querySelector<HTMLElement>("[part~=match]")!.click();
    element.shadowRoot!.querySelector<HTMLElement>("[part~=no-match]")!.click();
    await expect(answers).toEqual([true, false]);
  },
};

export const LongForm: Story = { play: long };

export const WaitingForTheOther: Story = { args: { verification: { local: true, remote: null } } };

export const Verified: Story = { args: { verification: { local: true, remote: true } } };

/** Said on the other side. */
export const RefusedByTheOther: Story = { args: { verification: { local: null, remote: false } } };

/** Said here: the call, where there is one, has ended. */
export const Mismatch: Story = { args: { verification: { local: false, remote: null } } };

export const Narrow: Story = { args: { inlineSize: "288px" }, play: long };

export const RightToLeft: Story = { globals: { direction: "rtl" } };

export const Dark: Story = {
  args: { verification: { local: true, remote: true } },
  globals: { scheme: "dark" },
};
