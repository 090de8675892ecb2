import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import type { CallSnapshot, SxCallView } from "sx-call-kit";
import {
  createSimulatedCall,
  type SimulatedCall,
  type SimulatedCallName,
} from "../src/simulator/index.ts";
import { ann, bob } from "./support/contacts.ts";
import { drawnTracks } from "./support/drawn-tracks.ts";

interface Args {
  readonly script: SimulatedCallName;
  /** Speed for a person. A story that runs as a test advances its own clock. */
  readonly speed: number;
}

const isTest = "__vitest_browser__" in globalThis;
const phone = { inlineSize: "390px", blockSize: "844px", fontFamily: "system-ui, sans-serif" };

const meta = {
  title: "Simulated calls",
  component: "sx-call-view",
  args: { script: "whole", speed: 1 },
  argTypes: { speed: { control: { type: "range", min: 0.5, max: 10, step: 0.5 } } },
  render: ({ script, speed }) => {
    const tracks = drawnTracks(["localCamera", "remoteCamera", "remoteScreen"]);
    const calls = createSimulatedCall({ script, tracks, speed: isTest ? 0 : speed });
    const contactOf = (callId: string) =>
      calls.others.some((other) => other.callId === callId) ? bob : null;
    return html`<div style=${styleMap(phone)}>
      <sx-call-view
        volume="0"
        .contact=${ann}
        .contactOf=${contactOf}
        .calls=${calls}
      ></sx-call-view>
    </div>`;
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** Returns the calls that the story has created for the view. */
function callsOf(root: HTMLElement): { view: SxCallView; calls: SimulatedCall } {
  const view = root.querySelector("sx-call-view")!;
  return { view, calls: view.calls as SimulatedCall };
}

/** The story of a play that is ready. As a test it lets time pass until the call is so, and finds the words on the screen. */
function play(
  script: SimulatedCallName,
  isSo: (snapshot: CallSnapshot, calls: SimulatedCall) => boolean,
  words: RegExp,
): Story {
  return {
    args: { script },
    play: async ({ canvasElement }) => {
      if (!isTest) return;
      const { view, calls } = callsOf(canvasElement);
      for (let passed = 0; passed < 90_000 && !isSo(calls.snapshot, calls); passed += 250)
        await calls.advance(250);
      await expect(isSo(calls.snapshot, calls)).toBe(true);
      await view.updateComplete;
      await expect(wordsOf(view)).toMatch(words);
    },
  };
}

/** Everything that a view says, its inner elements included. */
function wordsOf(element: Element): string {
  const root = element.shadowRoot;
  if (root === null) return "";
  const labels = [...root.querySelectorAll("[aria-label]")].map((labelled) =>
    labelled.getAttribute("aria-label"),
  );
  return [root.textContent, ...labels, ...[...root.querySelectorAll("*")].map(wordsOf)].join(" ");
}

const isIn = (state: CallSnapshot["state"]) => (snapshot: CallSnapshot) => snapshot.state === state;
const isLocked = (status: CallSnapshot["protection"]["status"]) => (snapshot: CallSnapshot) =>
  snapshot.protection.status === status;

export const Incoming = play("incoming", isIn("incoming"), /Ann Petersen.*Accept/s);
export const Outgoing = play("outgoing", isLocked("protected"), /End-to-end encrypted/);
export const DeclinedWithText = play(
  "declined-with-text",
  isIn("ended"),
  /Ann Petersen: In a meeting/,
);

export const Declined = play("declined", isIn("ended"), /declined/i);
export const Busy = play("busy", isIn("ended"), /busy|another call/i);
export const Unanswered = play("unanswered", isIn("ended"), /nobody answered/i);
export const PoorNetwork = play(
  "poor-network",
  ({ quality }) => quality?.bars === 1,
  /Very weak connection/,
);
export const Reconnection = play("reconnection", isIn("reconnecting"), /reconnecting/i);
export const Lost = play("lost", isIn("ended"), /connection/i);
export const Stuck = play("stuck", ({ stuck }) => stuck !== null, /no direct path/i);
export const Tampering = play("tampering", isLocked("tampered"), /altered|tampering/i);
export const OldPeer = play("old-peer", isLocked("compatible"), /compatibility mode/i);
export const PermissionRefused = play("permission-refused", isIn("ended"), /microphone/i);
export const CameraRefused = play(
  "camera-refused",
  ({ local }) => local.camera.state === "failed",
  /camera/i,
);
export const SecondCall = play("second-call", (_, calls) => calls.others.length === 1, /Bob/);
export const OnHold = play("hold", ({ held }) => held.remote, /hold/i);
export const Muted = play(
  "muted",
  ({ remote }) => remote.known && !remote.microphone && !remote.camera,
  /muted/i,
);
export const SharedScreen = play(
  "screen",
  (_, { tracks }) => tracks.remoteScreen !== null,
  /Ann Petersen/,
);
export const Verified = play(
  "verified",
  ({ verification }) => verification.local === true,
  /verified/i,
);
export const Whole = play("whole", isIn("ended"), /call ended|hung up|ended/i);
