import { expect, waitUntil } from "@open-wc/testing";
import "sx-call-kit/define";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { bestFit } from "../../../../src/elements/call-view/pictures/picture-fit.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";

const upright = { width: 390, height: 844 };
const wide = { width: 1280, height: 720 };

describe("how a picture is best shown", () => {
  it("fills a room of about its own shape", () => {
    expect(bestFit({ width: 720, height: 960 }, upright)).to.equal("fill");
    expect(bestFit({ width: 640, height: 480 }, wide)).to.equal("fill");
  });

  it("is whole where filling would take more than half of it away", () => {
    expect(bestFit({ width: 1280, height: 720 }, upright)).to.equal("fit");
    expect(bestFit({ width: 720, height: 1280 }, wide)).to.equal("fit");
  });

  it("fills as long as nothing is known of it", () => {
    expect(bestFit({ width: 0, height: 0 }, upright)).to.equal("fill");
    expect(bestFit({ width: 720, height: 960 }, { width: 0, height: 0 })).to.equal("fill");
  });
});

describe("the large picture", () => {
  const video = (harness: CallViewHarness) =>
    harness.root.querySelector<HTMLVideoElement>("video.picture")!;
  const objectFit = (harness: CallViewHarness) => getComputedStyle(video(harness)).objectFit;

  async function shown(size: number[]): Promise<CallViewHarness> {
    const harness = await CallViewHarness.show(aSnapshot("connected"), {
      tracks: drawnTracks(),
      size,
    });
    await waitUntil(() => video(harness).videoWidth > 0, "no picture came");
    await waitUntil(() => video(harness).dataset.fit !== undefined);
    return harness;
  }

  it("follows a room that turns", async () => {
    const harness = await shown([390, 700]);
    await waitUntil(() => objectFit(harness) === "cover");
    await harness.resize(844, 390);
    await waitUntil(() => objectFit(harness) === "contain");
  });

  it("changes from filling to whole and back by a double tap, not by two slow ones", async () => {
    const harness = await shown([390, 700]);
    const tap = (timeStamp: number) => {
      const event = new MouseEvent("click", {
        bubbles: true,
        composed: true,
        clientX: 100,
        clientY: 100,
      });
      Object.defineProperty(event, "timeStamp", { value: timeStamp });
      video(harness).dispatchEvent(event);
    };
    tap(1000);
    tap(2000);
    expect(objectFit(harness)).to.equal("cover");
    tap(2200);
    expect(objectFit(harness)).to.equal("contain");
    // A third one begins anew.
    tap(2400);
    expect(objectFit(harness)).to.equal("contain");
    tap(2500);
    expect(objectFit(harness)).to.equal("cover");
  });

  it("changes by the action of the toolbar, and keeps what was chosen when the room turns", async () => {
    const harness = await shown([390, 700]);
    harness.element.performScreenAction("fit");
    expect(objectFit(harness)).to.equal("contain");
    harness.element.performScreenAction("fit");
    await harness.resize(844, 390);
    expect(objectFit(harness)).to.equal("cover");
  });
});
