import "sx-call-kit/define";
import { expect, oneEvent } from "@open-wc/testing";
import { sendMouse, setViewport } from "@web/test-runner-commands";
import { english } from "sx-call-kit";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const { show } = CallViewHarness;
const connected = () => show(aSnapshot("connected"), { tracks: drawnTracks() });
const handle = (harness: CallViewHarness) => harness.part<HTMLButtonElement>("small-picture");
const place = (harness: CallViewHarness, selector: string) => {
  const { left, top, width, height } = harness.root
    .querySelector(selector)!
    .getBoundingClientRect();
  const outer = harness.element.getBoundingClientRect();
  return { left: left - outer.left, top: top - outer.top, width, height };
};
/** In which corner of the view an element lies, as one sees it. */
function cornerOf(harness: CallViewHarness, selector = ".handle"): string {
  const { left, top, width, height } = place(harness, selector);
  const outer = harness.element.getBoundingClientRect();
  return `${top + height / 2 < outer.height / 2 ? "top" : "bottom"} ${left + width / 2 < outer.width / 2 ? "left" : "right"}`;
}
const overlap = (one: DOMRect, other: DOMRect) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
/** Nothing glides any more. */
const atRest = (harness: CallViewHarness) =>
  waitUntil(() => harness.root.getAnimations().every(({ playState }) => playState === "finished"));

/** Drags by a real mouse. */
async function drag(harness: CallViewHarness, [x, y]: [number, number], steps = 4): Promise<void> {
  harness.element.scrollIntoView({ block: "start" });
  const box = handle(harness).getBoundingClientRect();
  const from = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] as const;
  await sendMouse({ type: "move", position: [from[0], from[1]] });
  await sendMouse({ type: "down" });
  for (let step = 1; step <= steps; step++) {
    await sendMouse({
      type: "move",
      position: [
        Math.round(from[0] + (x * step) / steps),
        Math.round(from[1] + (y * step) / steps),
      ],
    });
  }
  await sendMouse({ type: "up" });
  await harness.settled();
  await atRest(harness);
}

describe("the small picture", () => {
  it("is a button with a name, over one's own picture", async () => {
    const harness = await connected();
    expect(handle(harness).ariaLabel).to.equal(`${english.selfView}. Swap pictures`);
    expect(place(harness, ".handle")).to.deep.equal(place(harness, ".self-view"));
    expect(getComputedStyle(handle(harness)).touchAction).to.equal("none");
  });

  it("is dragged to another corner and stays there, without being swapped", async () => {
    const harness = await connected();
    expect(cornerOf(harness)).to.equal("bottom right");
    await drag(harness, [-250, -20], 12);
    expect(cornerOf(harness)).to.equal("bottom left");
    expect(place(harness, ".handle")).to.deep.equal(place(harness, ".self-view"));
    expect(harness.root.querySelector(".self-view.small")).not.to.be.null;
    await harness.changeTo(aSnapshot("reconnecting"));
    await harness.changeTo(aSnapshot("connected"));
    expect(cornerOf(harness)).to.equal("bottom left");
  });

  it("moves by the arrow keys, and keeps the focus", async () => {
    const harness = await connected();
    handle(harness).focus();
    await harness.press("ArrowUp");
    expect(cornerOf(harness)).to.equal("top right");
    await harness.press("ArrowLeft");
    await atRest(harness);
    expect(cornerOf(harness)).to.equal("top left");
    expect(harness.focused).to.equal(handle(harness).ariaLabel);
  });

  it("points the way the keys point where one writes from right to left", async () => {
    const harness = await connected();
    harness.element.parentElement!.dir = "rtl";
    expect(cornerOf(harness)).to.equal("bottom left");
    handle(harness).focus();
    await harness.press("ArrowRight");
    expect(cornerOf(harness)).to.equal("bottom right");
  });

  it("is swapped with the large one by a press, and back, with the focus where it was", async () => {
    const harness = await connected();
    const [theirs, own] = [...harness.root.querySelectorAll("video")];
    handle(harness).focus();
    await harness.press("Enter");
    await atRest(harness);
    expect(place(harness, ".self-view")).to.deep.equal(place(harness, ".stage"));
    expect(place(harness, ".theirs")).to.deep.equal(place(harness, ".handle"));
    expect(handle(harness).ariaLabel).to.equal("Picture of Ann Petersen. Swap pictures");
    expect(harness.focused).to.equal(handle(harness).ariaLabel);
    // The elements have stayed: no picture has blinked.
    expect(
      [...harness.root.querySelectorAll("video")].map((video) => [theirs, own].indexOf(video)),
    ).to.deep.equal([0, 1]);
    await harness.press("Space");
    await atRest(harness);
    expect(place(harness, ".theirs").width).to.equal(390);
  });

  it("is swapped by a click of a mouse, and by the action of the toolbar", async () => {
    const harness = await connected();
    handle(harness).scrollIntoView({ block: "center" });
    await harness.clickWithMouse("small-picture");
    expect(harness.root.querySelector(".self-view.large")).not.to.be.null;
    harness.element.performScreenAction("swap-pictures");
    await harness.settled();
    expect(harness.root.querySelector(".self-view.large")).to.be.null;
  });

  it("is one's own again once the other side has no picture", async () => {
    const harness = await connected();
    const { localCamera } = harness.calls.tracks;
    handle(harness).click();
    await harness.settled();
    await harness.changeTo(aSnapshot("connected"), { localCamera });
    expect(harness.root.querySelector(".self-view.small")).not.to.be.null;
    handle(harness).click();
    await harness.settled();
    expect(harness.root.querySelector(".self-view.small")).not.to.be.null;
  });

  it("lies over no bar, no sign and no button, in any corner and size", async () => {
    // A view is never higher than its window.
    await setViewport({ width: 1300, height: 860 });
    const muted = { known: true, microphone: false, camera: true, screen: false };
    const harness = await show(aSnapshot("connected", "video", { remote: muted }), {
      tracks: drawnTracks(),
    });
    for (const size of [
      [320, 568],
      [390, 844],
      [844, 390],
      [568, 320],
      [500, 400],
      [800, 600],
      [1280, 800],
    ] as const) {
      await harness.resize(size[0], size[1]);
      for (const key of ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]) {
        handle(harness).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        await harness.element.updateComplete;
        await Promise.resolve();
        for (const animation of harness.root.getAnimations()) animation.finish();
        const own = handle(harness).getBoundingClientRect();
        expect(own.width * own.height, `${size.join("×")} ${key}`).to.be.above(2500);
        for (const bar of [".heading", ".top-bar .lock", ".sign", "sx-call-controls"]) {
          const other = harness.root.querySelector(bar)!.getBoundingClientRect();
          expect(overlap(own, other), `${bar} at ${size.join("×")} after ${key}`).to.be.false;
        }
      }
    }
    await setViewport({ width: 800, height: 600 });
  });

  it("is only a picture where the host draws the buttons", async () => {
    const harness = await connected();
    harness.element.hideControls = true;
    await harness.settled();
    expect([harness.has("small-picture"), harness.has("self-view")]).to.deep.equal([false, true]);
  });

  it("leaves the place to the camera that comes, while one is changed for the other", async () => {
    const harness = await connected();
    const { remoteCamera } = harness.calls.tracks;
    const starting = { state: "starting", problem: null } as const;
    const on = { state: "on", problem: null } as const;
    const local = {
      microphone: on,
      camera: starting,
      screen: { state: "off", problem: null },
      facing: null,
    } as const;
    await harness.changeTo(aSnapshot("connected", "video", { local }), { remoteCamera });
    expect(harness.isVisible(".self-view.small")).to.be.true;
    expect(harness.root.querySelector(".self-view video")!.hasAttribute("data-stale")).to.be.true;
  });

  it("has a button for the other camera in its corner, of a finger's size, which a drag takes away", async () => {
    const harness = await connected();
    const flip = harness.part<HTMLButtonElement>("self-view-flip");
    expect(flip.ariaLabel).to.equal(english.flipCamera);
    const [box, picture] = [place(harness, ".flip"), place(harness, ".self-view")];
    expect([box.width, box.height]).to.deep.equal([44, 44]);
    expect(box.top).to.be.closeTo(picture.top, 1);
    expect(box.left + box.width).to.be.closeTo(picture.left + picture.width, 1);
    const flipped = oneEvent(harness.element, "sx-flip-camera");
    flip.click();
    await flipped;
    expect(harness.calls.asked).to.deep.equal([{ type: "flip-camera" }]);

    harness.element.scrollIntoView({ block: "start" });
    const at = handle(harness).getBoundingClientRect();
    const below = [Math.round(at.x + 10), Math.round(at.y + at.height / 2)] as const;
    await sendMouse({ type: "move", position: [...below] });
    await sendMouse({ type: "down" });
    await sendMouse({ type: "move", position: [below[0] - 40, below[1]] });
    await waitUntil(() => getComputedStyle(flip).visibility === "hidden");
    await sendMouse({ type: "up" });
    await waitUntil(() => getComputedStyle(flip).visibility === "visible");
  });

  it("has none where there is one camera, where the other side's is small, and over a shared screen", async () => {
    const one = aSnapshot("connected");
    const harness = await show(
      { ...one, actions: one.actions.filter((action) => action !== "flip-camera") },
      { tracks: drawnTracks() },
    );
    const hasFlip = () => harness.root.querySelector(".flip") !== null;
    expect(hasFlip()).to.be.false;
    await harness.changeTo(one);
    expect(hasFlip()).to.be.true;
    handle(harness).click();
    await harness.settled();
    expect(hasFlip()).to.be.false;
    const shared = await show(one, {
      tracks: drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]),
    });
    expect(shared.root.querySelector(".flip")).to.be.null;
  });
});
