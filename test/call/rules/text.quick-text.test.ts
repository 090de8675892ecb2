import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { CallEvent } from "../../../src/call/events.ts";
import { quickText, transitionWithText } from "../../../src/call/rules/text.ts";
import { inSituation, startedAt } from "../../support/call-script.ts";
import { signal } from "../../support/signals.ts";

const family = "👨‍👩‍👧‍👦";

describe("the words with which a person declines", () => {
  it("are one line of plain text", () => {
    expect(quickText("  In a meeting.\r\n\tLater? \u0000\u0085\u2028 ")).to.equal(
      "In a meeting. Later?",
    );
    expect(quickText("<b>Hi</b> & bye")).to.equal("<b>Hi</b> & bye");
  });

  it("keep the joiners of letters and emoji, and lose what turns or hides text", () => {
    expect(quickText("می\u200cخواهم")).to.equal("می\u200cخواهم");
    expect(quickText(family)).to.equal(family);
    expect(quickText("a\u202Eb\u2066c\u2069d\u200Ee\u061Cf\uFEFFg\u2060h\u200Bi")).to.equal(
      "abcdefghi",
    );
  });

  it("have no half of a surrogate pair", () => {
    expect(quickText("a\uD83Db")).to.equal("a\uFFFDb");
    expect(quickText("\uDE00\uD83D")).to.equal("\uFFFD\uFFFD");
  });

  it("are at most 200 characters long, of which none is cut in two", () => {
    expect(quickText("a".repeat(199) + family)).to.equal("a".repeat(199));
    expect(quickText("a".repeat(189) + family + "b")).to.equal("a".repeat(189) + family);
    expect(quickText("é".normalize("NFD").repeat(150))?.endsWith("\u0301")).to.equal(true);
    expect(quickText("x" + "\u0301".repeat(5000))).to.equal(undefined);
    expect(quickText("y".repeat(1_000_000))).to.equal("y".repeat(200));
  });

  it("are none where nothing can be read", () => {
    for (const none of ["", "  \n", "\u202E\u2066", 7, null, undefined, {}, ["a"], true])
      expect(quickText(none)).to.equal(undefined);
  });

  it("are plain and bounded, whatever is sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (sent) => {
        const text = quickText(sent);
        if (text === undefined) return;
        expect(text.length).to.be.at.most(200);
        expect(text).to.not.match(/\p{Cs}|\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
        expect(quickText(text)).to.equal(text);
      }),
    );
  });

  const decline: CallEvent = { type: "decline", text: "Back\u202E at five\n" };
  const said = (reason: "declined" | "busy" | "hung-up", text: unknown): CallEvent => ({
    type: "signal",
    message: signal("end", { seq: 40, reason, text }),
  });

  it("are sent by the end of the call, and kept in its record", () => {
    const [next, effects] = transitionWithText(inSituation("incoming").model, decline, startedAt);
    expect([next.ending?.text, next.record?.text]).to.deep.equal(["Back at five", "Back at five"]);
    expect(effects.flatMap((one) => (one.type === "send" ? [one.body] : []))).to.deep.equal([
      { type: "end", reason: "declined", text: "Back at five" },
    ]);
  });

  it("are read from the end of the other side, where it declines", () => {
    const ringing = inSituation("ringing").model;
    const [next] = transitionWithText(ringing, said("declined", " Later\u2067 "), startedAt);
    expect([next.ending, next.record?.text]).to.deep.equal([
      { reason: "declined", by: "remote", problem: null, text: "Later" },
      "Later",
    ]);
    const [busy] = transitionWithText(ringing, said("busy", "Later"), startedAt);
    expect([busy.state, busy.ending?.text, busy.record?.text]).to.deep.equal([
      "ended",
      undefined,
      undefined,
    ]);
  });

  it("change nothing of a call that they do not end", () => {
    const connected = inSituation("the caller connected").model;
    const [next] = transitionWithText(connected, said("declined", "Later"), startedAt);
    expect([next.state, next.ending]).to.deep.equal(["connected", null]);
    const [ended] = transitionWithText(
      inSituation("ringing").model,
      said("declined", "One"),
      startedAt,
    );
    expect(transitionWithText(ended, said("declined", "Two"), startedAt)[0]).to.equal(ended);
  });

  it("do not keep a call from ending where they cannot be read", () => {
    for (const text of [7, {}, "", null, "\uD800".repeat(3000)]) {
      const [next] = transitionWithText(
        inSituation("ringing").model,
        said("declined", text),
        startedAt,
      );
      expect(next.state).to.equal("ended");
    }
  });
});
