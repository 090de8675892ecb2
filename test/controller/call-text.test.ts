import { expect } from "@open-wc/testing";
import { TextCipher } from "../../src/crypto/text/text-cipher.ts";
import type { TextOperation } from "../../src/call/rules/text.ts";
import { agree } from "../support/agreement.ts";
import { ControlledCall, type Way, ways } from "../support/controlled-call.ts";
import { callId } from "../support/signals.ts";
import { settled } from "../support/virtual-clock.ts";

/** A call with the keys of text, and the other side's cipher. */
class TextCall {
  readonly call = new ControlledCall();
  readonly peer: TextCipher;

  private constructor(own: TextCipher, peer: TextCipher) {
    this.call.ports.textCipher = own;
    this.peer = peer;
  }

  static async in(way: Way, isOpen = true): Promise<TextCall> {
    const { caller } = await agree();
    const { text } = caller.successors;
    const side = new TextCall(
      new TextCipher(text, callId, "initiator"),
      new TextCipher(text, callId, "responder"),
    );
    await ways[way](side.call);
    if (isOpen) await side.open();
    return side;
  }

  get text() {
    return this.call.controller.text!;
  }

  get texts(): string[] {
    return this.text.conversation.messages.map(({ text }) => text);
  }

  async open(): Promise<void> {
    this.call.ports.connection.listener.controlOpened();
    await settled();
  }

  async hear(operation: TextOperation): Promise<void> {
    await this.deliver(await this.peer.seal(JSON.stringify(operation)));
  }

  async deliver(sealed: { readonly n: number; readonly data: string }): Promise<void> {
    this.call.ports.connection.listener.controlReceived(
      JSON.stringify({ type: "text", ...sealed }),
    );
    // Web Crypto works outside of the microtasks.
    await this.until(() => Promise.resolve(true));
  }

  /** Waits until it is so, while Web Crypto works. */
  async until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    for (let turn = 0; turn < 5 || !(await isSo()); turn++) {
      if (turn > 400) throw new Error("It did not become so.");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** What this side has sent so far, sealed. */
  get sealed(): { readonly n: number; readonly data: string }[] {
    const said = this.call.ports.connection.said as { readonly type: string }[];
    return said.filter(({ type }) => type === "text") as never;
  }
}

describe("the text of a call", () => {
  for (const way of ["connected as the caller", "connected as the callee"] as const)
    it(`is announced once the keys are proved and the channel is open: ${way}`, async () => {
      const side = await TextCall.in(way, false);
      expect(side.sealed).to.deep.equal([]);
      await side.open();
      await side.until(() => side.sealed.length === 1);
      const opened = await side.peer.open(side.sealed[0]!);
      expect(opened).to.deep.equal({ text: '{"op":"hello"}', missed: 0 });
    });

  it("is not there with a side that does not announce it", async () => {
    const side = await TextCall.in("connected as the caller");
    expect(side.text.conversation.isPossible).to.equal(false);
    await side.hear({ op: "hello" });
    expect(side.text.conversation.isPossible).to.equal(true);
  });

  it("that comes before the keys is opened with them, in its order", async () => {
    const side = await TextCall.in("connected as the caller", false);
    await side.hear({ op: "hello" });
    await side.hear({ op: "say", text: "first" });
    await side.hear({ op: "say", text: "second" });
    expect(side.texts).to.deep.equal([]);
    await side.open();
    await side.until(() => side.texts.length === 2);
    expect(side.texts).to.deep.equal(["first", "second"]);
  });

  it("is sealed, and sent to nobody else", async () => {
    const side = await TextCall.in("connected as the caller");
    await side.hear({ op: "hello" });
    side.text.sendMessage("my secret words");
    await side.until(() => side.sealed.length === 2);
    const opened = await side.peer.open(side.sealed[1]!);
    expect(opened?.text).to.equal('{"op":"say","text":"my secret words"}');
    const reported = JSON.stringify([side.call.snapshot, side.call.notices, side.sealed]);
    expect(reported).not.to.include("secret words");
  });

  it("that is forged or repeated changes nothing", async () => {
    const side = await TextCall.in("connected as the caller");
    const sealed = await side.peer.seal('{"op":"say","text":"once"}');
    await side.deliver(sealed);
    await side.deliver(sealed);
    await side.deliver({ n: 7, data: sealed.data });
    await side.deliver({ n: 8, data: "AAAA" });
    await side.hear({ op: "say", text: "twice" });
    expect(side.texts).to.deep.equal(["once", "twice"]);
    expect(side.call.errors).to.deep.equal([]);
  });

  it("waits while the path is lost, and is sent once it is back", async () => {
    const side = await TextCall.in("connected as the caller");
    await side.hear({ op: "hello" });
    await side.call.pathIs("disconnected");
    expect(side.call.snapshot.state).to.equal("reconnecting");
    side.text.sendMessage("Are you there?");
    expect(side.text.conversation.messages[0]?.isSent).to.equal(false);
    await side.call.pathIs("connected");
    await side.until(() => side.sealed.length === 2);
    expect(side.text.conversation.messages[0]?.isSent).to.equal(true);
  });

  it("goes on while the call is on hold", async () => {
    const side = await TextCall.in("connected as the caller");
    await side.hear({ op: "hello" });
    await side.call.controller.perform({ type: "hold" });
    side.text.sendMessage("One moment");
    await side.until(() => side.sealed.length === 2);
    expect(side.text.conversation.messages[0]?.isSent).to.equal(true);
  });

  it("is bounded in a flood, and the call goes on", async () => {
    const side = await TextCall.in("connected as the caller");
    const { listener } = side.call.ports.connection;
    for (let count = 0; count < 200; count++) {
      const sealed = await side.peer.seal(`{"op":"say","text":"${count}"}`);
      listener.controlReceived(JSON.stringify({ type: "text", ...sealed }));
    }
    await side.until(() => true);
    expect(side.texts.length).to.be.within(1, 40);
    expect(side.call.snapshot.state).to.equal("connected");
    await side.call.ports.clock.advance(5000);
    await side.hear({ op: "say", text: "after it" });
    await side.until(() => side.texts.at(-1) === "after it");
    // A gap, because most of the flood was dropped.
    expect(side.texts.at(-2)).to.equal("");
  });

  it("ends with the call: handed on once, and forgotten", async () => {
    const side = await TextCall.in("connected as the caller");
    const { text } = side;
    await side.hear({ op: "say", text: "Bye" });
    let changes = 0;
    text.subscribe(() => (changes += 1));
    await side.call.controller.perform({ type: "hang-up" });
    const written = side.call.notices.filter(({ type }) => type === "written");
    expect(written).to.deep.equal([
      {
        type: "written",
        callId: side.call.snapshot.callId,
        messages: [{ from: "remote", text: "Bye", at: side.call.ports.now() }],
      },
    ]);
    expect(text.conversation.messages.length).to.equal(0);
    expect(changes).to.be.greaterThan(0);
    text.sendMessage("too late");
    expect(text.conversation.messages.length).to.equal(0);
    expect(side.call.ports.isAllReleased).to.equal(true);
  });

  it("leaves no notice where nobody wrote", async () => {
    const side = await TextCall.in("connected as the caller");
    await side.call.controller.perform({ type: "hang-up" });
    expect(side.call.notices.some(({ type }) => type === "written")).to.equal(false);
  });
});
