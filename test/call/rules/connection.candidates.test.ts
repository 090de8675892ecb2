import { expect } from "@open-wc/testing";
import { inSituation, say } from "../../support/call-script.ts";
import { candidate, samples, signal } from "../../support/signals.ts";

describe("the candidates of a call that is set up", () => {
  it("of the caller do not leave before the callee has accepted", () => {
    const call = inSituation("ringing");
    expect(call.do(say.found(3), say.found(1), say.found(0, true))).to.deep.equal([]);
    const effects = call.do(say.signal(signal("accept", { seq: 1 })));
    expect(effects.filter(({ type }) => type === "send")).to.deep.equal([
      {
        type: "send",
        seq: 1,
        body: { type: "candidates", candidates: Array(4).fill(candidate), end: true },
      },
    ]);
    expect(call.model.candidates.held).to.deep.equal([]);
  });

  it("of the callee do not leave before its accept", () => {
    const call = inSituation("answering");
    expect(call.do(say.found(1, true))).to.deep.equal([]);
    expect(call.names(say.answerReady())).to.deep.equal(["send accept", "send candidates"]);
  });

  it("never leave where the call ends before it is accepted", () => {
    const call = inSituation("ringing");
    call.do(say.found(5, true), { type: "hang-up" });
    expect(
      call.effects.some((effect) => effect.type === "send" && effect.body.type === "candidates"),
    ).to.equal(false);
    expect(call.model.candidates.held).to.deep.equal([]);
  });

  it("leave sixteen in a message, the end with the last", () => {
    const call = inSituation("the caller with keys");
    const bodies = call
      .do(say.found(40, true))
      .flatMap((effect) => (effect.type === "send" ? [effect.body] : []));
    expect(
      bodies.map((body) =>
        body.type === "candidates" ? [body.candidates.length, body.end] : null,
      ),
    ).to.deep.equal([
      [16, undefined],
      [16, undefined],
      [8, true],
    ]);
  });

  it("of the callee that overtake its accept are added after it", () => {
    const call = inSituation("ringing");
    expect(
      call.do(
        say.signal(signal("candidates", { seq: 2 })),
        say.signal(signal("candidates", { seq: 3 })),
      ),
    ).to.deep.equal([]);
    const effects = call.do(say.signal(signal("accept", { seq: 1 })));
    const added = effects.findIndex(({ type }) => type === "add-candidates");
    expect(added).to.be.greaterThan(effects.findIndex(({ type }) => type === "apply-answer"));
    expect(effects[added]).to.deep.equal({
      type: "add-candidates",
      candidates: [...samples.candidates.candidates, ...samples.candidates.candidates],
    });
    expect(call.model.candidates.early).to.deep.equal([]);
  });

  it("of a callee that sends without end are kept up to a limit", () => {
    const call = inSituation("ringing");
    for (let seq = 1; seq < 200; seq++) call.do(say.signal(signal("candidates", { seq })));
    expect(call.model.candidates.early.length).to.equal(64);
  });
});
