import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import type { CallSnapshot, DeviceStatus } from "sx-call-kit";
import type { CallTracks } from "../../../../src/controller/call-source.ts";
import { ann, bob } from "../../../../stories/support/contacts.ts";
import { drawnTracks, plainTrack } from "../../../../stories/support/drawn-tracks.ts";
import { aProtection, aSnapshot, aWaitingCall } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { longIt } from "../../../support/long-it.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const { show } = CallViewHarness;
const off: DeviceStatus = { state: "off", problem: null };
const on: DeviceStatus = { state: "on", problem: null };
const onlySound = { microphone: on, camera: off, screen: off, facing: null };
const both = () => drawnTracks();
const plain = () => plainTrack("#456");

describe("what stands behind a call without a picture", () => {
  const behind = (harness: CallViewHarness) =>
    harness.root.querySelector<HTMLImageElement>(".behind");

  it("is the contact's own picture, blurred and dark, and nothing else is fetched", async () => {
    const harness = await show(aSnapshot("connected", "audio"), { contact: bob });
    const image = behind(harness)!;
    await waitUntil(() => image.classList.contains("loaded"), "it does not load");
    const { filter } = getComputedStyle(image);
    await waitUntil(() => getComputedStyle(image).opacity === "1", "it stays hidden");
    expect(filter).to.match(/blur\(.*brightness\(0\.3\)/);
    const sources = [...harness.root.querySelectorAll("img")].map(({ src }) => src);
    expect([...new Set(sources)].length).to.equal(1);
    expect([image.alt, image.getAttribute("aria-hidden"), image.referrerPolicy]).to.deep.equal([
      "",
      "true",
      "no-referrer",
    ]);
    // Words on it are white in a light scheme, too.
    expect(getComputedStyle(harness.root.querySelector(".clock")!).color).to.equal(
      "rgb(255, 255, 255)",
    );
    // However dark it is, the discs of the toolbar keep their shape.
    const { borderTopColor } = getComputedStyle(harness.controls.part("microphone"));
    expect(borderTopColor).to.match(/rgba\(255, 255, 255, 0\.[12]/);
  });

  it("is the same from the first ring to the end: it is loaded once, and nothing covers it", async () => {
    const harness = await show(aSnapshot("incoming", "audio"), { contact: bob });
    await waitUntil(() => behind(harness)?.classList.contains("loaded"));
    const image = behind(harness)!;
    const ringing = harness.root
      .querySelector("sx-incoming-call")!
      .shadowRoot!.querySelector(".screen")!;
    expect(getComputedStyle(ringing).backgroundImage).to.equal("none");
    expect(getComputedStyle(ringing.querySelector(".line")!).color).to.equal("rgb(255, 255, 255)");
    for (const state of ["connecting", "connected", "ended"] as const) {
      await harness.changeTo(aSnapshot(state, "audio"));
      expect(behind(harness), state).to.equal(image);
    }
    const words = harness.root.querySelector(".ended .detail")!;
    expect(getComputedStyle(words).color).to.equal("rgb(255, 255, 255)");
  });

  it("is the colour of the contact where there is no picture, or it is broken", async () => {
    expect(behind(await show(aSnapshot("connected", "audio"), { contact: ann }))).to.be.null;
    const broken = { ...bob, avatarUrl: "data:image/png;base64,bm90IGFuIGltYWdl" };
    const harness = await show(aSnapshot("connected", "audio"), { contact: broken });
    expect(getComputedStyle(behind(harness)!).opacity).to.equal("0");
    expect(getComputedStyle(harness.root.querySelector(".clock")!).color).not.to.equal(
      "rgb(255, 255, 255)",
    );
  });
});

describe("the own picture before a call", () => {
  it("comes large, in its own shape, and the person stays until then", async () => {
    const harness = await show(aSnapshot("ringing"), { size: [844, 390] });
    harness.calls.show(aSnapshot("ringing"), { localCamera: both().localCamera! });
    await harness.element.updateComplete;
    const video = harness.root.querySelector<HTMLVideoElement>(".self-view.large video")!;
    expect(video.hasAttribute("data-stale")).to.be.true;
    expect(harness.isVisible(".voice")).to.be.true;
    expect(harness.has("small-picture")).to.be.false;
    const motions: string[] = [];
    const animate = video.animate.bind(video);
    video.animate = (steps, timing) => {
      motions.push(JSON.stringify(steps));
      return animate(steps, timing);
    };
    await waitUntil(() => !harness.isVisible(".voice"), "the person stays");
    expect(video.hasAttribute("data-stale")).to.be.false;
    expect(video.dataset.fit).to.equal("fit");
    expect(motions).to.deep.equal([]);
  });
});

describe("a shared screen that begins", () => {
  it("is seen with its first picture: the camera stays large until then, and is the same video beside it", async () => {
    const tracks = both();
    const harness = await show(aSnapshot("connected"), { tracks });
    const stage = harness.root.querySelector(".stage")!;
    const camera = harness.root.querySelector(".theirs.large video")!;
    await waitUntil(() => !camera.hasAttribute("data-stale"));
    const { remoteScreen } = drawnTracks(["remoteScreen"]);
    harness.calls.show(aSnapshot("connected"), { ...tracks, remoteScreen: remoteScreen! });
    await harness.element.updateComplete;
    expect(harness.root.querySelector(".theirs.large video")).to.equal(camera);
    expect(stage.matches(".sharing")).to.be.false;
    await waitUntil(() => stage.matches(".sharing"), "the screen does not come");
    expect(harness.root.querySelector(".large .shared:not([data-stale])")).not.to.be.null;
    expect(harness.root.querySelector(".person-tile video")).to.equal(camera);
    expect(camera.hasAttribute("data-stale")).to.be.false;
    // Its layout is there at once.
    expect(harness.isVisible(".zoom-surface")).to.be.true;
    harness.calls.show(aSnapshot("connected"), tracks);
    await harness.element.updateComplete;
    expect(harness.root.querySelector(".theirs.large video")).to.equal(camera);
    expect(camera.hasAttribute("data-stale")).to.be.false;
  });

  it("is not seen before its layout is there, although it has a picture: no words stand on it", async () => {
    const tracks = drawnTracks(["remoteCamera", "remoteScreen"]);
    const harness = await show(aSnapshot("connected"), { tracks });
    await waitUntil(() => harness.root.querySelector(".large .shared:not([data-stale])") !== null);
    const video = harness.root.querySelector(".shared")!;
    const opacity = () => Number(getComputedStyle(video).opacity);
    expect(opacity()).to.equal(1);
    video.parentElement!.classList.replace("large", "coming");
    expect(opacity()).to.be.below(0.1);
  });
});

describe("what comes over a picture", () => {
  it("is seen at once: neither bars that come back nor a button that changes is unreadable meanwhile", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: both() });
    const bottom = harness.root.querySelector(".bottom")!;
    harness.element.setAttribute("bars", "hidden");
    await waitUntil(() => getComputedStyle(bottom).opacity === "0", "the bars stay");
    harness.element.removeAttribute("bars");
    expect(getComputedStyle(bottom).opacity).to.equal("1");
    await harness.changeTo(aSnapshot("connected", "video", { local: { ...onlySound } }));
    const { element } = harness.controls;
    const camera = element.shadowRoot!.querySelector("[part~=camera]")!;
    expect(camera.matches(".marked")).to.be.true;
    expect(element.shadowRoot!.getAnimations()).to.deep.equal([]);
  });

  it("is a picture without a moment of nothing: it does not fade in", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: both() });
    const video = harness.root.querySelector(".theirs video")!;
    await waitUntil(() => !video.hasAttribute("data-stale"));
    video.toggleAttribute("data-stale", true);
    expect(Number(getComputedStyle(video).opacity)).to.be.below(0.02);
    video.toggleAttribute("data-stale", false);
    expect(getComputedStyle(video).opacity).to.equal("1");
  });
});

describe("pictures of another time", () => {
  it("are covered when the other side's camera goes off and on", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: both() });
    const video = () => harness.root.querySelector("video.picture")!;
    await waitUntil(() => !video().hasAttribute("data-stale"));
    await harness.changeTo(aSnapshot("connected"), {});
    expect(video()).to.be.null;
    harness.calls.show(aSnapshot("connected"), { remoteCamera: plain() });
    await harness.element.updateComplete;
    // The person, until there is something to see.
    expect(Number(getComputedStyle(video()).opacity)).to.be.below(0.02);
    expect(harness.isVisible(".voice")).to.be.true;
    await harness.settled();
    expect(harness.isVisible(".voice")).to.be.false;
  });

  it("stay, dimmed, while the call reconnects", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: both() });
    await harness.changeTo(aSnapshot("reconnecting"));
    const video = harness.root.querySelector("video.picture")!;
    video.toggleAttribute("data-stale", true);
    await waitUntil(() => getComputedStyle(video).opacity === "1");
    await waitUntil(() => getComputedStyle(video).filter.startsWith("brightness(0.4)"));
  });
});

describe("a tiny window", () => {
  it("shows the other side even where a person wants themselves large", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: both() });
    harness.element.performScreenAction("swap-pictures");
    await harness.settled();
    await harness.resize(200, 150);
    for (const animation of harness.root.getAnimations()) animation.finish();
    expect(harness.root.querySelector(".theirs")!.getBoundingClientRect().width).to.equal(200);
    for (const gone of [".self-view", ".handle", "sx-call-controls"])
      expect(harness.isVisible(gone), gone).to.be.false;
  });
});

describe("the signs of one's own devices", () => {
  const hinted = (changes: Partial<CallSnapshot>) => show(aSnapshot("connected", "audio", changes));
  const muted = { microphone: off, camera: off, screen: off, facing: null };

  it("say that one speaks while muted, once, and switch the microphone on", async () => {
    const harness = await hinted({ local: muted, hints: ["speaking-while-muted"] });
    expect(harness.root.querySelectorAll(".sign").length).to.equal(1);
    harness.part("unmute").click();
    expect(harness.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: true },
    ]);
  });

  it("show hints about microphone and camera, and announce them", async () => {
    const harness = await hinted({
      local: { ...muted, microphone: on, camera: on },
      hints: ["microphone-silent", "camera-black"],
    });
    const words = "We cannot hear your microphone Your camera shows nothing. Is it covered?";
    expect(
      [...harness.root.querySelectorAll(".sign")].map((sign) => sign.textContent.trim()).join(" "),
    ).to.equal(words);
    const [, reported] = [...harness.root.querySelectorAll("[role=status]")];
    expect(reported!.textContent).to.equal(
      "We cannot hear your microphone. Your camera shows nothing. Is it covered?",
    );
  });

  it("say nothing of it on hold", async () => {
    const harness = await hinted({
      hints: ["microphone-silent"],
      held: { local: true, remote: false },
    });
    expect(harness.root.querySelector(".sign")).to.be.null;
  });
});

describe("the ring around a voice", () => {
  const ring = (harness: CallViewHarness) =>
    harness.root.querySelector<HTMLElement>(".person .voice")!;
  const voice = (harness: CallViewHarness) => ring(harness).style.getPropertyValue("--_voice");

  async function speaking(snapshot: CallSnapshot): Promise<CallViewHarness> {
    const harness = await show(snapshot, { tracks: { remoteMicrophone: plain() } });
    Object.defineProperty(harness.calls, "levels", {
      value: { remote: () => 1, microphone: () => 0 },
    });
    return harness;
  }

  it("follows the other side in a connected call, without any change of the layout", async () => {
    const harness = await speaking(aSnapshot("connected", "audio"));
    const before = harness.root.querySelector(".name")!.getBoundingClientRect().top;
    await waitUntil(() => voice(harness) === "1");
    expect(harness.root.querySelector(".name")!.getBoundingClientRect().top).to.equal(before);
    await harness.changeTo(aSnapshot("reconnecting", "audio"));
    expect(voice(harness)).to.equal("0");
  });
});

describe("the bars of a call", () => {
  const quiet = aSnapshot("connected");
  const remote = { known: true, microphone: true, camera: true, screen: false };
  const tracks = (): Partial<CallTracks> => ({ remoteCamera: plain(), localCamera: plain() });

  longIt("hide in a connected video call, and leave both videos", async () => {
    const harness = await show(quiet, { tracks: tracks() });
    await waitUntil(() => harness.element.getAttribute("bars") === "hidden", "the bars stay");
    await waitUntil(() => getComputedStyle(harness.root.querySelector(".bottom")!).opacity === "0");
    expect(getComputedStyle(harness.root.querySelector(".top-bar")!).pointerEvents).to.equal(
      "none",
    );
    // Problems become visible at once.
    await harness.changeTo(
      aSnapshot("connected", "video", { protection: aProtection("tampered") }),
    );
    expect(harness.element.hasAttribute("bars")).to.be.false;
  });

  const stays: readonly (readonly [why: string, change: (harness: CallViewHarness) => void])[] = [
    ["it is not connected", ({ calls }) => calls.show(aSnapshot("reconnecting"))],
    [
      "there is no picture of the other side",
      ({ calls }) => calls.show(quiet, { localCamera: plain() }),
    ],
    ["a second call waits", ({ calls }) => calls.show(quiet, undefined, [aWaitingCall("audio")])],
    [
      "it is on hold",
      ({ calls }) => calls.show({ ...quiet, held: { local: false, remote: true } }),
    ],
    [
      "the lock says less than it should",
      ({ calls }) => calls.show({ ...quiet, protection: aProtection("stalled") }),
    ],
    ["a device is in trouble", ({ calls }) => calls.show({ ...quiet, hints: ["camera-black"] })],
    ["the panel is open", ({ lock }) => lock.click()],
    ["a menu is open", ({ controls }) => controls.element.toggleAttribute("menu-open", true)],
    ["the host wants it", ({ element }) => (element.keepBars = true)],
  ];
  longIt("stay where something on them is needed", async () => {
    const harnesses = await Promise.all(stays.map(() => show(quiet, { tracks: tracks() })));
    const muted = await show(
      { ...quiet, remote: { ...remote, microphone: false } },
      { tracks: tracks() },
    );
    stays.forEach(([, change], index) => change(harnesses[index]!));
    // Those that may hide have hidden by now: the others had the same time.
    await waitUntil(() => muted.element.hasAttribute("bars"), "the bars stay");
    await new Promise((resolve) => setTimeout(resolve, 300));
    stays.forEach(
      ([why], index) => expect(harnesses[index]!.element.hasAttribute("bars"), why).to.be.false,
    );
  });
});
