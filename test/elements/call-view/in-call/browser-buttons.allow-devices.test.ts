import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import { aSnapshot, anEnding } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

/** The browser's own element, or one in its place where this browser has none. */
const global = globalThis as { HTMLUserMediaElement?: unknown };
const isNative = "HTMLUserMediaElement" in globalThis;
const native = Object.getOwnPropertyDescriptor(globalThis, "HTMLUserMediaElement");

const refused = (): CallSnapshot => {
  const ended = anEnding({ reason: "failed", by: "none", problem: "permission-denied" });
  return { ...ended, media: "video", actions: ["call-back"] };
};

const blockedCamera = (): CallSnapshot => {
  const snapshot = aSnapshot("connected", "video");
  const camera = { state: "failed", problem: "permission-denied" } as const;
  return { ...snapshot, local: { ...snapshot.local, camera } };
};

/** What a press of the browser's button opens. */
function opened(...kinds: ("audio" | "video")[]): MediaStream {
  const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: 2 });
  const video = kinds.includes("video") ? canvas.captureStream().getVideoTracks() : [];
  const audio = kinds.includes("audio")
    ? new AudioContext().createMediaStreamDestination().stream.getAudioTracks()
    : [];
  return new MediaStream([...audio, ...video]);
}

async function shown(snapshot: CallSnapshot) {
  const harness = await CallViewHarness.show(snapshot);
  await waitUntil(() => harness.has("allow-devices") || harness.has("steps"), "no help");
  return harness;
}

/** What the browser does once the person has pressed and allowed. */
function allow(button: HTMLElement, stream: MediaStream): void {
  Object.defineProperty(button, "stream", { value: stream });
  button.dispatchEvent(new Event("stream"));
}

beforeEach(() => {
  if (!isNative) global.HTMLUserMediaElement = class extends HTMLElement {};
});

afterEach(() => {
  if (native) Object.defineProperty(globalThis, "HTMLUserMediaElement", native);
  else delete global.HTMLUserMediaElement;
});

describe("the browser's own button for what was refused", () => {
  it("stands in the place of the steps, and calls again once the person has allowed it", async () => {
    const harness = await shown(refused());
    expect(harness.part("steps").innerText.trim()).to.equal("");
    const heard = harness.heard("sx-call-back");
    allow(harness.part("allow-devices"), opened("audio", "video"));
    expect(heard.map(({ detail }) => detail)).to.deep.equal([{ media: "video" }]);
    expect(harness.calls.asked.map(({ type }) => type)).to.include("start");
  });

  it("asks for what was refused, and nothing else", async () => {
    const asked: object[] = [];
    const original = Element.prototype as unknown as { setConstraints?: unknown };
    const type = isNative
      ? (global.HTMLUserMediaElement as { prototype: { setConstraints(given: object): void } })
          .prototype
      : original;
    const before = type.setConstraints;
    type.setConstraints = (given: object) => void asked.push(given);
    try {
      await shown({ ...refused(), media: "audio" });
      await shown(refused());
      await shown(blockedCamera());
    } finally {
      if (before === undefined) Reflect.deleteProperty(type, "setConstraints");
      else type.setConstraints = before;
    }
    const distinct = [...new Set(asked.map((one) => Object.keys(one).join()))];
    expect(distinct).to.deep.equal(["audio", "audio,video", "video"]);
  });

  it("opens a camera again that was refused in the call, and keeps its own stream until it is on", async () => {
    const harness = await shown(blockedCamera());
    const stream = opened("video");
    allow(harness.part("allow-devices"), stream);
    expect(harness.calls.asked).to.deep.equal([{ type: "set-device", device: "camera", on: true }]);
    const [track] = stream.getTracks();
    await harness.settled();
    expect(track?.readyState).to.equal("live");
    const on = { state: "on", problem: null } as const;
    const snapshot = blockedCamera();
    harness.calls.show({ ...snapshot, local: { ...snapshot.local, camera: on } });
    await harness.settled();
    expect(track?.readyState).to.equal("ended");
  });

  it("keeps nothing open where the view is removed", async () => {
    const harness = await shown(blockedCamera());
    const stream = opened("video");
    allow(harness.part("allow-devices"), stream);
    harness.element.remove();
    expect(stream.getTracks()[0]?.readyState).to.equal("ended");
  });

  it("has the steps beside it once the person has refused again", async () => {
    const harness = await shown(refused());
    harness.part("allow-devices").dispatchEvent(new Event("cancel"));
    await harness.settled();
    expect(harness.part("steps").innerText).to.match(/microphone/);
  });

  const without: Record<string, (harness: CallViewHarness) => void> = {
    "the host has devices of its own": ({ element }) => {
      element.mediaDevices = { getUserMedia: () => Promise.reject(new Error("None.")) } as never;
    },
    "the host has help of its own": ({ element }) => {
      element.permissionHelp = "webview-android";
    },
    "the host draws its own buttons": ({ element }) => {
      element.hideControls = true;
    },
    "the browser has none": ({ element }) => {
      delete global.HTMLUserMediaElement;
      element.requestUpdate();
    },
  };
  for (const [why, prepare] of Object.entries(without)) {
    it(`is not there where ${why}: the steps are`, async () => {
      const harness = await shown(refused());
      prepare(harness);
      await harness.settled();
      expect(harness.has("allow-devices")).to.be.false;
      expect(harness.part("steps").innerText).not.to.equal("");
    });
  }
});
