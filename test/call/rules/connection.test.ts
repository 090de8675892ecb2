import { expect } from "@open-wc/testing";
import { inSituation, measurement, say } from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";

describe("the path of a call", () => {
  it("may fail during set-up: the search continues within the time limit", () => {
    for (const situation of [
      "accepted",
      "answering",
      "the caller with keys",
      "the callee with keys",
    ] as const) {
      const script = inSituation(situation);
      script.do(say.path("failed"), say.path("disconnected"));
      expect(script.model.state).to.equal("connecting");
    }
  });

  it("that is lost has thirty seconds to come back", () => {
    for (const path of ["disconnected", "failed"] as const) {
      const script = inSituation("the caller connected");
      expect(script.do(say.path(path))).to.deep.include({
        type: "start-timer",
        name: "reconnect",
        milliseconds: 30_000,
      });
      expect(script.model.state).to.equal("reconnecting");
    }
  });

  it("that gets worse while it is lost does not get more time", () => {
    const script = inSituation("the caller reconnecting");
    expect(
      script.names(say.path("failed"), say.path("disconnected"), say.path("connecting")),
    ).not.to.include("start-timer reconnect");
    expect(script.model.state).to.equal("reconnecting");
  });

  it("that comes back connects the call again and is counted; the moment of connecting stays", () => {
    const script = inSituation("the caller reconnecting");
    const {
      times: { connectedAt },
    } = script.model;
    script.now += 5000;
    expect(script.names(say.path("connected"))).to.include("stop-timer reconnect");
    expect(script.model).to.nested.include({
      state: "connected",
      "reconnection.count": 1,
      "times.connectedAt": connectedAt,
    });
  });

  it("does not connect a call without keys, however good it is", () => {
    for (const situation of ["dialling", "ringing", "incoming", "accepted", "answering"] as const) {
      const script = inSituation(situation);
      script.do(say.path("connected"));
      expect(script.model.state).not.to.equal("connected");
    }
  });
});

describe("a timer that was stopped a moment too late", () => {
  const stale: readonly [Situation, "ring" | "connect" | "reconnect"][] = [
    ["accepted", "ring"],
    ["answering", "ring"],
    ["the caller connected", "ring"],
    ["the caller connected", "connect"],
    ["the callee connected", "connect"],
    ["the caller connected", "reconnect"],
    ["ringing", "connect"],
    ["incoming", "reconnect"],
    ["the caller reconnecting", "connect"],
  ];
  for (const [situation, name] of stale) {
    it(`means nothing: ${name} in the situation ${situation}`, () => {
      const script = inSituation(situation);
      const before = script.model;
      expect(script.do(say.timer(name))).to.deep.equal([]);
      expect(script.model).to.equal(before);
    });
  }
});

describe("the counters of a call", () => {
  it("are kept for two seconds, whatever the length of the call", () => {
    const script = inSituation("the caller connected");
    for (let total = 1; total <= 100; total++)
      script.do(say.measured(measurement({ sealed: total })));
    expect(script.model.protection.measurements.length).to.equal(5);
  });

  it("end the call at once where media went past the cipher", () => {
    for (const counts of [{ left: 4 }, { forged: 4 }, { left: 104, sealed: 100 }]) {
      const script = inSituation("the caller connected");
      expect(script.names(say.measured(measurement(counts)))).to.deep.equal([
        "report",
        "send end",
        "close",
      ]);
      expect(script.model.ending?.problem).to.equal("unprotected");
    }
  });

  it("end the call where what had arrived a second ago is still not opened", () => {
    const script = inSituation("the caller connected");
    const look = say.measured(measurement({ arrived: 4 }));
    expect(script.names(look, look)).to.deep.equal([]);
    expect(script.names(look)).to.deep.equal(["report", "send end", "close"]);
    expect(script.model.ending?.problem).to.equal("unprotected");
  });

  it("end a call that is only being set up as well", () => {
    const script = inSituation("the caller with a path");
    script.do(say.measured(measurement({ left: 4 })));
    expect(script.model.ending?.problem).to.equal("unprotected");
  });
});
