import { expect } from "@open-wc/testing";
import {
  bounded,
  isOther,
  largest,
  sizeIn,
  whole,
  zoomed,
  type Spot,
  type Zoom,
} from "../../../../src/elements/call-view/share/shared-picture.ts";

const room = { width: 390, height: 640 };
const picture = sizeIn(room, { width: 1600, height: 900 });

/** The point of the picture that is shown at a spot, in pixels of the whole picture. */
const under = ({ scale, x, y }: Zoom, at: Spot) => ({
  x: (at.x - x) / scale,
  y: (at.y - y) / scale,
});
const close = (one: Spot, other: Spot) => {
  expect(one.x).to.be.closeTo(other.x, 1e-9);
  expect(one.y).to.be.closeTo(other.y, 1e-9);
};

describe("the zoom of a shared screen", () => {
  it("begins with all of the picture, in the width or the height of its room", () => {
    expect(sizeIn({ width: 400, height: 400 }, { width: 1600, height: 800 })).to.deep.equal({
      width: 400,
      height: 200,
    });
    expect(sizeIn({ width: 400, height: 100 }, { width: 800, height: 400 })).to.deep.equal({
      width: 200,
      height: 100,
    });
  });

  it("knows no size of a picture that has none yet, nor in a room without one", () => {
    expect(sizeIn(room, { width: 0, height: 0 })).to.deep.equal({ width: 0, height: 0 });
    expect(sizeIn({ width: 0, height: 0 }, { width: 16, height: 9 })).to.deep.equal({
      width: 0,
      height: 0,
    });
    expect(bounded({ scale: 3, x: 50, y: 50 }, { width: 0, height: 0 }, room)).to.deep.equal({
      ...{ scale: 3, x: 0, y: 0 },
    });
  });

  it("leaves what is under the fingers under them, at every scale and from every place", () => {
    const spots = [
      { x: 0, y: 0 },
      { x: 100, y: -200 },
      { x: -195, y: 320 },
    ];
    for (const from of spots)
      for (const to of spots)
        for (const by of [0.7, 1, 1.5, 3]) {
          const before = { scale: 2, x: 30, y: -12 };
          close(under(zoomed(before, by, from, to), to), under(before, from));
        }
  });

  it("keeps its point at the largest and the smallest scale as well", () => {
    const at = { x: 80, y: 40 };
    const most = zoomed({ scale: 6, x: 10, y: 20 }, 100, at);
    expect(most.scale).to.equal(largest);
    close(under(most, at), under({ scale: 6, x: 10, y: 20 }, at));
    const least = zoomed({ scale: 2, x: 10, y: 20 }, 0.001, at);
    expect(least.scale).to.equal(1);
    close(under(least, at), under({ scale: 2, x: 10, y: 20 }, at));
  });

  it("shows nothing beside the picture where the picture could be, and centers what is smaller than the room", () => {
    const far = { x: 5000, y: -5000 };
    // 780 pixels wide, and 439 high in a room of 640.
    expect(bounded({ scale: 2, ...far }, picture, room)).to.deep.equal({ scale: 2, x: 195, y: 0 });
    const { y } = bounded({ scale: 4, ...far }, picture, room);
    expect(y).to.be.closeTo(-(4 * picture.height - room.height) / 2, 1e-9);
    expect(bounded({ scale: 1, ...far }, picture, room)).to.deep.equal(whole);
  });

  it("is the same when it is bounded again", () => {
    for (const scale of [1, 1.3, 2, 5, largest])
      for (const x of [-900, -40, 0, 70, 900]) {
        const once = bounded({ scale, x, y: x / 2 }, picture, room);
        expect(bounded(once, picture, room)).to.deep.equal(once);
      }
  });

  it("tells another picture by its shape, and not by the size in which it is sent", () => {
    const sent = { width: 1600, height: 900 };
    expect(isOther(sent, { width: 800, height: 450 })).to.be.false;
    expect(isOther(sent, { width: 854, height: 480 })).to.be.false;
    expect(isOther(sent, { width: 900, height: 1600 })).to.be.true;
    expect(isOther({ width: 0, height: 0 }, sent)).to.be.false;
  });
});
