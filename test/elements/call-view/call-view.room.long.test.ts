import { expect } from "@open-wc/testing";
import { boxes, hardBoxes, Room, smallest, type Box } from "../../support/room.ts";
import { everyState } from "../../support/room-states.ts";

/** In which what is said of a call takes the room of its buttons. */
const busyBoxes: readonly Box[] = [
  [288, 192],
  [400, 400],
  [480, 480],
  [600, 600],
  [600, 600, 32],
  [920, 600],
  [1280, 800, 64],
];

describe("every state of a call, in every box", () => {
  const room = new Room();
  before(() => room.open());
  after(() => room.close());

  for (const box of boxes) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px`, async () => {
      expect(await room.faults(box)).to.deep.equal([]);
    });
  }

  for (const box of [...hardBoxes.filter((one) => one !== smallest), ...busyBoxes]) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px, whatever is said of the call and open in it`, async () => {
      expect(await room.faults(box, { shown: everyState })).to.deep.equal([]);
    });
  }
});
