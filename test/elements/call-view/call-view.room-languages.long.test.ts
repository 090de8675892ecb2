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

/** Where an audio call has words under its buttons, and the least room for each of them. */
const captioned: readonly Box[] = [
  [380, 800],
  [480, 800],
  [600, 800],
  [700, 800],
];

const audioCall = hardStates.filter(({ name }) => name === "connected audio");

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
      for (const box of captioned)
        expect(
          await room.faults(box, { ...spoken, shown: audioCall }),
          box.join(" "),
        ).to.deep.equal([]);
    });
  }
});
