import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, waitFor } from "storybook/test";
import type { CallSnapshot, Contact, ScreenAction, SxCallView } from "sx-call-kit";
import type { CallTracks } from "../src/controller/call-source.ts";
import { ann, bob, noura } from "./support/contacts.ts";
import { drawnTracks } from "./support/drawn-tracks.ts";
import { fixedCalls, type FixedCalls } from "./support/fixed-calls.ts";
import { aSnapshot } from "./support/snapshots.ts";

interface Args {
  readonly contact: Contact;
  readonly snapshot: CallSnapshot;
  /** Created for every rendering of the story: a canvas track ends with its canvas. */
  readonly tracks: () => Partial<CallTracks>;
  /** Level of the other side, 0 to 1. */
  readonly voice: number;
  readonly inlineSize: string;
  readonly blockSize: string;
}

function view({ contact, snapshot, tracks, voice, inlineSize, blockSize }: Args): TemplateResult {
  const { connectedAt } = snapshot;
  // The clock shows 12:34 now.
  const present =
    connectedAt === null ? snapshot : { ...snapshot, connectedAt: Date.now() - 754_300 };
  const calls = {
    ...fixedCalls(present, tracks()),
    levels: { remote: () => voice, microphone: () => 0 },
  };
  return html`<div
    style=${styleMap({ inlineSize, blockSize, fontFamily: "system-ui, sans-serif" })}
  >
    <sx-call-view volume="0" keep-bars .contact=${contact} .calls=${calls}></sx-call-view>
  </div>`;
}

const both = () => drawnTracks();
/** A track without audible sound: only its presence matters. */
const withVoice = (tracks: Partial<CallTracks> = {}) => ({
  ...tracks,
  remoteMicrophone: document.createElement("canvas").captureStream(0).getVideoTracks()[0]!,
});
const off = { state: "off", problem: null } as const;
const on = { state: "on", problem: null } as const;

const meta = {
  title: "Call view/Pictures",
  component: "sx-call-view",
  render: view,
  args: {
    contact: ann,
    snapshot: aSnapshot("connected", "video"),
    tracks: both,
    voice: 0,
    ...{ inlineSize: "390px", blockSize: "844px" },
  },
  argTypes: {
    inlineSize: { control: "text", description: "The container's width. The layout follows it." },
    blockSize: { control: "text", description: "The container's height." },
    tracks: { control: false, description: "The pictures, drawn: no camera, no network." },
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;
type Play = NonNullable<Story["play"]>;

const viewIn = (canvas: HTMLElement) => canvas.querySelector<SxCallView>("sx-call-view")!;
const partOf = (view: SxCallView, part: string) =>
  view.shadowRoot!.querySelector<HTMLElement>(`[part~="${part}"]`)!;

const performs =
  (action: ScreenAction): Play =>
  async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    await element.updateComplete;
    element.performScreenAction(action);
    await element.updateComplete;
  };

/** The contact's picture has loaded, and the colours have changed with it. */
const settles: Play = async ({ canvasElement }) => {
  const root = viewIn(canvasElement).shadowRoot!;
  await waitFor(() => expect(root.querySelector(".behind.loaded")).not.toBeNull());
  await Promise.allSettled(root.getAnimations().map(({ finished }) => finished));
};

/** One's own picture large, by a press on the small one. */
export const Swapped: Story = {
  play: async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    // There is nothing to swap before the other side's first picture.
    await waitFor(() =>
      expect(partOf(element, "small-picture").ariaLabel).toBe("Your camera. Swap pictures"),
    );
    partOf(element, "small-picture").click();
    await element.updateComplete;
    await expect(partOf(element, "small-picture").ariaLabel).toBe(
      "Picture of Ann Petersen. Swap pictures",
    );
    await expect(partOf(element, "self-view").classList.contains("large")).toBe(true);
  },
};

const moves =
  (...keys: readonly string[]): Play =>
  async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    await element.updateComplete;
    for (const key of keys) {
      partOf(element, "small-picture").dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true }),
      );
      await element.updateComplete;
    }
    await expect(partOf(element, "stage").classList.contains("corner-top-start")).toBe(true);
  };

/** The small picture, moved by the arrow keys. */
export const InAnotherCorner: Story = { play: moves("ArrowUp", "ArrowLeft") };

export const InAnotherCornerRightToLeft: Story = {
  args: { contact: noura },
  globals: { direction: "rtl" },
  play: moves("ArrowUp", "ArrowRight"),
};

/** Four seconds without input. */
export const BarsHidden: Story = {
  play: async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    await element.updateComplete;
    // Halfway gone, they are hard to read. The view shows them again as long as it has no picture.
    await waitFor(
      () => {
        // Set only where it is not: waiting looks again at every change.
        if (element.getAttribute("bars") !== "hidden") element.setAttribute("bars", "hidden");
        return expect(getComputedStyle(partOf(element, "top-bar")).opacity).toBe("0");
      },
      { timeout: 10_000 },
    );
    await expect(getComputedStyle(partOf(element, "top-bar")).pointerEvents).toBe("none");
  },
};

/** An upright picture in a wide room is shown whole: filling it would take more than half away. */
export const WholePicture: Story = {
  args: { contact: bob, inlineSize: "844px", blockSize: "390px" },
  play: settles,
};

/** The same, filling the room because the person wants it. */
export const FilledPicture: Story = { args: { ...WholePicture.args! }, play: performs("fit") };

export const Narrow: Story = { args: { inlineSize: "320px", blockSize: "568px" } };

export const Medium: Story = { args: { inlineSize: "800px", blockSize: "600px" } };

export const Wide: Story = { args: { inlineSize: "1280px", blockSize: "800px" } };

/** A television: words and buttons grow with it. */
export const VeryWide: Story = { args: { inlineSize: "3840px", blockSize: "2160px" } };

export const TinyPicture: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      remote: { known: true, microphone: false, camera: true, screen: false },
    }),
    inlineSize: "160px",
    blockSize: "120px",
  },
};

const sharing = aSnapshot("connected", "video", {
  remote: { known: true, microphone: true, camera: true, screen: true },
});
const allPictures = () => drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]);

/** The person speaks: their tile has an outline. */
export const ScreenAndPeople: Story = {
  args: {
    ...{ snapshot: sharing, tracks: () => withVoice(allPictures()), voice: 0.5 },
    ...{ inlineSize: "1280px", blockSize: "800px" },
  },
};

export const ScreenOnPhone: Story = { args: { snapshot: sharing, tracks: allPictures } };

/** Beside the toolbar of a phone in landscape. */
export const ScreenInLandscape: Story = {
  args: { ...ScreenOnPhone.args!, inlineSize: "844px", blockSize: "390px" },
};

export const ScreenRightToLeft: Story = {
  args: { ...ScreenOnPhone.args!, contact: noura },
  globals: { direction: "rtl" },
};

/** Enlarged by its buttons, as by two fingers, the wheel with Control, or the keys + − 0, and without the people beside it. */
export const ScreenZoomed: Story = {
  args: ScreenAndPeople.args!,
  play: async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    await waitFor(() => expect(partOf(element, "zoom-in")).not.toBeNull());
    const video = element.shadowRoot!.querySelector<HTMLVideoElement>("video.shared")!;
    await waitFor(() => expect(video.videoWidth).toBeGreaterThan(0));
    partOf(element, "zoom-in").click();
    partOf(element, "zoom-in").click();
    partOf(element, "hide-people").click();
    await element.updateComplete;
    await expect(partOf(element, "zoom-level").ariaLabel).toBe("225% · Show whole picture");
    await expect(partOf(element, "person").checkVisibility()).toBe(false);
  },
};

/** The contact's picture, blurred, and a ring that follows the voice. */
export const Voice: Story = {
  args: { contact: bob, snapshot: aSnapshot("connected", "audio"), tracks: withVoice, voice: 0.3 },
  play: async (context) => {
    await settles(context);
    const element = viewIn(context.canvasElement);
    const ring = element.shadowRoot!.querySelector<HTMLElement>(".voice")!;
    await waitFor(() =>
      expect(Number(ring.style.getPropertyValue("--_voice"))).toBeGreaterThan(0.5),
    );
  },
};

export const VoiceWithoutPicture: Story = { args: { ...Voice.args!, contact: ann } };

export const VoiceDark: Story = {
  args: { ...VoiceWithoutPicture.args! },
  globals: { scheme: "dark" },
};

export const VoiceTiny: Story = {
  args: { ...Voice.args!, inlineSize: "200px", blockSize: "150px" },
};

/** An audio call in which this side has switched its camera on. */
export const OwnCameraOnly: Story = {
  args: {
    ...Voice.args!,
    tracks: () => withVoice(drawnTracks(["localCamera"])),
    inlineSize: "844px",
    blockSize: "390px",
  },
  play: settles,
};

/** The camera switches: its place stays, but its last picture does not. */
export const CameraFlips: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: {
        microphone: on,
        camera: { state: "starting", problem: null },
        screen: off,
        facing: null,
      },
    }),
    tracks: () => drawnTracks(["remoteCamera"]),
  },
};

export const SpeakingWhileMuted: Story = {
  args: {
    snapshot: aSnapshot("connected", "video", {
      local: { microphone: off, camera: on, screen: off, facing: "user" },
      hints: ["speaking-while-muted"],
    }),
  },
  play: async ({ canvasElement }) => {
    const element = viewIn(canvasElement);
    await element.updateComplete;
    partOf(element, "unmute").click();
    await expect((element.calls as FixedCalls).asked).toEqual([
      { type: "set-device", device: "microphone", on: true },
    ]);
  },
};

export const OddDevices: Story = {
  args: {
    snapshot: aSnapshot("connected", "audio", { hints: ["microphone-silent", "camera-black"] }),
    tracks: () => ({}),
  },
};
