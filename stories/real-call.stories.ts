import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, waitFor } from "storybook/test";
import type { CallMedia, SxCallView } from "sx-call-kit";
import { createPersonDevices } from "../demo/drawn-people.ts";
import { portraits } from "../demo/portraits.ts";
import { ann, bob } from "./support/contacts.ts";

interface Args {
  readonly media: CallMedia;
}

const phone = { inlineSize: "360px", blockSize: "700px", fontFamily: "system-ui, sans-serif" };

const viewOf = (root: ParentNode, name: string) => root.querySelector<SxCallView>(`#${name}`)!;

/** The whole of a host's work: what one view says is handed to the other. */
function connect(root: ParentNode): readonly [caller: SxCallView, callee: SxCallView] {
  const [caller, callee] = [viewOf(root, "caller"), viewOf(root, "callee")];
  caller.addEventListener("sx-signal", ({ detail }) => callee.receiveSignal(detail.message));
  callee.addEventListener("sx-signal", ({ detail }) => caller.receiveSignal(detail.message));
  return [caller, callee];
}

const meta = {
  title: "A real call",
  component: "sx-call-view",
  args: { media: "video" },
  render: () =>
    html`<div
      style=${styleMap({ display: "flex", flexWrap: "wrap", gap: "1rem", padding: "1rem" })}
    >
      <div style=${styleMap(phone)}>
        <sx-call-view
          id="caller"
          .contact=${bob}
          .mediaDevices=${createPersonDevices(portraits.ann, 0)}
        ></sx-call-view>
      </div>
      <div style=${styleMap(phone)}>
        <sx-call-view
          id="callee"
          .contact=${ann}
          .mediaDevices=${createPersonDevices(portraits.ben, 1)}
        ></sx-call-view>
      </div>
    </div>`,
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** Two views in this page, a WebRTC connection between them, and keys that only they know. Drawn pictures, no server. */
export const Connected: Story = {
  play: async ({ canvasElement, args: { media } }) => {
    const [caller, callee] = connect(canvasElement);
    await caller.startCall({ media });
    await waitFor(() => expect(callee.state).toBe("incoming"));
    await callee.acceptCall();
    for (const view of [caller, callee]) {
      await waitFor(() => expect(view.snapshot.protection.status).toBe("protected"), {
        timeout: 20_000,
      });
    }
  },
};
