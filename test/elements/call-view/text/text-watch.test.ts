import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { SxTranscriptDetail } from "sx-call-kit";
import { fixedText, type FixedText } from "../../../../stories/support/fixed-text.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const hello = { op: "hello" } as const;
const say = (text: string) => ({ op: "say", text }) as const;

/** A view in a call with this text. */
async function show(text: FixedText, state: "connected" | "ended" = "connected") {
  const harness = await CallViewHarness.show(aSnapshot(state, "audio"), { size: [800, 600] });
  Object.defineProperty(harness.calls, "text", { value: text, configurable: true });
  harness.element.requestUpdate();
  await harness.settled();
  return harness;
}

async function open(harness: CallViewHarness): Promise<HTMLTextAreaElement> {
  harness.element.performScreenAction("text");
  await waitUntil(() => harness.has("text-input"), "the conversation is loaded");
  await harness.settled();
  return harness.part<HTMLTextAreaElement>("text-input");
}

const statuses = (harness: CallViewHarness) =>
  [...harness.root.querySelectorAll("[role=status]")].map((each) => each.textContent).join(" ");

describe("the text of a call on the screen", () => {
  it("has no button with a side that has no text", async () => {
    const harness = await show(fixedText());
    expect(harness.controls.has("text")).to.equal(false);
    harness.element.performScreenAction("text");
    await harness.settled();
    expect(harness.has("panel")).to.equal(false);
  });

  it("opens by its key and takes the focus, without the letter in its line, and is in the list of keys", async () => {
    const text = fixedText(hello);
    const harness = await show(text);
    harness.element.tabIndex = -1;
    harness.element.focus();
    await sendKeys({ press: "t" });
    await waitUntil(() => harness.has("text-input"), "the conversation is loaded");
    await harness.settled();
    await sendKeys({ press: "Escape" });
    await harness.settled();
    expect([harness.has("panel"), text.conversation.ownLine]).to.deep.equal([false, ""]);
    harness.element.performScreenAction("help");
    await harness.settled();
    expect(harness.part("help").textContent).to.match(/Text\s*T\b/);
  });

  it("has no key, and none in the list, with a side that has no text", async () => {
    const harness = await show(fixedText());
    harness.element.tabIndex = -1;
    harness.element.focus();
    await sendKeys({ press: "t" });
    await harness.settled();
    expect(harness.has("panel")).to.equal(false);
    harness.element.performScreenAction("help");
    await harness.settled();
    expect(harness.part("help").textContent).not.to.contain("Text");
  });

  it("stays open while other things are pressed, and is closed by Escape, its button and its end", async () => {
    const harness = await show(fixedText(hello));
    await open(harness);
    harness.part("stage").click();
    await harness.settled();
    expect(harness.has("conversation")).to.equal(true);
    harness.part("text-input").focus();
    await sendKeys({ press: "Escape" });
    await harness.settled();
    expect(harness.has("panel")).to.equal(false);
    await open(harness);
    harness.controls.part("text").click();
    await harness.settled();
    expect(harness.has("panel")).to.equal(false);
    await open(harness);
    await harness.changeTo(aSnapshot("ended", "audio"));
    expect(harness.has("panel")).to.equal(false);
  });

  it("takes no key for a shortcut, and sends by Enter, with a line by Shift and Enter", async () => {
    const text = fixedText(hello);
    const harness = await show(text);
    const draft = await open(harness);
    draft.focus();
    await sendKeys({ type: "mv s h" });
    await sendKeys({ press: "Shift+Enter" });
    await sendKeys({ type: "x" });
    expect(text.conversation.ownLine).to.equal("mv s h\nx");
    expect(harness.calls.asked).to.deep.equal([]);
    await sendKeys({ press: "Enter" });
    await harness.settled();
    expect(text.conversation.messages.map((each) => each.text)).to.deep.equal(["mv s h\nx"]);
    expect(draft.value).to.equal("");
  });

  it("says once what arrives: by a status while it is closed, in the log while it is open", async () => {
    const text = fixedText(hello);
    const harness = await show(text);
    text.hear(say("One"));
    await harness.settled();
    expect(statuses(harness)).to.contain("One");
    expect(harness.controls.text).not.to.contain("One");
    await open(harness);
    await harness.settled();
    expect(statuses(harness)).not.to.contain("One");
    const log = harness.root.querySelector("[role=log]")!;
    expect(log.textContent).to.contain("One");
    const [first] = log.querySelectorAll(".message");
    text.hear({ op: "edit", keep: 0, add: "Tw" });
    await harness.settled();
    expect(log.textContent).not.to.contain("Tw");
    expect(harness.part("their-line").textContent).to.contain("Tw");
    text.hear(say("Two"));
    await harness.settled();
    // The first one stays the same node: it is not read again.
    expect(log.querySelectorAll(".message")[0]).to.equal(first);
    expect(statuses(harness)).not.to.contain("Two");
  });

  it("is opened by the badge of what arrived, and gives the focus to the toolbar, as the badge is gone", async () => {
    const text = fixedText(hello);
    const harness = await show(text);
    text.hear(say("One"));
    await harness.settled();
    harness.part("open-text").focus();
    await sendKeys({ press: "Enter" });
    await waitUntil(() => harness.has("text-input"), "the conversation is loaded");
    await harness.settled();
    expect(harness.root.activeElement).to.equal(harness.part("text-input"));
    await sendKeys({ press: "Escape" });
    await harness.settled();
    expect(harness.root.activeElement?.localName).to.equal("sx-call-controls");
  });

  it("marks the button until it is opened", async () => {
    const text = fixedText(hello);
    const harness = await show(text);
    text.hear(say("One"));
    text.hear(say("Two"));
    await harness.settled();
    await harness.controls.settled();
    expect(harness.controls.names.some((name) => name.includes("2 new messages"))).to.equal(true);
    await open(harness);
    await harness.controls.settled();
    expect(harness.controls.names.some((name) => name.includes("new message"))).to.equal(false);
    expect(text.conversation.unread).to.equal(0);
  });

  it("is reported to the host at the end, and only where it has asked for it", async () => {
    const harness = await show(fixedText(hello));
    const reported: SxTranscriptDetail[] = [];
    harness.element.addEventListener("sx-transcript", ({ detail }) => reported.push(detail));
    const messages = [{ from: "remote", text: "Hi", at: 1 }] as const;
    harness.calls.notify({ type: "written", callId: "one", messages });
    expect(reported).to.deep.equal([]);
    harness.element.transcript = true;
    harness.calls.notify({ type: "written", callId: "one", messages });
    expect(reported).to.deep.equal([{ callId: "one", messages }]);
  });
});
