import { expect } from "@open-wc/testing";
import { registerWords } from "sx-call-kit";
import { locales } from "../../support/locales.ts";
import { everyState } from "../../support/room-states.ts";
import { hardBoxes, Room, smallest } from "../../support/room.ts";
import { longIt } from "../../support/long-it.ts";

describe("every state of a call", () => {
  const room = new Room();
  before(() => room.open());
  after(() => room.close());

  for (const box of hardBoxes) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px: nothing is cut, covered or too small`, async () => {
      expect(await room.faults(box)).to.deep.equal([]);
    });
  }

  longIt(
    "has room in the smallest box with buttons, whatever is said of the call and open in it",
    async () => {
      expect(await room.faults(smallest, { shown: everyState })).to.deep.equal([]);
    },
  );

  for (const code of ["de", "ar"]) {
    const register = code === "ar" ? it : longIt;
    register(`has room in the words of another language, at 200 %: ${code}`, async () => {
      const locale = locales.find(({ $code }) => $code === code)!;
      registerWords(locale);
      const spoken = { lang: code, dir: locale.$dir };
      expect(await room.faults([390, 844, 32], spoken)).to.deep.equal([]);
    });
  }
});
