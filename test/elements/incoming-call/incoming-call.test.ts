import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { html } from "lit";
import type { SxIncomingCall } from "sx-call-kit";
import { ann, mallory } from "../../../stories/support/contacts.ts";
import { medias } from "../../../stories/support/unions.ts";
import { ElementHarness } from "../../support/element-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

async function ring(
  changes: Partial<SxIncomingCall> = {},
): Promise<ElementHarness<SxIncomingCall>> {
  const harness = await ElementHarness.mount<SxIncomingCall>(
    html`<sx-incoming-call .contact=${ann}></sx-incoming-call>`,
    "sx-incoming-call",
  );
  Object.assign(harness.element.parentElement!.style, { width: "390px", height: "560px" });
  Object.assign(harness.element, changes);
  await harness.settled();
  return harness;
}

describe("<sx-incoming-call>", () => {
  it("says who calls, and with what", async () => {
    expect((await ring({ media: "video" })).text).to.contain("Ann Petersen Incoming video call");
    expect((await ring({ media: "audio" })).text).to.contain("Ann Petersen Incoming audio call");
  });

  it("can be filled by attributes alone", async () => {
    const harness = await ElementHarness.mount<SxIncomingCall>(
      html`<sx-incoming-call
        contact-name="Ann"
        media="video"
        variant="banner"
        waiting
        exposes-address
      ></sx-incoming-call>`,
      "sx-incoming-call",
    );
    const { contact, media, variant, waiting, exposesAddress } = harness.element;
    expect([contact.name, media, variant, waiting, exposesAddress]).to.deep.equal([
      "Ann",
      "video",
      "banner",
      true,
      true,
    ]);
    expect(harness.text).to.contain("Ann");
  });

  it("accepts a video call with audio or with video", async () => {
    const harness = await ring({ media: "video" });
    const accepted = harness.heard("sx-accept");
    await harness.clickWithMouse("accept-audio");
    await harness.clickWithMouse("accept-video");
    expect(accepted.map(({ detail }) => detail.media)).to.deep.equal(["audio", "video"]);
    expect(harness.names).to.deep.equal([
      "Decline",
      "Accept with audio",
      "Accept with video",
      "Silence",
    ]);
  });

  it("offers to hide the address, by a switch that shows the present setting", async () => {
    const harness = await ring({ exposesAddress: true, canHideAddress: true });
    const chosen = harness.heard("sx-hide-address");
    const box = harness.root.querySelector<HTMLInputElement>("[role=switch]")!;
    expect([box.checked, harness.text.includes("shows your IP address")]).to.deep.equal([
      false,
      true,
    ]);
    box.click();
    expect([chosen.map(({ detail }) => detail.on), box.checked]).to.deep.equal([[true], false]);
    harness.element.exposesAddress = false;
    await harness.settled();
    expect([box.checked, harness.text.includes("The relay sees your IP address")]).to.deep.equal([
      true,
      true,
    ]);
    box.click();
    expect(chosen.map(({ detail }) => detail.on)).to.deep.equal([true, false]);
    expect(box.closest("label")!.getBoundingClientRect().height).to.be.at.least(44);
    await expect(harness.element).to.be.accessible();
  });

  it("has no such switch where there is no choice", async () => {
    const harness = await ring({ exposesAddress: true });
    expect(harness.root.querySelector("[role=switch]") === null).to.equal(true);
  });

  it("has one way to accept an audio call", async () => {
    const harness = await ring({ media: "audio" });
    const accepted = harness.heard("sx-accept");
    await harness.clickWithMouse("accept-audio");
    expect(accepted.map(({ detail }) => detail.media)).to.deep.equal(["audio"]);
    expect(harness.names).to.deep.equal(["Decline", "Accept", "Silence"]);
  });

  it("says of which call its answers are, where it waits beside another", async () => {
    const callId = "d2FpdGluZyBjYWxsISEhIQ";
    const harness = await ring({ media: "audio", variant: "banner", waiting: true, callId });
    const accepted = harness.heard("sx-accept");
    const declined = harness.heard("sx-decline");
    const ignored = harness.heard("sx-ignore");
    for (const part of ["accept-audio", "decline", "ignore"]) await harness.clickWithMouse(part);
    expect(accepted.map(({ detail }) => detail)).to.deep.equal([
      { media: "audio", callId, active: "end" },
    ]);
    expect([...declined, ...ignored].map(({ detail }) => detail)).to.deep.equal([
      { callId },
      { callId },
    ]);
    expect(harness.text).to.contain("Accepting ends the call you are in.");
  });

  for (const media of medias) {
    it(`lets the other call be ended or held where that is possible: ${media}`, async () => {
      const callId = "d2FpdGluZyBjYWxsISEhIQ";
      const harness = await ring({
        media,
        variant: "banner",
        waiting: true,
        canHold: true,
        callId,
      });
      const accepted = harness.heard("sx-accept");
      await harness.clickWithMouse("end-and-accept");
      await harness.clickWithMouse("hold-and-accept");
      expect(accepted.map(({ detail }) => detail)).to.deep.equal([
        { media, callId, active: "end" },
        { media, callId, active: "hold" },
      ]);
      expect(harness.names).to.deep.equal([
        "Decline",
        `Hold and accept with ${media}`,
        `End and accept with ${media}`,
        "Silence",
      ]);
      expect(harness.part("hold-and-accept").className).not.to.equal(
        harness.part("end-and-accept").className,
      );
      expect(harness.text).not.to.contain("Accepting ends");
      await expect(harness.element).to.be.accessible();
    });
  }

  it("declines and ignores", async () => {
    const harness = await ring();
    const declined = harness.heard("sx-decline");
    const ignored = harness.heard("sx-ignore");
    await harness.clickWithMouse("decline");
    await harness.clickWithMouse("ignore");
    expect([declined.length, ignored.length]).to.deep.equal([1, 1]);
  });

  describe("declines with a text where the host has given some", () => {
    const quickTexts = ["In a meeting.", "\u202ECall later"];
    const texts = async (changes: Partial<SxIncomingCall> = {}) => {
      const harness = await ring({ quickTexts, ...changes });
      await waitUntil(() => harness.has("decline-with-text"));
      return harness;
    };

    it("by one of these, in one press more", async () => {
      const harness = await texts();
      const declined = harness.heard("sx-decline");
      await harness.clickWithMouse("decline-with-text");
      expect(harness.names).to.deep.equal([...quickTexts, "Back", "Send and decline"]);
      expect(harness.focused).to.equal("In a meeting.");
      await harness.clickWithMouse("quick-text");
      expect(declined.map(({ detail }) => detail)).to.deep.equal([{ text: "In a meeting." }]);
      await expect(harness.element).to.be.accessible();
    });

    it("by own words, sent by Enter and never empty", async () => {
      const harness = await texts({ quickTexts: [] });
      const declined = harness.heard("sx-decline");
      await harness.clickWithMouse("decline-with-text");
      expect(harness.root.activeElement?.localName).to.equal("input");
      await harness.press("Enter");
      await sendKeys({ type: "On a train" });
      await harness.press("Enter");
      expect(declined.map(({ detail }) => detail)).to.deep.equal([{ text: "On a train" }]);
    });

    it("says which call, where it waits beside another", async () => {
      const callId = "d2FpdGluZyBjYWxsISEhIQ";
      const harness = await texts({ variant: "banner", waiting: true, callId });
      const declined = harness.heard("sx-decline");
      await harness.clickWithMouse("decline-with-text");
      await harness.clickWithMouse("quick-text");
      expect(declined[0]?.detail).to.deep.equal({ callId, text: "In a meeting." });
    });

    it("or goes back to the answers by Escape, and to the button", async () => {
      const harness = await texts();
      await harness.clickWithMouse("decline-with-text");
      await harness.press("Escape");
      expect(harness.has("decline")).to.equal(true);
      await waitUntil(() => harness.focused === "Decline with a message");
    });

    it("shows no text that could not be sent whole, and at most twelve", async () => {
      const many = Array.from({ length: 20 }, (_, at) => `Text ${String(at)}`);
      const given = ["x".repeat(201), "", 7, null, ...many] as string[];
      const harness = await texts({ quickTexts: given });
      await harness.clickWithMouse("decline-with-text");
      expect(harness.names.slice(0, -2)).to.deep.equal(many.slice(0, 12));
    });

    it("closes the texts where the screen shows another caller by now", async () => {
      const harness = await texts();
      await harness.clickWithMouse("decline-with-text");
      let callId = "one";
      harness.element.addEventListener("context-request", (event) => {
        (event as unknown as { callback: (calls: object) => void }).callback({
          snapshot: { callId },
          perform: () => Promise.resolve(),
        });
      });
      await harness.press("Escape");
      await harness.clickWithMouse("decline-with-text");
      expect(harness.has("texts")).to.equal(true);
      callId = "two";
      const declined = harness.heard("sx-decline");
      harness.part("quick-text").click();
      await harness.settled();
      expect([declined.length, harness.has("texts")]).to.deep.equal([0, false]);
    });

    it("offers none without a list", async () => {
      const harness = await texts();
      Object.assign(harness.element, { quickTexts: null });
      await harness.settled();
      expect(harness.has("decline-with-text")).to.equal(false);
    });
  });

  it("takes a press on the words under a button once", async () => {
    const harness = await ring({ media: "video" });
    const accepted = harness.heard("sx-accept");
    harness.part("accept-video").parentElement!.querySelector<HTMLElement>(".caption")!.click();
    expect(accepted.length).to.equal(1);
  });

  it("can be answered by keyboard alone", async () => {
    const harness = await ring({ media: "audio" });
    const accepted = harness.heard("sx-accept");
    await harness.press("Tab", "Tab");
    expect(harness.focused).to.equal("Accept");
    await harness.press("Enter");
    expect(accepted.length).to.equal(1);
  });

  it("warns where a direct call shows the address, and only there", async () => {
    expect((await ring({ exposesAddress: true })).text).to.contain(
      "A direct call shows your IP address to Ann Petersen.",
    );
    expect((await ring({ exposesAddress: false })).text).to.not.contain("IP address");
  });

  it("says that accepting ends the call that is going on", async () => {
    const video = await ring({ media: "video", waiting: true });
    expect(video.text).to.contain("Accepting ends the call you are in.");
    expect(video.names).to.include.members([
      "End and accept with audio",
      "End and accept with video",
    ]);
    expect((await ring({ media: "audio", waiting: true })).names).to.include("End and accept");
  });

  it("keeps a line for the name on a screen with little room, and nothing lies over it", async () => {
    const harness = await ring({ media: "video", exposesAddress: true, canHideAddress: true });
    const seen: boolean[] = [];
    for (const height of [480, 540, 600, 844]) {
      harness.element.parentElement!.style.height = `${height}px`;
      const name = harness.root.querySelector("[part=name]")!.getBoundingClientRect();
      const notice = harness.root.querySelector(".notices")!.getBoundingClientRect();
      const button = harness.root.querySelector(".ignore")!.getBoundingClientRect();
      const around = harness.element.getBoundingClientRect();
      seen.push(name.height >= 20 && name.bottom <= notice.top && button.bottom <= around.bottom);
    }
    expect(seen).to.deep.equal([true, true, true, true]);
  });

  it("shows a hostile name as text and loads no hostile picture", async () => {
    const harness = await ring({ contact: mallory });
    expect(harness.root.querySelector("img")).to.be.null;
    expect(harness.part("name").textContent).to.equal(mallory.name.trim());
    expect(harness.element.getBoundingClientRect().width).to.equal(390);
  });

  it("names an unknown contact", async () => {
    for (const contact of [{ id: "", name: " " }, null, undefined, "Ann", { name: 7 }]) {
      const harness = await ring({ contact: contact as never });
      expect(harness.text, JSON.stringify(contact)).to.contain("Unknown contact");
      // Not the initials of those words, which would be somebody's.
      expect(harness.part("avatar").textContent.trim()).to.equal("?");
    }
  });

  for (const media of medias) {
    for (const variant of ["screen", "banner"] as const) {
      it(`passes axe as a ${variant} with ${media}`, async () => {
        const { element } = await ring({ media, variant, waiting: true, exposesAddress: true });
        await expect(element).to.be.accessible();
      });

      it(`keeps its buttons 44 px large and inside as a ${variant} with ${media}`, async () => {
        const harness = await ring({ media, variant, waiting: true, exposesAddress: true });
        const frame = harness.element.getBoundingClientRect();
        for (const button of harness.buttons) {
          const { width, height, left, right, bottom } = button.getBoundingClientRect();
          expect(Math.min(width, height), button.ariaLabel ?? "ignore").to.be.at.least(44);
          expect(left).to.be.at.least(frame.left);
          expect(right).to.be.at.most(frame.right);
          expect(bottom).to.be.at.most(frame.bottom);
          expect(button.scrollWidth, button.innerText).to.be.at.most(button.clientWidth);
        }
      });
    }
  }
});
