import { expect } from "@open-wc/testing";
import { english } from "../../../src/elements/words/english.ts";
import {
  englishTexts,
  isTexts,
  textsOf,
} from "../../../src/hosts/notifications/notification-messages.ts";
import { locales } from "../../support/locales.ts";

describe("the texts of a notification", () => {
  it("are the kit's English strings", () => {
    expect(englishTexts).to.deep.equal(textsOf(english));
  });

  it("can be made of every dictionary of the kit, with the place of the name marked", () => {
    for (const words of locales) {
      const texts = textsOf(words);
      expect(isTexts(structuredClone(texts)), words.$code).to.equal(true);
      expect([texts.lang, texts.dir, texts.accept]).to.deep.equal([
        words.$code,
        words.$dir,
        words.accept,
      ]);
      expect(texts.videoFrom.split(texts.nameMark).join("Ann"), words.$code).to.equal(
        words.incomingFrom("video", "Ann"),
      );
      expect(texts.audio).not.to.equal(texts.video);
    }
  });

  it("are English where a dictionary lacks a word", () => {
    expect(textsOf({ $code: "xx", accept: "Xa" })).to.deep.include({
      lang: "xx",
      accept: "Xa",
      decline: "Decline",
    });
  });

  it("are refused where one is missing, empty, no text, or longer than any notification", () => {
    expect(isTexts(englishTexts)).to.equal(true);
    for (const wrong of [undefined, "", 1, "x".repeat(201)])
      expect(isTexts({ ...englishTexts, decline: wrong })).to.equal(false);
    expect(isTexts({ ...englishTexts, dir: "up" })).to.equal(false);
    expect([null, "texts", 1].some(isTexts)).to.equal(false);
  });
});
