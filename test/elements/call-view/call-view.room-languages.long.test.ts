import { expect } from "@open-wc/testing";
import { registerWords } from "sx-call-kit";
import { locales } from "../../support/locales.ts";
import { Room, type Box } from "../../support/room.ts";
import { everyState, hardStates } from "../../support/room-states.ts";

/** Short, and with text of 200 %: upright and lying. */
const ofEachLanguage: readonly Box[] = [
  [390, 300],
  [390, 844, 32],
  [844, 390, 32],
  [320, 568],
  [320, 568, 32],
];

/** Boxes that are hard for one state alone. */
const ofOneState: readonly (readonly [state: string, ...Box[]])[] = [
  // Its buttons have words under them, and each has the least room there.
  ["connected audio", [380, 800], [480, 800], [600, 800], [700, 800]],
  // Name, lock and the buttons of the screen are in one row.
  ["shared screen", [480, 400], [640, 350]],
  // The browser's button is wider than the screen.
  ["blocked", [240, 240]],
];

/** Those with the longest words, and one from right to left. */
const longest = ["de", "fi", "hu", "ru", "ar"];

describe("every state of a call, in every language", () => {
  const room = new Room();
  before(() => room.open());
  after(() => room.close());

  for (const locale of locales.filter(({ $code }) => longest.includes($code))) {
    it(`has room at 200 %, whatever is said of the call and open in it: ${locale.$name}`, async () => {
      registerWords(locale);
      const spoken = { lang: locale.$code, dir: locale.$dir, shown: everyState };
      for (const box of ofEachLanguage)
        expect(await room.faults(box, spoken), box.join(" ")).to.deep.equal([]);
    });
  }

  for (const locale of locales) {
    it(`has room in small boxes and at 200 %: ${locale.$name}`, async () => {
      registerWords(locale);
      const spoken = { lang: locale.$code, dir: locale.$dir };
      for (const box of ofEachLanguage)
        expect(await room.faults(box, spoken), box.join(" ")).to.deep.equal([]);
      for (const [state, ...places] of ofOneState) {
        const shown = hardStates.filter(({ name }) => name === state);
        for (const box of places)
          expect(await room.faults(box, { ...spoken, shown }), box.join(" ")).to.deep.equal([]);
      }
    });
  }
});
