import { expect } from "@open-wc/testing";
import * as fc from "fast-check";
import {
  editOf,
  textTransition,
  transcriptOf,
  type TextEvent,
  type TextOperation,
  noConversation,
  textLimits,
  type Conversation,
} from "../../../src/call/rules/text.ts";

/** One side: its conversation, and what it has sent. */
class Side {
  conversation: Conversation = noConversation;
  readonly sent: TextOperation[] = [];

  do(event: TextEvent): void {
    const [conversation, effects] = textTransition(this.conversation, event, 1000);
    this.conversation = conversation;
    for (const effect of effects) if (effect.type === "send") this.sent.push(effect.operation);
  }

  hear(content: unknown, missed = 0): void {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    this.do({ type: "received", content: text, missed });
  }

  /** Lets every pause pass. */
  settle(): void {
    while (this.conversation.isPausing) this.do({ type: "paused" });
  }

  get texts(): string[] {
    return this.conversation.messages.map(({ text }) => text);
  }
}

function ready(): Side {
  const side = new Side();
  side.do({ type: "online", on: true });
  side.hear({ op: "hello" });
  return side;
}

describe("the text of a call", () => {
  it("is possible once the other side's kit has said so, and nothing is sent before", () => {
    const side = new Side();
    side.do({ type: "online", on: true });
    side.do({ type: "wrote", line: "Hi" });
    side.do({ type: "said", text: "Hi" });
    expect(side.conversation.isPossible).to.equal(false);
    expect(side.sent).to.deep.equal([]);
    side.hear({ op: "hello", more: "of a later kit" });
    expect(side.conversation.isPossible).to.equal(true);
    expect(side.sent).to.deep.equal([{ op: "say", text: "Hi" }]);
  });

  it("is sent as it is typed, a few times a second, each time only what has changed", () => {
    const side = ready();
    for (const line of ["H", "He", "Hel"]) side.do({ type: "wrote", line });
    expect(side.sent).to.deep.equal([{ op: "edit", keep: 0, add: "H" }]);
    side.do({ type: "paused" });
    side.do({ type: "wrote", line: "Help" });
    side.do({ type: "wrote", line: "Hello" });
    side.settle();
    expect(side.sent.slice(1)).to.deep.equal([
      { op: "edit", keep: 1, add: "el" },
      { op: "edit", keep: 3, add: "lo" },
    ]);
  });

  it("erases whole letters only", () => {
    expect(editOf("👍", "👍🏽")).to.deep.equal({ op: "edit", keep: 0, add: "👍🏽" });
    expect(editOf("a👩‍👩‍👧", "a👩‍👩‍👦")).to.deep.equal({ op: "edit", keep: 1, add: "👩‍👩‍👦" });
    expect(editOf("e", "e\u0301")).to.deep.equal({ op: "edit", keep: 0, add: "e\u0301" });
    expect(editOf("🇩🇪", "🇩🇰")).to.deep.equal({ op: "edit", keep: 0, add: "🇩🇰" });
  });

  it("becomes a message with its whole text, and the line is empty on both sides", () => {
    const [one, two] = [ready(), ready()];
    one.do({ type: "wrote", line: "Hello" });
    one.do({ type: "said", text: " Hello\n" });
    one.settle();
    for (const operation of one.sent) two.hear(operation);
    expect(one.conversation.ownLine).to.equal("");
    expect(two.conversation.theirLine).to.equal("");
    expect([one.texts, two.texts]).to.deep.equal([["Hello"], ["Hello"]]);
    expect(two.conversation.unread).to.equal(1);
    expect(one.conversation.unread).to.equal(0);
  });

  it("is not sent while it is written where the person has turned that off, and what is there disappears", () => {
    const side = ready();
    side.do({ type: "wrote", line: "H" });
    side.settle();
    side.do({ type: "live", on: false });
    side.do({ type: "wrote", line: "Hello" });
    side.settle();
    side.do({ type: "said", text: "Hello" });
    side.settle();
    expect(side.sent.slice(1)).to.deep.equal([
      { op: "edit", keep: 0, add: "" },
      { op: "say", text: "Hello" },
    ]);
  });

  it("waits while there is no path, and is sent in its order afterwards", () => {
    const side = ready();
    side.do({ type: "online", on: false });
    side.do({ type: "said", text: "one" });
    side.do({ type: "said", text: "two" });
    side.do({ type: "wrote", line: "thr" });
    expect(side.sent).to.deep.equal([]);
    expect(side.conversation.messages.map(({ isSent }) => isSent)).to.deep.equal([false, false]);
    side.do({ type: "online", on: true });
    side.settle();
    expect(side.sent).to.deep.equal([
      { op: "say", text: "one" },
      { op: "say", text: "two" },
      { op: "edit", keep: 0, add: "thr" },
    ]);
    expect(side.conversation.messages.map(({ isSent }) => isSent)).to.deep.equal([true, true]);
  });

  it("keeps its line where too many messages wait", () => {
    const side = ready();
    side.do({ type: "online", on: false });
    for (let count = 0; count < textLimits.waiting; count++) side.do({ type: "said", text: "x" });
    side.do({ type: "wrote", line: "one more" });
    side.do({ type: "said", text: "one more" });
    expect(side.texts.length).to.equal(textLimits.waiting);
    expect(side.conversation.ownLine).to.equal("one more");
  });

  it("counts what is unread until the panel opens", () => {
    const side = ready();
    side.hear({ op: "say", text: "1" });
    side.hear({ op: "say", text: "2" });
    expect(side.conversation.unread).to.equal(2);
    side.do({ type: "seen", on: true });
    side.hear({ op: "say", text: "3" });
    expect(side.conversation.unread).to.equal(0);
  });

  it("shows one gap where texts of the other side are missing, however many", () => {
    const side = ready();
    side.hear({ op: "say", text: "1" }, 3);
    side.hear({ op: "edit", keep: 0, add: "a" }, 1);
    side.hear({ op: "edit", keep: 1, add: "b" }, 500);
    expect(side.texts).to.deep.equal(["", "1", ""]);
  });

  it("leaves a transcript of what was said, without gaps and lines", () => {
    const side = ready();
    side.hear({ op: "say", text: "Hi" }, 2);
    side.do({ type: "said", text: "Hello" });
    side.hear({ op: "edit", keep: 0, add: "I am" });
    expect(transcriptOf(side.conversation)).to.deep.equal([
      { from: "remote", text: "Hi", at: 1000 },
      { from: "local", text: "Hello", at: 1000 },
    ]);
  });
});

describe("hostile text", () => {
  it("is ignored where it is no operation", () => {
    const side = ready();
    const before = side.conversation;
    const bad = [
      "",
      "hello",
      "null",
      "1",
      "[]",
      '{"op":"image"}',
      '{"op":"edit"}',
      "{".repeat(5000),
    ];
    for (const content of bad) side.hear(content);
    for (const keep of [-1, 1.5, "1", null, Infinity]) side.hear({ op: "edit", keep, add: "x" });
    side.hear({ op: "edit", keep: 0, add: { length: 3 } });
    side.hear({ op: "say", text: ["x"] });
    side.hear({ op: "say", text: " \n\u202E " });
    side.hear('{"__proto__":{"op":"say"},"op":"none"}');
    expect(side.conversation).to.deep.equal(before);
  });

  it("leaves at most so many messages, and says that older ones were removed", () => {
    const side = ready();
    side.do({ type: "online", on: false });
    side.do({ type: "said", text: "mine" });
    for (let count = 0; count < 2000; count++) side.hear({ op: "say", text: `${count}` });
    expect(side.conversation.messages.length).to.equal(textLimits.messages);
    expect(side.conversation.isCut).to.equal(true);
    expect(side.texts.at(-1)).to.equal("1999");
    // What waits to be sent is not pushed out.
    expect(side.texts[0]).to.equal("mine");
  });

  it("is bounded, plain and never throws, whatever is in it", () => {
    const operation = fc.oneof(
      fc.record({
        op: fc.constantFrom("edit", "say", "hello", "other"),
        keep: fc.oneof(fc.integer(), fc.double(), fc.constant("1")),
        add: fc.oneof(fc.string({ unit: "binary", maxLength: 3000 }), fc.anything()),
        text: fc.oneof(fc.string({ unit: "binary", maxLength: 3000 }), fc.anything()),
      }),
      fc.json().map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(operation, fc.nat(3)), { maxLength: 30 }), (all) => {
        const side = ready();
        for (const [content, missed] of all) side.hear(JSON.stringify(content), missed);
        const { theirLine, messages } = side.conversation;
        expect(Array.from(theirLine).length).to.be.at.most(textLimits.line);
        for (const { text } of messages) {
          expect(Array.from(text).length).to.be.at.most(textLimits.message);
          expect(/[\p{Cs}\u202A-\u202E\u2066-\u2069\0]/u.test(text)).to.equal(false);
        }
        expect(side.sent).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("two sides", () => {
  it("show the same line and the same messages, whatever is typed", () => {
    const pieces = fc.constantFrom(
      ...[
        "a",
        "b ",
        "\n",
        "é",
        "e\u0301",
        "👍🏽",
        "👩‍👩‍👧",
        "🇩🇪",
        "\u202E",
        "\uD83D",
        "ب",
        "x".repeat(300),
      ],
    );
    const line = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));
    const event: fc.Arbitrary<TextEvent> = fc.oneof(
      line.map((written): TextEvent => ({ type: "wrote", line: written })),
      line.map((text): TextEvent => ({ type: "said", text })),
      fc.boolean().map((on): TextEvent => ({ type: "online", on })),
      fc.constant<TextEvent>({ type: "paused" }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const [one, two] = [ready(), ready()];
        for (const each of events) one.do(each);
        one.do({ type: "online", on: true });
        one.settle();
        for (const operation of one.sent) two.hear(operation);
        expect(two.texts).to.deep.equal(one.texts);
        expect(two.conversation.theirLine).to.equal(one.conversation.sentLine);
        expect(one.conversation.ownLine.startsWith(two.conversation.theirLine)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });
});
