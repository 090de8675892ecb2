import "sx-call-kit/define";
import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import { english, registerWords, type SxCallControls } from "sx-call-kit";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

const controls = (lang: string) =>
  ElementHarness.mount<SxCallControls>(
    html`<sx-call-controls
      lang=${lang}
      .snapshot=${aSnapshot("inviting", "audio")}
    ></sx-call-controls>`,
    "sx-call-controls",
  );

/** A sign of the security code has a number; every other word takes media, devices or names. */
const sayAnything = (key: string, word: (...given: unknown[]) => string) =>
  key === "emojiName" ? word(0) : word("video", "Ann");

describe("words", () => {
  it("are English where no dictionary has them, without one registered", async () => {
    const harness = await controls("tlh");
    expect(harness.names).to.deep.equal(["Microphone", "Camera", "End call"]);
  });

  it("are said in the element's language, and in English where that lacks one", async () => {
    const harness = await controls("fr");
    registerWords({
      $code: "fr",
      $name: "Français",
      $dir: "ltr",
      microphone: "Micro",
      endCall: "Raccrocher",
    });
    await harness.settled();
    expect(harness.names).to.deep.equal(["Micro", "Camera", "Raccrocher"]);
  });

  it("can be replaced by the host, one by one", async () => {
    const harness = await controls("en-AU");
    registerWords({ $code: "en-au", $name: "English (Australia)", $dir: "ltr", endCall: "Hooroo" });
    await harness.settled();
    expect(harness.names).to.deep.equal(["Microphone", "Camera", "Hooroo"]);
  });

  describe("are said in the language of the nearest ancestor that has one", () => {
    registerWords({ $code: "cy", $name: "Cymraeg", $dir: "ltr", endCall: "Gorffen" });
    registerWords({ $code: "ga", $name: "Gaeilge", $dir: "ltr", endCall: "Críochnaigh" });
    /** An element within two elements, of which the outer one may have its own shadow tree around the inner one. */
    async function within(outer: string, inner: string, isShadow: boolean) {
      const page = await fixture<HTMLElement>(html`<section lang=${outer}></section>`);
      const place = document.createElement("div");
      place.lang = inner;
      (isShadow ? page.attachShadow({ mode: "open" }) : page).append(place);
      const element = document.createElement("sx-call-controls");
      element.snapshot = aSnapshot("inviting", "audio");
      place.append(element);
      const harness = new ElementHarness<SxCallControls>(element);
      await harness.settled();
      return { page, place, harness, last: () => harness.names.at(-1) };
    }

    for (const isShadow of [false, true]) {
      const where = isShadow ? "across a shadow root" : "in one tree";
      it(`${where}: the outer one's, the inner one's before it, and the element's own before both`, async () => {
        expect((await within("cy", "", isShadow)).last()).to.equal("Gorffen");
        const { harness, last } = await within("cy", "ga", isShadow);
        expect(last()).to.equal("Críochnaigh");
        harness.element.lang = "en";
        await harness.settled();
        expect(last()).to.equal("End call");
      });

      it(`${where}: also after a change of it, and after a move`, async () => {
        const { page, place, harness, last } = await within("", "", isShadow);
        expect(last()).to.equal("End call");
        page.lang = "cy_GB.UTF-8";
        await waitUntil(() => last() === "Gorffen");
        place.lang = "ga";
        await waitUntil(() => last() === "Críochnaigh");
        place.removeAttribute("lang");
        page.append(harness.element);
        await waitUntil(() => last() === "Gorffen");
        page.parentElement!.append(harness.element);
        await waitUntil(() => last() === "End call");
      });
    }

    it("in a view, also in the elements within it", async () => {
      const page = await fixture<HTMLElement>(
        html`<div lang="cy">
          <sx-call-view .calls=${fixedCalls(aSnapshot("connected"))}></sx-call-view>
        </div>`,
      );
      const view = page.querySelector("sx-call-view")!;
      await view.updateComplete;
      const { controls } = new CallViewHarness(view);
      await controls.settled();
      expect(controls.names).to.include("Gorffen");
      page.lang = "ga";
      await waitUntil(() => controls.names.includes("Críochnaigh"));
    });
  });

  it("are never empty and never blame with a code", () => {
    for (const [key, word] of Object.entries(english)) {
      const said = String(
        typeof word === "function"
          ? sayAnything(key, word as (...given: unknown[]) => string)
          : word,
      );
      expect(said.trim(), key).to.not.equal("");
      expect(said, key).to.not.match(/undefined|null|\berror\b|\d{3}/i);
    }
  });
});
