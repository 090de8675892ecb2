import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect } from "storybook/test";
import type { CallSnapshot, Contact, SxCallView } from "sx-call-kit";
import type { CallTracks } from "../src/controller/call-source.ts";
import { ann, bob, mallory, noura } from "./support/contacts.ts";
import { drawnTracks, plainTrack } from "./support/drawn-tracks.ts";
import { fixedCalls, type FixedCalls } from "./support/fixed-calls.ts";
import {
  aCallAside,
  aHeldCall,
  aProtection,
  aSnapshot,
  aWaitingCall,
  anEnding,
} from "./support/snapshots.ts";
import { endReasons, errorCodes, protections, sides, steps } from "./support/unions.ts";

interface Args {
  readonly contact: Contact;
  readonly snapshot: CallSnapshot;
  /** Created for every rendering of the story: a canvas track ends with its canvas. */
  readonly tracks: () => Partial<CallTracks>;
  /** The calls beside the one that is shown. */
  readonly others: readonly CallSnapshot[];
  /** The last snapshot before a page reload. */
  readonly lastCall: CallSnapshot | null;
  readonly inlineSize: string;
  readonly blockSize: string;
}

/** A snapshot whose clock shows 12:34 now. */
function atPresent(snapshot: CallSnapshot): CallSnapshot {
  return snapshot.connectedAt === null
    ? snapshot
    : { ...snapshot, connectedAt: Date.now() - 754_300 };
}

/** Calls beside the one that is shown are Bob's in every story. */
const contactOf = (others: readonly CallSnapshot[]) => (callId: string) =>
  others.some((other) => other.callId === callId) ? bob : null;

function view({
  contact,
  snapshot,
  tracks,
  others,
  lastCall,
  inlineSize,
  blockSize,
}: Args): TemplateResult {
  return html`<div
    style=${styleMap({ inlineSize, blockSize, fontFamily: "system-ui, sans-serif" })}
  >
    <sx-call-view
      volume="0"
      .contact=${contact}
      .contactOf=${contactOf(others)}
      .lastCall=${lastCall}
      .calls=${fixedCalls(atPresent(snapshot), tracks(), others)}
    ></sx-call-view>
  </div>`;
}

const none = () => ({});
const silence = () =>
  new MediaStreamAudioDestinationNode(new AudioContext()).stream.getAudioTracks()[0] ?? null;
const phone = { inlineSize: "390px", blockSize: "844px" };
const window = { inlineSize: "800px", blockSize: "600px" };

const meta = {
  title: "Call view",
  component: "sx-call-view",
  render: view,
  args: {
    contact: ann,
    snapshot: aSnapshot("idle"),
    tracks: none,
    others: [],
    lastCall: null,
    ...phone,
  },
  argTypes: {
    inlineSize: { control: "text", description: "The container's width. The layout follows it." },
    blockSize: { control: "text", description: "The container's height." },
    tracks: { control: false, description: "The pictures, drawn: no camera, no network." },
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** A call that was connected a moment ago. */
function lastCall(): CallSnapshot {
  const asOf = Date.now() - 2000;
  return aSnapshot("connected", "audio", {
    asOf,
    startedAt: asOf - 60_000,
    connectedAt: asOf - 50_000,
  });
}

/** Several views side by side, named. */
function gallery(items: readonly (readonly [title: string, snapshot: CallSnapshot])[]): Story {
  return {
    render: (args) =>
      html`<div
        style=${styleMap({ display: "flex", flexWrap: "wrap", gap: "1rem", padding: "1rem" })}
      >
        ${items.map(
          ([title, snapshot]) =>
            html`<figure style=${styleMap({ margin: "0" })}>
              ${view({ ...args, snapshot })}
              <figcaption>${title}</figcaption>
            </figure>`,
        )}
      </div>`,
    args: { inlineSize: "300px", blockSize: "520px" },
  };
}

const off = { state: "off", problem: null } as const;
const on = { state: "on", problem: null } as const;

export const Idle: Story = {};

export const WithPicture: Story = { args: { contact: bob } };

export const Calling: Story = { args: { snapshot: aSnapshot("inviting", "audio") } };

export const CallingWithCamera: Story = {
  args: { snapshot: aSnapshot("inviting", "video"), tracks: () => drawnTracks(["localCamera"]) },
};

export const Ringing: Story = {
  args: { snapshot: aSnapshot("ringing", "video"), tracks: () => drawnTracks(["localCamera"]) },
};

export const OutgoingShowsAddress: Story = {
  args: {
    snapshot: aSnapshot("ringing", "audio", {
      exposesAddress: true,
      actions: ["hang-up", "toggle-microphone", "hide-address"],
    }),
  },
};

export const ConnectingStuck: Story = {
  args: {
    snapshot: aSnapshot("connecting", "audio", {
      stuck: { reason: "server-password", server: "turn:turn.example:3478" },
    }),
  },
};

export const IncomingVideo: Story = {
  args: { snapshot: aSnapshot("incoming", "video") },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-view")!;
    const ring = element.shadowRoot!.querySelector("sx-incoming-call")!;
    await ring.updateComplete;
    ring.shadowRoot!.querySelector<HTMLElement>("[part~=accept-video]")!.click();
    await expect((element.calls as FixedCalls).asked).toEqual([{ type: "accept", media: "video" }]);
  },
};

export const IncomingAudio: Story = {
  args: { snapshot: aSnapshot("incoming", "audio", { exposesAddress: false }) },
};

export const Connecting: Story = gallery(
  steps.map((step) => [step, aSnapshot("connecting", "audio", { step })]),
);

export const ConnectingVideo: Story = {
  args: { snapshot: aSnapshot("connecting", "video"), tracks: () => drawnTracks(["localCamera"]) },
};

export const ConnectedAudio: Story = { args: { snapshot: aSnapshot("connected", "audio") } };

export const ConnectedVideo: Story = {
  args: { snapshot: aSnapshot("connected", "video"), tracks: () => drawnTracks() },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<SxCallView>("sx-call-view")!;
    await element.updateComplete;
    const videos = [...element.shadowRoot!.querySelectorAll("video")];
    await expect(videos.map((video) => [video.muted, video.autoplay, video.playsInline])).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
  },
};

export const ConnectedVideoMedium: Story = {
  args: { snapshot: aSnapshot("connected", "video"), tracks: () => drawnTracks(), ...window },
};

export const PhoneOnItsSide: Story = {
  args: { ...ConnectedVideoMedium.args, inlineSize: "844px", blockSize: "390px" },
};

export const Tiny: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      remote: { known: true, microphone: false, camera: true, screen: false },
    }),
    tracks: () => drawnTracks(),
    inlineSize: "200px",
    blockSize: "150px",
  },
};

/** Words and buttons stay readable over the brightest picture. */
export const OverWhite: Story = {
  args: {
    snapshot: aSnapshot("connected", "video"),
    tracks: () => ({ remoteCamera: plainTrack("#ffffff") }),
  },
};

export const BothMuted: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: off, camera: on, screen: off, facing: "user" },
      remote: { known: true, microphone: false, camera: true, screen: false },
    }),
    tracks: () => drawnTracks(),
  },
};

export const RemoteCameraOff: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      remote: { known: true, microphone: true, camera: false, screen: false },
    }),
    tracks: () => drawnTracks(["localCamera"]),
  },
};

export const SharedScreen: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      remote: { known: true, microphone: true, camera: true, screen: true },
    }),
    tracks: () => drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]),
    inlineSize: "1280px",
    blockSize: "800px",
  },
};

export const SharedScreenOnPhone: Story = { args: { ...SharedScreen.args, ...phone } };

export const SharingOwnScreen: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: on, camera: on, screen: on, facing: "user" },
    }),
    tracks: () => drawnTracks(),
    ...window,
  },
};

/** A shared screen that is paused is marked on both sides. */
export const SharingPaused: Story = gallery([
  [
    "own",
    aSnapshot("connected", "audio", {
      local: { microphone: on, camera: off, screen: on, facing: null, screenPaused: true },
    }),
  ],
  [
    "theirs",
    aSnapshot("connected", "audio", {
      remote: { known: true, microphone: true, camera: false, screen: true, screenPaused: true },
    }),
  ],
]);

/** The sound of the call's own tab would be an echo for the other side: it is left out, and the badge says so. */
export const SharingWithoutSound: Story = {
  args: {
    snapshot: aSnapshot("connected", "audio", {
      local: {
        ...{ microphone: on, camera: off, facing: null },
        screen: { state: "on", problem: null, isSilenced: true },
      },
    }),
  },
};

export const DeviceProblem: Story = {
  args: {
    snapshot: aSnapshot("connected", "audio", {
      local: {
        microphone: { state: "failed", problem: "permission-denied" },
        camera: off,
        screen: off,
        facing: null,
      },
    }),
  },
};

const interrupted = { state: "interrupted", problem: null } as const;
const theirs = { known: true, microphone: false, camera: false, screen: false } as const;

/** The system of a side has taken what was on: by a call, by an alarm, by a privacy switch. */
export const Interrupted: Story = gallery([
  [
    "their telephone",
    aSnapshot("connected", "video", {
      remote: { ...theirs, interrupted: ["microphone", "camera"] },
    }),
  ],
  [
    "their alarm",
    aSnapshot("connected", "audio", { remote: { ...theirs, interrupted: ["microphone"] } }),
  ],
  [
    "own alarm",
    aSnapshot("connected", "audio", {
      local: { microphone: interrupted, camera: off, screen: off, facing: null },
    }),
  ],
  [
    "own privacy switch",
    aSnapshot("connected", "video", {
      local: { microphone: on, camera: interrupted, screen: off, facing: null },
    }),
  ],
]);

/** Every lock there is. */
export const Protection: Story = gallery(
  protections.map((status) => [
    status,
    aSnapshot("connected", "audio", { protection: aProtection(status) }),
  ]),
);

const verified = aSnapshot("connected", "audio", { verification: { local: true, remote: true } });

/** Opens the panel of every view of a story. */
const openPanels: Story["play"] = async ({ canvasElement }) => {
  for (const element of canvasElement.querySelectorAll("sx-call-view")) {
    await element.updateComplete;
    const locks = [...element.shadowRoot!.querySelectorAll<HTMLElement>("[part~=lock]")];
    locks.find((lock) => lock.checkVisibility())!.click();
    await element.updateComplete;
    await expect(element.shadowRoot!.querySelector("[role=dialog]")).not.toBeNull();
  }
};

/** The panel of every lock. */
export const Panels: Story = {
  ...gallery([
    ...protections.map(
      (status) =>
        [
          status,
          aSnapshot("connected", "audio", {
            protection: aProtection(status),
            ...(["compatible", "none", "transport"].includes(status)
              ? { securityCode: null, relayed: null }
              : {}),
          }),
        ] as const,
    ),
    ["verified", verified],
    ["through a relay", aSnapshot("connected", "audio", { relayed: true, exposesAddress: false })],
    ["through a relay, address known", aSnapshot("connected", "audio", { relayed: true })],
  ]),
  args: phone,
  play: openPanels,
};

export const PanelOverVideo: Story = {
  args: { snapshot: aSnapshot("connected", "video"), tracks: () => drawnTracks() },
  play: openPanels,
};

export const PanelMedium: Story = { args: { ...PanelOverVideo.args, ...window }, play: openPanels };

export const PanelOnItsSide: Story = {
  args: { ...PanelOverVideo.args, inlineSize: "844px", blockSize: "390px" },
  play: openPanels,
};

export const PanelNarrow: Story = {
  args: { snapshot: aSnapshot("connected", "audio"), inlineSize: "320px", blockSize: "568px" },
  play: openPanels,
};

export const PanelRightToLeft: Story = {
  args: { snapshot: verified, contact: noura },
  globals: { direction: "rtl", scheme: "dark" },
  play: openPanels,
};

/** Both people said that the code matches, and frames are protected right now. */
export const Verified: Story = { args: { snapshot: verified } };

/** Warnings that must be visible without opening a panel. */
export const Alarms: Story = gallery([
  ["tampered", aSnapshot("connected", "audio", { protection: aProtection("tampered") })],
  ["stalled", aSnapshot("connected", "audio", { protection: aProtection("stalled") })],
  ["code did not match", anEnding({ reason: "failed", by: "none", problem: "code-mismatch" })],
  [
    "the other side said so",
    anEnding({ reason: "failed", by: "remote", problem: null }, "audio", {
      verification: { local: true, remote: false },
    }),
  ],
]);

export const Reconnecting: Story = {
  args: { snapshot: aSnapshot("reconnecting", "video"), tracks: () => drawnTracks() },
};

export const ReconnectingAudio: Story = { args: { snapshot: aSnapshot("reconnecting", "audio") } };

/** A second call rings during a call: it covers neither the lock nor the toolbar. */
export const Waiting: Story = {
  args: { snapshot: aSnapshot("connected", "audio"), others: [aWaitingCall("audio")] },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-view")!;
    await element.updateComplete;
    const banner = element.shadowRoot!.querySelector("sx-incoming-call")!;
    await banner.updateComplete;
    banner.shadowRoot!.querySelector<HTMLElement>("[part~=hold-and-accept]")!.click();
    const { callId } = aWaitingCall();
    await expect((element.calls as FixedCalls).asked).toEqual([
      { type: "accept-waiting", callId, media: "audio", active: "hold" },
    ]);
  },
};

export const WaitingOverVideo: Story = {
  args: {
    snapshot: aSnapshot("connected", "video"),
    tracks: () => drawnTracks(),
    others: [aWaitingCall("video")],
  },
};

export const WaitingWide: Story = {
  args: { ...WaitingOverVideo.args, inlineSize: "1280px", blockSize: "800px" },
};

export const WaitingOnItsSide: Story = {
  args: { ...Waiting.args, inlineSize: "844px", blockSize: "390px" },
};

export const WaitingDark: Story = { args: { ...Waiting.args }, globals: { scheme: "dark" } };

/** While the first call is not connected yet, it can be ended for the second one, and not held. */
export const WaitingWhileRinging: Story = {
  args: { snapshot: aSnapshot("ringing", "audio"), others: [aWaitingCall("video")] },
};

/** Everything at once. */
export const WaitingAndHeld: Story = {
  args: {
    snapshot: aSnapshot("connected", "audio"),
    others: [aWaitingCall("audio"), aCallAside()],
  },
};

export const WaitingRightToLeft: Story = {
  args: { ...WaitingAndHeld.args, contact: noura },
  globals: { direction: "rtl" },
};

/** Another call is on hold. */
export const HeldAside: Story = {
  args: { snapshot: aSnapshot("connected", "audio"), others: [aCallAside()] },
};

export const HeldAsideOverVideo: Story = {
  args: {
    snapshot: aSnapshot("connected", "video"),
    tracks: () => drawnTracks(),
    others: [aCallAside()],
  },
};

/** The side that holds the call. */
export const OnHold: Story = gallery([
  ["by this side", aHeldCall({ local: true, remote: false })],
  ["by the other side", aHeldCall({ local: false, remote: true })],
  ["by both", aHeldCall({ local: true, remote: true }, "video")],
]);

/** The page was reloaded during a call. */
export const LastCall: Story = { args: { lastCall: lastCall() } };

export const LastCallDark: Story = { args: { lastCall: lastCall() }, globals: { scheme: "dark" } };

export const Ended: Story = {
  args: { snapshot: aSnapshot("ended", "video") },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-view")!;
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>("[part~=call-back]")!.click();
    await expect((element.calls as FixedCalls).asked).toEqual([
      { type: "start", media: "video", to: "ann" },
    ]);
  },
};

/** Every way a call can end. */
export const Endings: Story = gallery(
  endReasons.flatMap((reason) =>
    sides.map((by) => [`${reason}, ${by}`, anEnding({ reason, by, problem: null })] as const),
  ),
);

const declined = { reason: "declined", by: "remote", problem: null } as const;

/** The other side has declined with words. */
export const DeclinedWithText: Story = {
  args: { snapshot: anEnding({ ...declined, text: "In a meeting. I’ll call you back." }) },
};

/** As many words as there may be, of a person who writes from right to left, on a dark screen. */
export const DeclinedWithLongText: Story = {
  args: {
    contact: noura,
    snapshot: anEnding({ ...declined, text: "أنا في اجتماع، سأتصل بك لاحقًا. ".repeat(6).trim() }),
  },
  globals: { direction: "rtl", scheme: "dark" },
};

/** Words that try to be more than text. */
export const DeclinedWithHostileText: Story = {
  args: {
    contact: mallory,
    snapshot: anEnding({ ...declined, text: "<img src=x onerror=alert(1)> " + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢".repeat(5) }),
  },
};

/** Every failure: what happened, and what to do. */
export const Failures: Story = gallery(
  errorCodes.map((problem) => [problem, anEnding({ reason: "failed", by: "none", problem })]),
);

export const RightToLeft: Story = {
  args: { ...BothMuted.args, contact: noura },
  globals: { direction: "rtl" },
};

export const Dark: Story = {
  args: { snapshot: aSnapshot("connected", "audio") },
  globals: { scheme: "dark" },
};

/** The autoplay policy blocks the sound. */
export const SoundHeldBack: Story = {
  args: {
    snapshot: aSnapshot("connected", "audio"),
    tracks: () => ({ remoteMicrophone: silence() }),
  },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("sx-call-view")!;
    await element.updateComplete;
    // Simulates a browser that blocks playback: that of the stories allows it. An element that is moved plays again.
    element.shadowRoot!.querySelector("audio")!.play = () =>
      Promise.reject(new DOMException("", "NotAllowedError"));
    element.parentElement!.append(element);
    await new Promise((drawn) => requestAnimationFrame(drawn));
    await expect(element.shadowRoot!.querySelector("[part=tap-to-hear]")?.textContent).toBe(
      "Tap to hear",
    );
  },
};

/** A contact whose name and picture try to be more than text and a picture. */
export const HostileContact: Story = {
  args: { contact: mallory, snapshot: aSnapshot("connected", "audio") },
};
