import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import { english, registerWords, type SxCallControls } from "sx-call-kit";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { ElementHarness } from "../../support/element-harness.ts";

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

  it("are never empty and never blame with a code", () => {
    for (const [key, word] of Object.entries(english)) {
      const said =
        typeof word === "function"
          ? sayAnything(key, word as (...given: unknown[]) => string)
          : word;
      expect(said.trim(), key).to.not.equal("");
      expect(said, key).to.not.match(/undefined|null|\berror\b|\d{3}/i);
    }
  });
});
