import { expect } from "@open-wc/testing";
import { codeFor, loadLanguage } from "../../../src/pages/deltachat/languages.ts";
import german from "../../../src/elements/words/locales/de.ts";
import arabic from "../../../src/elements/words/locales/ar.ts";

const root = document.documentElement;

describe("the language of Delta Chat's page", () => {
  afterEach(() => {
    globalThis.SxCallLanguages = undefined;
    delete root.dataset.languages;
    root.lang = "en";
    root.dir = "ltr";
  });

  it("is the person's own, or the nearest that there is a file of", () => {
    const cases = { de: "de", "de-AT": "de", "pt-PT": "pt-br", "zh-Hant-HK": "zh-tw", zh: "zh-cn" };
    for (const [language, code] of Object.entries(cases))
      expect(codeFor(language), language).to.equal(code);
    for (const language of ["en-GB", "eo", ""]) expect(codeFor(language)).to.equal(null);
  });

  it("is what the app has put in, before the page's script or after", () => {
    globalThis.SxCallLanguages = [german];
    loadLanguage([]);
    expect([root.lang, root.dir]).to.deep.equal(["de", "ltr"]);
    globalThis.SxCallLanguages.push(arabic);
    expect([root.lang, root.dir]).to.deep.equal(["ar", "rtl"]);
  });

  it("is asked for only where the app has named a folder", () => {
    const scripts = () => document.querySelectorAll('script[src^="languages/"]');
    loadLanguage(["de"]);
    expect(scripts().length).to.equal(0);
    root.dataset.languages = "languages/";
    loadLanguage(["en"]);
    expect(scripts().length).to.equal(0);
    loadLanguage(["de-CH", "en"]);
    expect(scripts()[0]?.getAttribute("src")).to.equal("languages/de.js");
    scripts()[0]?.remove();
  });
});
