import { expect } from "@open-wc/testing";
import { registerWords } from "sx-call-kit";
import { locales } from "../../support/locales.ts";
import { boxes, hardBoxes, Room, smallest } from "../../support/room.ts";
import type { Box } from "../../support/room.ts";
import { everyState } from "../../support/room-states.ts";

/** Short, and upright with text of 200 %. */
const ofEachLanguage: readonly Box[] = [
  [390, 300],
  [390, 844, 32],
];

describe("every state of a call, in every language", () => {
  const room = new Room();
  before(() => room.open());
  after(() => room.close());

  for (const box of boxes) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px`, async () => {
      expect(await room.faults(box)).to.deep.equal([]);
    });
  }

  for (const box of hardBoxes.filter((one) => one !== smallest)) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px, whatever is said of the call and open in it`, async () => {
      expect(await room.faults(box, { shown: everyState })).to.deep.equal([]);
    });
  }

  for (const locale of locales) {
    it(`has room in small boxes and at 200 %: ${locale.$name}`, async () => {
      registerWords(locale);
      const spoken = { lang: locale.$code, dir: locale.$dir };
      for (const box of ofEachLanguage)
        expect(await room.faults(box, spoken), box.join(" ")).to.deep.equal([]);
    });
  }
});
