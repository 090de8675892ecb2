import { expect } from "@open-wc/testing";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { Side } from "../support/call-pair.ts";
import { LiveSide } from "../support/live-side.ts";
import { acceptsOf, aMoment, asText } from "../support/attackers.ts";
import { longIt } from "../support/long-it.ts";

/** Two people, one of whom reloads the page: the old page goes silent. */
class Reload {
  caller: Side = new LiveSide();
  readonly callee: LiveSide;
  /** Attacks on the caller's messages in the channel. */
  onTheWay: (message: SignalMessage) => unknown = (message) => message;

  constructor(callee: LiveSide = new LiveSide()) {
    this.callee = callee;
    this.#join(this.caller);
    callee.source.subscribe((notice) => {
      if (notice.type === "signal")
        setTimeout(() => this.caller.source.receive(asText(notice.message), "bob"));
    });
  }

  async connect(): Promise<void> {
    await this.caller.source.perform({ type: "start", media: "audio", to: "bob" });
    await this.callee.untilState("incoming");
    await this.callee.source.perform({ type: "accept", media: "audio" });
    await Promise.all([this.caller, this.callee].map(isRunning));
  }

  /** @returns the page as it is after the load, with what its host had stored. */
  load(): { readonly fresh: Side; readonly last: unknown; readonly old: Side } {
    const old = this.caller;
    const last = asText(old.snapshot);
    this.caller = new Side();
    this.#join(this.caller);
    return { fresh: this.caller, last, old };
  }

  close(): void {
    for (const side of [this.caller, this.callee]) side.source.close();
  }

  #join(side: Side): void {
    side.source.subscribe((notice) => {
      if (notice.type !== "signal" || side !== this.caller) return;
      const message = this.onTheWay(notice.message);
      setTimeout(() => this.callee.source.receive(asText(message), "ann"));
    });
  }
}

const isRunning = (side: Side) =>
  side.until(({ state, protection }) => state === "connected" && protection.since !== null);

describe("a call that its own caller resumes after a reload", () => {
  let call: Reload;
  const olds: Side[] = [];

  beforeEach(async () => {
    call = new Reload();
    await call.connect();
    for (const side of [call.caller, call.callee])
      await side.source.perform({ type: "check-code", match: true });
    await call.callee.until(({ verification }) => verification.remote === true);
    await call.caller.until(({ verification }) => verification.remote === true);
  });

  afterEach(() => {
    call.close();
    for (const old of olds.splice(0)) old.source.close();
  });

  it("goes on without a ring, with its code and what both people said of that", async () => {
    const { securityCode, callId } = call.callee.snapshot;
    const { fresh, last, old } = call.load();
    olds.push(old);
    await fresh.source.perform({ type: "resume-call", last, to: "bob" });
    await call.callee.until((now) => now.callId !== callId && now.protection.since !== null);
    await isRunning(fresh);
    for (const side of [fresh, call.callee]) {
      expect(side.snapshot.securityCode).to.deep.equal(securityCode);
      expect(side.snapshot.verification).to.deep.equal({ local: true, remote: true });
    }
  });

  it("rings where a field of its invitation is changed on the way: the proof is over all of them", async () => {
    const { callId } = call.callee.snapshot;
    const { fresh, last, old } = call.load();
    olds.push(old);
    call.onTheWay = (message) =>
      message.type === "invite" ? { ...message, sentAt: message.sentAt - 1 } : message;
    await fresh.source.perform({ type: "resume-call", last, to: "bob" });
    await call.callee.until(() => call.callee.source.others.length === 1);
    expect(call.callee.snapshot.callId).to.equal(callId);
    expect(acceptsOf(call.callee)).to.equal(1);
  });

  it("ends where somebody else answers it: a verification is not lost silently", async () => {
    const stranger = new Side();
    olds.push(stranger);
    const { fresh, last, old } = call.load();
    olds.push(old);
    fresh.source.subscribe((notice) => {
      if (notice.type === "signal") stranger.source.receive(asText(notice.message), "ann");
    });
    stranger.source.subscribe((notice) => {
      if (notice.type === "signal") fresh.source.receive(asText(notice.message), "bob");
    });
    call.onTheWay = () => ({});
    await fresh.source.perform({ type: "resume-call", last, to: "bob" });
    await stranger.untilState("incoming");
    await stranger.source.perform({ type: "accept", media: "audio" });
    const { ending } = await fresh.untilState("ended");
    expect(ending).to.include({ reason: "failed", problem: "insecure" });
    expect(fresh.snapshot.protection.since).to.equal(null);
  });
});

describe("a call whose end a person has seen", () => {
  longIt(
    "rings when its other side comes back, whatever that proves: no microphone opens by itself",
    async () => {
      const call = new Reload(new LiveSide({ reconnectTimeoutSeconds: 1 }));
      await call.connect();
      const { fresh, last, old } = call.load();
      (old as LiveSide).sight.peer?.close();
      await call.callee.untilState("ended");
      expect(call.callee.snapshot.ending?.problem).to.equal("connection-failed");
      await fresh.source.perform({ type: "resume-call", last, to: "bob" });
      await call.callee.untilState("incoming");
      await aMoment();
      expect(acceptsOf(call.callee)).to.equal(1);
      expect(call.callee.snapshot.local.microphone.state).to.equal("off");
      expect(call.callee.snapshot.state).to.equal("incoming");
      call.close();
      old.source.close();
    },
  );
});
