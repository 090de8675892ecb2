import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import {
  CallError,
  type ConnectionChecker,
  type ConnectionReport,
  type ServerReport,
  type ServerVerdict,
} from "sx-call-kit";

interface Args {
  readonly report: ConnectionReport | null;
  readonly checker: ConnectionChecker;
  readonly inlineSize: string;
}

const stun = "stun:stun.example.org:3478";
const turn = "turn:relay.example.org:3478";
const tls = "turns:relay.example.org:5349";

const asked = (
  url: string,
  transport: ServerReport["transport"],
  verdict: ServerVerdict,
  milliseconds = 38,
): ServerReport => ({
  ...{ url, transport, verdict, milliseconds },
});
const all = (overUdp: ServerVerdict, overTcp: ServerVerdict): ServerReport[] => [
  asked(stun, "udp", overUdp === "wrong-password" ? "ok" : overUdp, 31),
  asked(turn, "udp", overUdp, 46),
  asked(turn, "tcp", overTcp, 74),
  asked(tls, "tls", overTcp, 118),
];
const notTried = { verdict: "not-tried", roundTripMilliseconds: null } as const;

const good: ConnectionReport = {
  servers: all("ok", "ok"),
  udp: "open",
  loop: { verdict: "ok", roundTripMilliseconds: 64 },
  overall: "good",
};

const meta = {
  title: "Connection check",
  component: "sx-connection-check",
  render: ({ report, checker, inlineSize }) =>
    html`<div
      style=${styleMap({ inlineSize, padding: "1rem", fontFamily: "system-ui, sans-serif" })}
    >
      <sx-connection-check .report=${report} .checker=${checker}></sx-connection-check>
    </div>`,
  // Nothing is asked: the stories need no network.
  args: { report: null, checker: () => Promise.resolve(good), inlineSize: "390px" },
  argTypes: { inlineSize: { control: "text", description: "The container's width." } },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

const press: Story["play"] = async ({ canvasElement }) => {
  const element = canvasElement.querySelector("sx-connection-check")!;
  await element.updateComplete;
  element.shadowRoot!.querySelector<HTMLElement>("[part~=start]")!.click();
  await element.updateComplete;
};

/** Pressed, it asks and shows what it found. */
export const Idle: Story = {
  play: async (context) => {
    const element = context.canvasElement.querySelector("sx-connection-check")!;
    const reported = new Promise<ConnectionReport>((resolve) => {
      element.addEventListener("sx-connection-checked", (event) => resolve(event.detail.report));
    });
    await press(context);
    await expect(await reported).toEqual(good);
    element.report = null;
  },
};

export const Checking: Story = {
  args: { checker: () => new Promise(() => undefined) },
  play: press,
};

export const AllGood: Story = { args: { report: good } };

export const WrongPassword: Story = {
  args: {
    report: {
      servers: all("wrong-password", "wrong-password"),
      udp: "open",
      loop: notTried,
      overall: "no-relay",
    },
  },
};

export const UdpBlocked: Story = {
  args: {
    report: {
      servers: all("timed-out", "ok"),
      udp: "blocked",
      loop: { verdict: "ok", roundTripMilliseconds: 141 },
      overall: "relay-only-tcp",
    },
  },
};

/** The relay gives addresses, and lets nothing through. */
export const NothingThroughTheRelay: Story = {
  args: {
    report: {
      ...good,
      loop: { verdict: "failed", roundTripMilliseconds: null },
      overall: "loop-failed",
    },
  },
};

export const NoServer: Story = {
  args: { report: { servers: [], udp: "unknown", loop: notTried, overall: "no-servers" } },
};

export const NothingReachable: Story = {
  args: {
    report: {
      servers: all("name-not-found", "unreachable"),
      udp: "unknown",
      loop: notTried,
      overall: "unreachable",
    },
  },
};

/** Everything that can be said of a server. */
export const EveryVerdict: Story = {
  args: {
    report: {
      servers: [
        asked(turn, "udp", "ok"),
        asked(turn, "tcp", "no-relay"),
        asked(tls, "tls", "unreachable"),
        asked("turn:full.example.org", "udp", "timed-out"),
        asked("turn:nothing.invalid", "udp", "name-not-found"),
        asked("turn:[2001:db8::1]:3478", "udp", "wrong-password"),
        asked("", "udp", "bad-url"),
        asked(`turn:${"very-long-label.".repeat(12)}example.org:443`, "tcp", "unreachable"),
      ],
      udp: "open",
      loop: { verdict: "ok", roundTripMilliseconds: 12 },
      overall: "good",
    },
  },
};

export const WithoutWebRtc: Story = {
  args: {
    checker: () =>
      Promise.reject(new CallError("webrtc-unsupported", "This engine has no WebRTC.")),
  },
  play: press,
};

export const Failed: Story = {
  args: { checker: () => Promise.reject(new CallError("bad-argument", "The list is none.")) },
  play: press,
};

export const Narrow: Story = { args: { report: good, inlineSize: "288px" } };

export const Wide: Story = { args: { report: good, inlineSize: "868px" } };

export const RightToLeft: Story = { args: { report: good }, globals: { direction: "rtl" } };

export const Dark: Story = {
  args: { report: { ...good, servers: all("timed-out", "ok"), udp: "blocked" } },
  globals: { scheme: "dark" },
};
