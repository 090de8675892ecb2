import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { executeServerCommand, sendKeys, sendMouse, setViewport } from "@web/test-runner-commands";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const { show } = CallViewHarness;

const sharing = aSnapshot("connected", "video", {
  remote: { known: true, microphone: true, camera: true, screen: true },
});
const tracks = () => drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]);

const surfaceOf = ({ root }: CallViewHarness) =>
  root.querySelector<HTMLElement>('[part="shared-screen"]')!;
const videoOf = ({ root }: CallViewHarness) =>
  root.querySelector<HTMLVideoElement>("video.shared")!;
/** The transform of the video, with its target where it glides. */
function zoomOf(harness: CallViewHarness) {
  const { a: scale, e: x, f: y } = new DOMMatrix(videoOf(harness).style.transform);
  return { scale, x, y };
}
/** The middle of the surface, in pixels of the page. */
function middleOf(harness: CallViewHarness) {
  const { x, y, width, height } = surfaceOf(harness).getBoundingClientRect();
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
}

async function shared(size = [390, 700]): Promise<CallViewHarness> {
  await setViewport({ width: Math.max(800, size[0]!), height: Math.max(800, size[1]!) });
  const harness = await show(sharing, { tracks: tracks(), size });
  await waitUntil(() => harness.root.querySelector(".zoom-surface ~ .top-bar") !== null);
  await waitUntil(() => videoOf(harness).videoWidth > 0);
  harness.element.scrollIntoView({ block: "start" });
  return harness;
}

/** A finger in the page. */
const finger = (id: number, x: number, y: number) => ({ id, x, y });

/** Two real fingers around the middle, first `from` pixels apart and then `to`. */
async function pinch(harness: CallViewHarness, from: number, to: number): Promise<void> {
  const { x, y } = middleOf(harness);
  const pair = (apart: number) => [finger(0, x - apart / 2, y), finger(1, x + apart / 2, y)];
  await executeServerCommand("touch", [
    [pair(from)[0]],
    pair(from),
    pair((from + to) / 2),
    pair(to),
    [],
  ]);
  await harness.settled();
}

async function drag(harness: CallViewHarness, by: readonly [number, number]): Promise<void> {
  const { x, y } = middleOf(harness);
  await sendMouse({ type: "move", position: [x, y] });
  await sendMouse({ type: "down" });
  await sendMouse({ type: "move", position: [x + by[0] / 2, y + by[1] / 2] });
  await sendMouse({ type: "move", position: [x + by[0], y + by[1]] });
  await sendMouse({ type: "up" });
  await harness.settled();
}

async function click(position: readonly [number, number], times = 1): Promise<void> {
  for (let time = 0; time < times; time++)
    await sendMouse({ type: "click", position: [...position] });
}

describe("a shared screen", () => {
  it("has the name of the person whose screen it is, on it and in the bar", async () => {
    const harness = await shared();
    expect(surfaceOf(harness).ariaLabel).to.equal("Ann Petersen’s screen");
    expect(harness.part("screen-name").textContent).to.equal("Ann Petersen’s screen");
  });

  it("has both people below it, who cover nothing of it", async () => {
    const harness = await shared([352, 504]);
    const people = harness.root.querySelectorAll(".person-tile, .frame.small");
    expect(people).to.have.lengthOf(2);
    await waitUntil(() => {
      const { bottom } = surfaceOf(harness).getBoundingClientRect();
      return [...people].every((one) => one.getBoundingClientRect().top >= bottom);
    });
  });

  it("grows between two fingers, around what is between them, and moves under one", async () => {
    const harness = await shared();
    await pinch(harness, 100, 200);
    expect(zoomOf(harness).scale).to.be.closeTo(2, 0.05);
    expect(zoomOf(harness).x).to.be.closeTo(0, 2);
    await drag(harness, [-60, 0]);
    expect(zoomOf(harness).x).to.be.closeTo(-60, 2);
    expect(harness.part("zoom-level").textContent.trim()).to.equal("200%");
  });

  it("stays within its room however far it is dragged, and is whole again between two fingers", async () => {
    const harness = await shared();
    await pinch(harness, 80, 160);
    await drag(harness, [350, 300]);
    const { x, y, scale } = zoomOf(harness);
    const { clientWidth, clientHeight } = surfaceOf(harness);
    const { videoWidth, videoHeight } = videoOf(harness);
    const height = scale * clientWidth * (videoHeight / videoWidth);
    expect(x).to.be.closeTo(clientWidth / 2, 4);
    expect(y).to.be.closeTo(Math.max(0, (height - clientHeight) / 2), 4);
    await pinch(harness, 200, 40);
    expect(videoOf(harness).style.transform).to.equal("");
  });

  it("grows at a double tap where it was tapped, and shrinks at the next", async () => {
    const harness = await shared();
    const { x, y } = middleOf(harness);
    // A busy machine may bring the second tap of two too late.
    const tapTwice = (at: [number, number], scale: number) =>
      waitUntil(async () => {
        await click(at, 2);
        return zoomOf(harness).scale === scale;
      });
    await tapTwice([x + 60, y], 2.5);
    expect(zoomOf(harness).x).to.be.closeTo(-90, 2);
    await tapTwice([x, y], 1);
  });

  it("does not grow at one tap, nor at two in different places", async () => {
    const harness = await shared();
    const { x, y } = middleOf(harness);
    await click([x - 80, y]);
    await click([x + 80, y]);
    expect(zoomOf(harness).scale).to.equal(1);
  });

  it("follows the keys plus, minus, zero and the arrows, which call no shortcut", async () => {
    const harness = await shared();
    surfaceOf(harness).focus();
    await sendKeys({ press: "+" });
    await sendKeys({ press: "+" });
    expect(zoomOf(harness).scale).to.equal(2.25);
    await sendKeys({ press: "ArrowRight" });
    expect(zoomOf(harness).x).to.equal(-60);
    await sendKeys({ press: "ArrowLeft" });
    expect(zoomOf(harness).x).to.equal(0);
    await sendKeys({ press: "-" });
    expect(zoomOf(harness).scale).to.equal(1.5);
    await sendKeys({ press: "0" });
    expect(zoomOf(harness).scale).to.equal(1);
  });

  it("has buttons for the same, which say how large it is", async () => {
    const harness = await shared();
    harness.part<HTMLButtonElement>("zoom-in").click();
    await harness.settled();
    expect(harness.part("zoom-level").ariaLabel).to.equal("150% · Show whole picture");
    harness.part<HTMLButtonElement>("zoom-out").click();
    expect(zoomOf(harness).scale).to.equal(1);
    harness.part<HTMLButtonElement>("zoom-in").click();
    harness.part<HTMLButtonElement>("zoom-level").click();
    expect(zoomOf(harness).scale).to.equal(1);
  });

  it("grows under a wheel with Control, moves under one without, and leaves the page its own", async () => {
    const harness = await shared();
    const turn = (init: WheelEventInit) => {
      const { x: clientX, y: clientY } = middleOf(harness);
      const event = new WheelEvent("wheel", {
        ...{ bubbles: true, cancelable: true, clientX, clientY },
        ...init,
      });
      surfaceOf(harness).dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(turn({ deltaY: 40 })).to.be.false;
    for (let notch = 0; notch < 3; notch++)
      expect(turn({ deltaY: -100, ctrlKey: true })).to.be.true;
    expect(zoomOf(harness).scale).to.be.greaterThan(4);
    const { y: before } = zoomOf(harness);
    expect(turn({ deltaY: 40 })).to.be.true;
    expect(zoomOf(harness).y - before).to.be.closeTo(-40, 1);
  });

  it("is whole again once something else is shared", async () => {
    const harness = await shared();
    harness.part<HTMLButtonElement>("zoom-in").click();
    await harness.changeTo(sharing, tracks());
    await waitUntil(() => videoOf(harness).style.transform === "");
    expect(harness.part("zoom-level").textContent.trim()).to.equal("100%");
  });

  it("is alone where the people are hidden, and beside them again", async () => {
    const harness = await shared([1280, 800]);
    const before = surfaceOf(harness).clientWidth;
    const hide = harness.part<HTMLButtonElement>("hide-people");
    hide.click();
    await harness.settled();
    expect(harness.isVisible('[part="person"]')).to.be.false;
    expect(harness.isVisible(".self-view")).to.be.false;
    expect(hide.ariaPressed).to.equal("true");
    expect(surfaceOf(harness).clientWidth).to.be.greaterThan(before);
    hide.click();
    await harness.settled();
    expect(harness.isVisible('[part="person"]')).to.be.true;
  });

  it("is under no bar, and the people beside it have names", async () => {
    for (const size of [
      [390, 844],
      [800, 600],
      [1280, 800],
    ]) {
      const harness = await shared(size);
      const picture = videoOf(harness).getBoundingClientRect();
      const boxes = [".top-bar", ".bottom"].map((bar) =>
        harness.root.querySelector(bar)!.getBoundingClientRect(),
      );
      expect(boxes[0]!.bottom).to.be.at.most(picture.top + 0.5);
      expect(boxes[1]!.top).to.be.at.least(picture.bottom - 0.5);
      const names = [...harness.root.querySelectorAll(".tile-name")].map(
        (tile) => tile.textContent,
      );
      expect(names).to.have.members(["Ann Petersen", "You"]);
    }
  });

  it("has no buttons where the host has its own, and is gone with the screen", async () => {
    const harness = await shared();
    harness.element.hideControls = true;
    await harness.settled();
    expect(harness.root.querySelector('[part="zoom-in"]')).to.be.null;
    await harness.changeTo(aSnapshot("connected"), drawnTracks(["remoteCamera"]));
    expect(surfaceOf(harness)).to.be.null;
  });
});
