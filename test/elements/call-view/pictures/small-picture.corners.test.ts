import { expect } from "@open-wc/testing";
import { landingOf, steppedTo } from "../../../../src/elements/call-view/pictures/small-picture.ts";

const middle = { x: 200, y: 400 };
const still = { x: 0, y: 0 };

describe("the corner of the small picture", () => {
  it("is the nearest one for a release without a fling", () => {
    expect(landingOf({ x: 100, y: 100 }, still, middle, false)).to.equal("top-start");
    expect(landingOf({ x: 300, y: 399 }, still, middle, false)).to.equal("top-end");
    expect(landingOf({ x: 199, y: 700 }, still, middle, false)).to.equal("bottom-start");
    expect(landingOf({ x: 200, y: 400 }, still, middle, false)).to.equal("bottom-end");
  });

  it("is where a fling leads, however near another one is", () => {
    expect(landingOf({ x: 350, y: 700 }, { x: -1, y: 0 }, middle, false)).to.equal("bottom-start");
    expect(landingOf({ x: 350, y: 700 }, { x: -1, y: -2 }, middle, false)).to.equal("top-start");
    expect(landingOf({ x: 350, y: 700 }, { x: -0.2, y: 0.1 }, middle, false)).to.equal(
      "bottom-end",
    );
  });

  it("is named by the direction of writing", () => {
    expect(landingOf({ x: 100, y: 100 }, still, middle, true)).to.equal("top-end");
    expect(landingOf({ x: 300, y: 700 }, still, middle, true)).to.equal("bottom-start");
  });

  it("follows the arrow keys as they point, and stays at an edge", () => {
    expect(steppedTo("bottom-end", "ArrowUp", false)).to.equal("top-end");
    expect(steppedTo("top-end", "ArrowLeft", false)).to.equal("top-start");
    expect(steppedTo("top-start", "ArrowLeft", false)).to.equal("top-start");
    expect(steppedTo("top-start", "ArrowDown", false)).to.equal("bottom-start");
    expect(steppedTo("bottom-end", "ArrowRight", true)).to.equal("bottom-start");
    expect(steppedTo("bottom-start", "ArrowRight", true)).to.equal("bottom-start");
  });

  it("ignores other keys", () => {
    expect(steppedTo("bottom-end", "Enter", false)).to.be.null;
  });
});
