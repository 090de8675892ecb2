import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { CallEffect } from "../../../src/call/events.ts";
import type { CallModel } from "../../../src/call/state/model.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { transition } from "../../../src/call/rules/transition.ts";
import { allEvents } from "../../support/call-events.ts";
import { CallScript, inSituation, say, situationNames } from "../../support/call-script.ts";
import { candidate, otherCallId, signal, signalTypes } from "../../support/signals.ts";

/** Checks the invariants of every call. */
function expectWellFormed(
  model: CallModel,
  before: CallModel,
  effects: readonly CallEffect[],
): void {
  const { state } = model;
  const hasEnded = state === "ended";
  expect([
    model.record !== null,
    model.ending !== null,
    model.times.endedAt !== null,
  ]).to.deep.equal([hasEnded, hasEnded, hasEnded]);
  expect(model.record?.callId ?? model.identity.callId).to.equal(model.identity.callId);
  expect(model.identity.callId === "").to.equal(state === "idle");
  expect(model.times.startedAt === null).to.equal(state === "idle");
  if (state === "connected" || state === "reconnecting") {
    expect(model.times.connectedAt).not.to.equal(null);
    expect(model.keys.isAgreed).to.equal(true);
  }
  if (state === "incoming") expect(model.exchange.receivedInvite).not.to.equal(null);
  if (hasEnded) {
    expect([
      model.exchange.receivedInvite,
      model.exchange.preparedInvite,
      model.keys.earlyConfirm,
    ]).to.deep.equal([null, null, null]);
    expect([model.candidates.held, model.candidates.early]).to.deep.equal([[], []]);
  }

  const sent = effects.flatMap((effect) => (effect.type === "send" ? [effect] : []));
  expect(sent.map(({ seq }) => seq)).to.deep.equal(
    sent.map((_, at) => before.exchange.nextSeq + at),
  );
  expect(model.exchange.nextSeq).to.equal(before.exchange.nextSeq + sent.length);
  // No candidate of this side leaves before the callee has accepted.
  if (sent.some(({ body }) => body.type === "candidates")) {
    expect(model.candidates.isTrickling).to.equal(true);
    expect(["connecting", "connected", "reconnecting"]).to.include(state);
  }
  // The end of a call's life is asked for once, by the step that ends it, as the last thing.
  const closings = effects.filter(({ type }) => type === "close");
  expect(closings.length).to.equal(hasEnded && before.state !== "ended" ? 1 : 0);
  if (closings.length > 0) expect(effects.at(-1)).to.equal(closings[0]);
  expect(toSnapshot(model).state).to.equal(state);
}

describe("a call, whatever happens to it", () => {
  for (const situation of situationNames) {
    it(`stays well-formed after any event: ${situation}`, () => {
      for (const event of allEvents) {
        const script = inSituation(situation);
        const before = script.model;
        const effects = script.do(event);
        expectWellFormed(script.model, before, effects);
      }
    });
  }

  it("stays well-formed after any events in any order", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...situationNames),
        fc.array(fc.constantFrom(...allEvents), { maxLength: 40 }),
        (situation, events) => {
          const script = inSituation(situation);
          for (const event of events) {
            const before = script.model;
            script.now += 100;
            const effects = script.do(event);
            expectWellFormed(script.model, before, effects);
          }
        },
      ),
      { numRuns: 1500, includeErrorInReport: true },
    );
  });

  it("gives the same step for the same call, event and time", () => {
    for (const situation of situationNames) {
      const { model } = inSituation(situation);
      for (const event of allEvents)
        expect(transition(model, event, 5)).to.deep.equal(transition(model, event, 5));
    }
  });

  it("stays as it is once it has ended", () => {
    const { model } = inSituation("ended");
    for (const event of allEvents) {
      const [next, effects] = transition(model, event, 2_000_000);
      expect(next === model).to.equal(true);
      expect(effects).to.deep.equal([]);
    }
  });

  it("does not begin by anything but dialling and an invitation", () => {
    const begins = allEvents.filter((event) => {
      const script = new CallScript();
      return script.do(event).length > 0 || script.model.state !== "idle";
    });
    const names = begins.map((event) =>
      event.type === "signal" ? event.message.type : event.type,
    );
    expect([...new Set(names)]).to.have.members(["start", "invite"]);
  });
});

describe("a message of the other side", () => {
  it("means nothing the second time, whatever it says by then", () => {
    for (const situation of situationNames.filter((name) => name !== "idle")) {
      for (const type of signalTypes) {
        const script = inSituation(situation);
        script.do(say.signal(signal("restart", { seq: 50 })));
        const before = script.model;
        expect(script.do(say.signal(signal(type, { seq: 50 })))).to.deep.equal([]);
        expect(script.model).to.equal(before);
      }
    }
  });

  it("means nothing in another call", () => {
    for (const situation of situationNames.filter((name) => name !== "idle")) {
      for (const type of signalTypes) {
        const script = inSituation(situation);
        const before = script.model;
        expect(script.do(say.signal(signal(type, { callId: otherCallId, seq: 99 })))).to.deep.equal(
          [],
        );
        expect(script.model).to.equal(before);
      }
    }
  });

  it("is remembered by its number for the last 256 of them, so that a call does not grow with what it is sent", () => {
    const script = inSituation("the caller connected");
    for (let seq = 100; seq < 1100; seq++) script.do(say.signal(signal("restart", { seq })));
    expect(script.model.exchange.received.length).to.equal(256);
    expect(script.do(say.signal(signal("end", { seq: 1099 })))).to.deep.equal([]);
  });

  it("is ascribed to another device of the same person where an accepted call is declined", () => {
    for (const reason of ["declined", "busy", "unanswered", "answered-elsewhere"] as const) {
      for (const situation of [
        "accepted",
        "the caller connected",
        "the caller reconnecting",
      ] as const) {
        const script = inSituation(situation);
        const { state } = script.model;
        expect(script.do(say.signal(signal("end", { seq: 99, reason })))).to.deep.equal([]);
        expect(script.model.state).to.equal(state);
      }
    }
  });

  it("is not an answer where there was no question", () => {
    for (const situation of [
      "incoming",
      "answering",
      "the callee connected",
      "dialling",
    ] as const) {
      const script = inSituation(situation);
      const { state } = script.model;
      const effects = script.do(
        say.signal(signal("accept", { seq: 20 })),
        say.signal(signal("ringing", { seq: 21 })),
      );
      expect([script.model.state, effects]).to.deep.equal([state, []]);
    }
  });

  it("accepts a call once: a second accept with another number changes nothing", () => {
    for (const situation of ["accepted", "the caller with keys", "the caller connected"] as const) {
      const script = inSituation(situation);
      expect(script.do(say.signal(signal("accept", { seq: 30 })))).to.deep.equal([]);
    }
  });

  it("cannot make a call that is already connected ring again", () => {
    const script = inSituation("the caller connected");
    expect(
      script.do(
        say.signal(signal("ringing", { seq: 30 })),
        say.signal(signal("invite", { seq: 31 })),
      ),
    ).to.deep.equal([]);
    expect(script.model.state).to.equal("connected");
  });

  it("of the caller's is not confirmed by somebody who claims to be the callee", () => {
    const script = inSituation("the caller with keys");
    expect(script.do(say.signal(signal("confirm", { seq: 30 })))).to.deep.equal([]);
  });

  it("carries candidates that are added for as long as the call lasts", () => {
    for (const situation of [
      "accepted",
      "answering",
      "the caller connected",
      "the callee reconnecting",
    ] as const) {
      const script = inSituation(situation);
      const effects = script.do(
        say.signal(signal("candidates", { seq: 30, candidates: [candidate] })),
      );
      // A sign of life, while it connects.
      expect(effects.filter(({ type }) => type !== "start-timer")).to.deep.equal([
        { type: "add-candidates", candidates: [candidate] },
      ]);
      expect(
        script
          .names(say.signal(signal("candidates", { seq: 31, candidates: [], end: true })))
          .filter((name) => name !== "start-timer connect"),
      ).to.deep.equal([]);
    }
  });

  it("tells on the data channel what the other side's devices do", () => {
    const script = inSituation("the caller connected");
    expect(script.model.remote.known).to.equal(false);
    script.do({
      type: "control",
      message: { type: "media", microphone: true, camera: false, screen: false },
    });
    expect(script.model.remote).to.deep.equal({
      known: true,
      microphone: true,
      camera: false,
      screen: false,
    });
  });
});
