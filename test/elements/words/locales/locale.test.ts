import { expect } from "@open-wc/testing";
import { english } from "sx-call-kit";
import { counted } from "../../../../src/elements/words/locales/locale.ts";
import { locales } from "../../../support/locales.ts";

type Said = string | ((...given: unknown[]) => string);

/** Words whose arguments are not names. */
const argumentsOf: Record<string, readonly (readonly unknown[])[]> = {
  emojiName: Array.from({ length: 64 }, (_, number) => [number]),
  endsIn: [0, 1, 2, 3, 5, 11, 21, 30].map((seconds) => [seconds]),
  deviceNumber: [[1], [12]],
  textUnread: [1, 2, 3, 5, 11, 21, 30].map((count) => [count]),
  duration: [["12 min"]],
  incomingFrom: [
    ["audio", "Žofie"],
    ["video", "Žofie"],
  ],
};
const devices = ["deviceBusy", "deviceBlocked", "deviceFailed", "deviceMissing"];

/** Words of the toolbar and its menu. */
const buttons = [
  ...["muteMicrophone", "unmuteMicrophone", "cameraOn", "cameraOff", "screenStart", "screenStop"],
  ...["flipCamera", "devices", "pictureInPicture", "securityCode", "swapPictures", "shortcuts"],
  ...[
    "fillScreen",
    "wholePicture",
    "fullScreen",
    "holdCall",
    "resumeCall",
    "hangUp",
    "more",
    "text",
  ],
];

/** Returns the arguments to try for a string. */
function asked(key: string, word: Said): readonly (readonly unknown[])[] {
  if (typeof word === "string") return [[]];
  if (argumentsOf[key]) return argumentsOf[key];
  if (devices.includes(key)) return [["microphone"], ["camera"], ["screen"]];
  if (key.startsWith("history.") || ["incoming", "secondCall", "historyOngoing"].includes(key))
    return [["audio"], ["video"]];
  return [["Žofie", "turn.example"]];
}

/** Everything that a word can say. */
function sayings(key: string, words: Record<string, Said>): string[] {
  const word = words[key] ?? "";
  return asked(key, english[key as keyof typeof english] as Said).map((given) =>
    typeof word === "string" ? word : word(...given),
  );
}

const englishWords = english as unknown as Record<string, Said>;

// Names, abbreviations, and words that are written alike.
const mayBeEnglish =
  /^(?:says|emojiName|check\.transport\..*|audio|video|close|code.*|cipher|camera|microphone|screen|speaker|path|pathDirect|since|devices|more|keySpace|deviceNumber|historyAll|text|textSend|on.*)$/;

describe("a language of the kit", () => {
  for (const locale of locales) {
    const words = locale as unknown as Record<string, Said>;

    it(`has exactly the strings of English: ${locale.$name}`, () => {
      const { $code, $name, $dir, ...own } = words;
      expect(
        [$code, $name, $dir].every((value) => typeof value === "string" && value !== ""),
      ).to.equal(true);
      expect(Object.keys(own).sort()).to.deep.equal(Object.keys(english).sort());
      for (const key of Object.keys(english)) {
        for (const said of sayings(key, words)) {
          expect(said.trim(), key).to.not.equal("");
          expect(said, key).to.not.match(/\bundefined\b|\bnull\b|\bNaN\b|#|\[object/);
        }
      }
    });

    it(`says the names and numbers that English says: ${locale.$name}`, () => {
      const digits = new Intl.NumberFormat(locale.$code);
      for (const [key, word] of Object.entries(englishWords)) {
        const given = asked(key, word);
        const [said, original] = [sayings(key, words), sayings(key, englishWords)];
        for (const [index, values] of given.entries()) {
          for (const value of values.filter(
            (one) => typeof one !== "number" && !["audio", "video"].includes(String(one)),
          )) {
            const isSaid = original[index]!.includes(String(value));
            // English says nothing of a device that has a word of its own.
            if (isSaid && !devices.includes(key))
              expect(said[index], key).to.include(String(value));
          }
          // One and two may be words.
          const [number] = values;
          if (key !== "emojiName" && typeof number === "number" && number > 2) {
            expect(said[index], key).to.include(digits.format(number));
          }
        }
      }
    });

    it(`is not English left over: ${locale.$name}`, () => {
      const left = Object.keys(english)
        .filter((key) => !mayBeEnglish.test(key))
        .filter((key) => sayings(key, words).join() === sayings(key, englishWords).join());
      expect(left).to.deep.equal([]);
    });

    it(`names no two buttons of a call alike: ${locale.$name}`, () => {
      const names = buttons.flatMap((key) => sayings(key, words));
      expect(names.filter((name, at) => names.indexOf(name) !== at)).to.deep.equal([]);
    });

    it(`tells the 64 signs of the security code apart: ${locale.$name}`, () => {
      expect(
        new Set(sayings("emojiName", words).map((name) => name.toLocaleLowerCase(locale.$code)))
          .size,
      ).to.equal(64);
    });
  }

  it("writes from right to left where its script does", () => {
    const rightToLeft = locales.filter(({ $dir }) => $dir === "rtl").map(({ $code }) => $code);
    expect(rightToLeft).to.deep.equal(["ar", "fa", "he"]);
  });

  it("counts by the rules of the language", () => {
    const seconds = counted("pl", {
      one: "# sekunda",
      few: "# sekundy",
      many: "# sekund",
      other: "# sekundy",
    });
    expect([1, 2, 5, 12, 22].map(seconds)).to.deep.equal([
      "1 sekunda",
      "2 sekundy",
      "5 sekund",
      "12 sekund",
      "22 sekundy",
    ]);
    expect(counted("fa", { other: "#" })(30)).to.equal("۳۰");
  });
});
