import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import { maxRestarts } from "../../../src/call/rules/reconnection.ts";
import type { SignalCandidate } from "../../../src/signalling/messages.ts";
import { inSituation, measurement, say, startedAt } from "../../support/call-script.ts";
import type { CallScript } from "../../support/call-script.ts";
import { candidate, description, signal } from "../../support/signals.ts";

const restart = (attempt: number, seq = 10 + attempt) =>
  say.signal(signal("restart", { attempt, seq }));
/** The callee's: without an offer. */
const asking = (attempt: number) => {
  const { offer: _, ...message } = signal("restart", { attempt, seq: 10 + attempt });
  return say.signal(message);
};
const restartAnswer = (attempt: number, seq = 40 + attempt) =>
  say.signal(signal("restart-answer", { attempt, seq }));
const networkChanged = { type: "network-changed" } as const;

/** A call that is connected, its data channel open. */
function connected(side: "caller" | "callee"): CallScript {
  const script = inSituation(`the ${side} connected`);
  script.do({ type: "control-opened" });
  return script;
}

describe("the other side's page that goes away", () => {
  const away = { type: "control", message: { type: "away" } } as const;
  const media = { microphone: true, camera: false, screen: false } as const;

  it("is waited for at once, and nobody is asked for a path", () => {
    for (const word of [away, say.signal(signal("away", { seq: 20 }))]) {
      const script = connected("callee");
      expect(script.names(word)).to.deep.equal(["start-timer reconnect"]);
      expect(script.model.state).to.equal("reconnecting");
      // It comes by both channels.
      expect(script.names(away, say.signal(signal("away", { seq: 21 })))).to.deep.equal([]);
    }
  });

  it("has left the call where it does not come back: nothing has failed", () => {
    const script = connected("callee");
    script.do(away, say.path("failed"));
    expect(script.names(say.timer("reconnect"))).to.deep.equal(["send end", "close"]);
    expect(script.model.ending).to.deep.equal({ reason: "hung-up", by: "remote", problem: null });
    expect(script.model.record?.outcome).to.equal("completed");
  });

  it("is back with the next word of it, and with a path that is found anew", () => {
    const script = connected("callee");
    script.do(away);
    script.do({ type: "control", message: { type: "media", ...media } });
    expect(script.model.state).to.equal("connected");
    script.do(away, say.path("failed"), say.path("connected"), say.path("failed"));
    script.do(say.timer("reconnect"));
    expect(script.model.ending?.problem).to.equal("connection-failed");
  });

  it("is back where sound goes on to arrive, without another word", () => {
    const script = connected("callee");
    script.do(away);
    let arrived = 100;
    const look = () => {
      script.now += 500;
      arrived += 25;
      script.do(
        say.measured(measurement({ left: arrived, arrived, sealed: arrived, opened: arrived })),
      );
      return script.model.state;
    };
    // What was on its way.
    for (let looks = 0; looks < 5; looks++) expect(look()).to.equal("reconnecting");
    expect(look()).to.equal("connected");
  });

  it("is of no consequence before the call is connected", () => {
    const script = inSituation("the caller with keys");
    expect(script.names(away)).to.deep.equal([]);
  });
});

describe("this side's page that goes away", () => {
  const leave = (canResume: boolean) => ({ type: "leave", canResume }) as const;

  it("says by both channels that it may come back, and goes on where it does not go", () => {
    for (const side of ["caller", "callee"] as const) {
      const script = connected(side);
      expect(script.names(leave(true))).to.deep.equal(["send-control", "send away"]);
      expect(script.model.state).to.equal("connected");
      expect(script.names({ type: "stay" })).to.deep.equal(["send-control"]);
    }
  });

  it("says goodbye where nothing could be taken up again", () => {
    for (const [situation, reason] of [
      ["inviting", "cancelled"],
      ["ringing", "cancelled"],
      ["answering", "cancelled"],
      ["the caller connected", "hung-up"],
      ["the callee reconnecting", "hung-up"],
    ] as const) {
      const script = inSituation(situation);
      script.do(leave(situation === "ringing"));
      expect(script.model.ending, situation).to.include({ reason, by: "local" });
    }
  });

  it("leaves what rings here: the person may have another page, and this one may be loaded anew", () => {
    const script = inSituation("incoming");
    expect(script.names(leave(false))).to.deep.equal([]);
    expect(script.model.state).to.equal("incoming");
  });
});

describe("a request for a new path with a forged number", () => {
  for (const side of ["caller", "callee"] as const) {
    for (const attempt of [maxRestarts + 1, 1_000_000, 0x7fff_ffff]) {
      it(`hides none of the honest requests that follow, over either channel: ${attempt}, at the ${side}`, () => {
        const script = connected(side);
        const request = side === "caller" ? asking : restart;
        const effect = side === "caller" ? "restart-path" : "answer-restart";
        const overData = signal("restart", { attempt });
        script.do(side === "caller" ? asking(attempt) : restart(attempt));
        script.do({
          type: "control",
          message: {
            ...{ type: "restart", attempt },
            ...(side === "callee" && { offer: overData.offer }),
          },
        });
        expect(script.model.reconnection.receivedAttempt).to.equal(0);
        expect(script.names(request(1))).to.include(effect);
      });
    }
  }
});

describe("a path that is lost", () => {
  it("is awaited for a second, and then a restart is requested", () => {
    const script = connected("caller");
    expect(script.names(say.path("disconnected"))).to.deep.equal([
      "start-timer reconnect",
      "start-timer restart",
    ]);
    expect(script.model.reconnection.current).to.deep.equal({
      since: startedAt,
      until: startedAt + 30_000,
      attempts: 0,
      trying: "wait",
    });
    expect(script.names(say.timer("restart"))).to.deep.equal([
      "restart-path",
      "start-timer restart",
    ]);
    expect(script.model.reconnection.current).to.include({ attempts: 1, trying: "ask" });
  });

  it("is not waited for where the transport has given up", () => {
    const script = connected("caller");
    expect(script.names(say.path("failed"))).to.deep.equal([
      "start-timer reconnect",
      "restart-path",
      "start-timer restart",
    ]);
  });

  it("is asked for over the data channel and the host's channel at the same time", () => {
    const script = connected("caller");
    script.do(say.path("failed"));
    expect(script.names(say.restartReady(1))).to.deep.equal(["send-control", "send restart"]);
  });

  it("is asked for over the host's channel alone where no data channel was opened", () => {
    const script = inSituation("the caller connected");
    script.do(say.path("failed"));
    expect(script.names(say.restartReady(1))).to.deep.equal(["send restart"]);
  });

  it("is asked for again every two seconds, with a new number, fifteen times and no more", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"));
    const effects = Array.from({ length: 20 }, () => script.do(say.timer("restart"))).flat();
    const attempts = effects.flatMap((effect) =>
      effect.type === "restart-path" ? [effect.attempt] : [],
    );
    expect(attempts).to.deep.equal(Array.from({ length: maxRestarts }, (_, index) => index + 1));
  });

  it("has the caller's proof sent once more, with the new path and once it is there", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"), say.restartReady(1));
    const proofs = (effects: readonly CallEffect[]) =>
      effects.flatMap((effect) => {
        if (effect.type === "send") return [effect.body.type];
        return effect.type === "send-control" ? [`${effect.message.type} directly`] : [];
      });
    expect(proofs(script.do(restartAnswer(1)))).to.deep.equal(["confirm directly", "confirm"]);
    expect(proofs(script.do(say.path("connected")))).to.deep.equal(["confirm directly"]);
  });

  it("ends the wait, and is counted, once it is back", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"));
    expect(script.names(say.path("connecting"), say.path("connected"))).to.deep.equal([
      "stop-timer reconnect",
      "stop-timer restart",
    ]);
    expect(script.model).to.nested.include({
      state: "connected",
      "reconnection.current": null,
      "reconnection.count": 1,
    });
  });

  it("ends the call when it does not come back within the time that the host gives it", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("reconnect"));
    expect(script.model.state).to.equal("ended");
    expect(script.model.ending?.problem).to.equal("connection-failed");
    expect(script.model.reconnection.current).to.equal(null);
  });

  it("is never asked for from a side that would not understand it", () => {
    const script = connected("caller");
    script.model = {
      ...script.model,
      reconnection: { ...script.model.reconnection, canRestart: false },
    };
    expect(script.names(say.path("failed"), say.timer("restart"), networkChanged)).to.deep.equal([
      "start-timer reconnect",
    ]);
  });
});

describe("another network", () => {
  it("restarts ICE at once, silently while the old path works", () => {
    const script = connected("caller");
    expect(script.names(networkChanged)).to.deep.equal(["restart-path"]);
    expect(script.model).to.nested.include({ state: "connected", "reconnection.current": null });
  });

  it("is one change, however many signs of it come", () => {
    const script = connected("caller");
    expect(script.names(networkChanged, networkChanged, networkChanged)).to.deep.equal([
      "restart-path",
    ]);
    script.now += 1000;
    expect(script.names(networkChanged)).to.deep.equal(["restart-path"]);
  });

  it("means nothing to a call that rings here: it has no connection yet", () => {
    const script = inSituation("incoming");
    expect(script.names(networkChanged)).to.deep.equal([]);
    expect(script.names({ type: "accept", media: "audio" }, say.answerReady())).not.to.include(
      "send restart",
    );
  });
});

describe("a call that is set up, when a network changes or the path fails", () => {
  const signs = {
    "network-changed": networkChanged,
    disconnected: say.path("disconnected"),
    failed: say.path("failed"),
  };

  for (const [name, sign] of Object.entries(signs)) {
    it(`looks for a new path in the same way as one that is connected: ${name}`, () => {
      const caller = inSituation("the caller with keys");
      expect(caller.names(sign)).to.deep.equal(["restart-path", "start-timer restart"]);
      expect(caller.names(say.restartReady(1), restartAnswer(1))).to.deep.equal([
        "send restart",
        "apply-restart-answer",
        "start-timer restart",
      ]);
      const callee = inSituation("the callee with keys");
      expect(callee.names(sign)).to.deep.equal(["send restart", "start-timer restart"]);
      expect(callee.names(restart(1), say.restartAnswerReady(1))).to.deep.equal([
        "answer-restart",
        "start-timer restart",
        "send restart-answer",
      ]);
      for (const { model } of [caller, callee])
        expect(model).to.nested.include({ state: "connecting", "reconnection.current": null });
    });

    it(`waits for its answer before it asks, and then asks once: ${name}`, () => {
      const caller = inSituation("accepted");
      expect(caller.names(sign, sign)).to.deep.equal([]);
      expect(caller.names(say.answerVerified)).to.deep.equal([
        "send confirm",
        "restart-path",
        "start-timer restart",
      ]);
      const callee = inSituation("answering");
      expect(callee.names(sign, sign)).to.deep.equal([]);
      expect(callee.names(say.answerReady())).to.deep.equal([
        "send accept",
        "send restart",
        "start-timer restart",
      ]);
    });
  }

  it("says nothing of it while it rings there: no address leaves before the callee accepts", () => {
    for (const situation of ["inviting", "ringing"] as const) {
      const script = inSituation(situation);
      expect(
        script.names(networkChanged, asking(1), say.restartReady(1), say.found()),
      ).to.deep.equal([]);
      script.do(say.signal(signal("accept", { seq: 1 })));
      expect(script.names(say.answerVerified)).to.deep.equal([
        "send confirm",
        "restart-path",
        "start-timer restart",
      ]);
    }
  });

  it("is asked by a callee whose word overtakes its accept: the offer follows, once", () => {
    const script = inSituation("ringing");
    expect(script.names(asking(1))).to.deep.equal([]);
    script.do(say.signal(signal("accept", { seq: 1 })));
    expect(script.names(asking(1), say.answerVerified)).to.deep.equal([
      "send confirm",
      "restart-path",
      "start-timer restart",
    ]);
  });

  it("answers no offer before it has described itself", () => {
    expect(inSituation("answering").names(restart(1))).to.deep.equal([]);
    expect(inSituation("incoming").names(restart(1))).to.deep.equal([]);
  });

  it("tries again, with more patience but never later than Firefox waits, fifteen times and no more", () => {
    const script = inSituation("the caller with keys");
    script.do(networkChanged);
    const effects = Array.from({ length: 20 }, () => script.do(say.timer("restart"))).flat();
    expect(effects.filter(({ type }) => type === "restart-path").length).to.equal(maxRestarts - 1);
    const waits = effects.flatMap((effect) =>
      effect.type === "start-timer" ? [effect.milliseconds] : [],
    );
    expect(waits.slice(0, 3)).to.deep.equal([3000, 4000, 4000]);
  });

  it("leaves further failures to the next try, which makes the one before it worthless", () => {
    const script = inSituation("the caller with keys");
    script.do(say.path("failed"), say.restartReady(1));
    expect(script.names(say.path("connecting"), say.path("failed"))).to.deep.equal([]);
  });

  it("keeps its time limit as a whole, and agrees on no keys anew", () => {
    const script = inSituation("the caller with keys");
    const names = script.names(
      networkChanged,
      say.restartReady(1),
      restartAnswer(1),
      say.timer("restart"),
    );
    expect(names).not.to.include("start-timer connect");
    expect(names).not.to.include("send confirm");
    script.do(say.timer("connect"));
    expect(script.model.ending?.problem).to.equal("timed-out");
  });

  it("stops trying once it is connected, and counts no reconnection", () => {
    const script = inSituation("the caller with keys");
    script.do(networkChanged, say.restartReady(1));
    expect(script.names(say.path("connected"))).to.deep.equal([
      "stop-timer connect",
      "stop-timer stuck",
      "stop-timer restart",
    ]);
    expect(script.model).to.nested.include({ state: "connected", "reconnection.count": 0 });
    expect(script.names(restartAnswer(1), say.timer("restart"))).to.deep.equal([
      "apply-restart-answer",
    ]);
  });

  it("requests no restart in a call of another protocol", () => {
    const script = inSituation("the caller with keys");
    script.model = {
      ...script.model,
      candidates: { ...script.model.candidates, isTrickling: false },
    };
    expect(
      script.names(networkChanged, say.path("failed"), asking(1), say.timer("restart")),
    ).to.deep.equal([]);
  });
});

describe("the callee, who makes no offer of a new path", () => {
  it("asks the caller for one, over both channels", () => {
    const script = connected("callee");
    const asked = script.do(say.path("failed"));
    const message = { type: "restart", attempt: 1 };
    expect(
      asked.filter((effect) => effect.type === "send-control").map((effect) => effect.message),
    ).to.deep.equal([message]);
    expect(
      asked.filter((effect) => effect.type === "send").map((effect) => effect.body),
    ).to.deep.equal([message]);
    expect(script.model).to.nested.include({ "reconnection.isPending": true });
  });

  it("answers the caller's once, though it comes over both channels", () => {
    const script = connected("callee");
    const control = {
      type: "control",
      message: { type: "restart", attempt: 1, offer: description() },
    } as const;
    expect(script.names(control, restart(1))).to.deep.equal(["answer-restart"]);
    expect(script.names(say.restartAnswerReady(1))).to.deep.equal([
      "send-control",
      "send restart-answer",
    ]);
  });

  it("answers one that crosses its own asking", () => {
    const script = connected("callee");
    script.do(say.path("failed"));
    expect(script.names(restart(1))).to.deep.equal(["answer-restart", "start-timer restart"]);
    expect(script.model).to.nested.include({ "reconnection.isPending": false });
  });

  it("does not answer one when a newer one was taken", () => {
    const script = connected("callee");
    expect(script.names(restart(2), restart(1))).to.deep.equal(["answer-restart"]);
    expect(script.names(say.restartAnswerReady(1))).to.deep.equal([]);
  });

  it("answers nothing that is no offer", () => {
    expect(connected("callee").names(asking(1))).to.deep.equal([]);
  });
});

describe("the caller, who is asked for an offer of a new path", () => {
  it("makes one, though it is asked over both channels", () => {
    const script = connected("caller");
    const control = { type: "control", message: { type: "restart", attempt: 1 } } as const;
    expect(script.names(control, asking(1))).to.deep.equal(["restart-path"]);
    expect(script.names(say.restartReady(1))).to.deep.equal(["send-control", "send restart"]);
    expect(script.names(restartAnswer(1))).to.deep.equal(["apply-restart-answer"]);
  });

  it("makes an offer during its own search, as one of its attempts", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"));
    expect(script.names(asking(1))).to.deep.equal(["restart-path", "start-timer restart"]);
    expect(script.model.reconnection.current).to.include({ attempts: 1, trying: "ask" });
  });

  it("makes none where its own of a moment ago serves both", () => {
    const script = connected("caller");
    script.do(networkChanged, say.restartReady(1));
    expect(script.names(asking(1))).to.deep.equal([]);
    expect(script.names(restartAnswer(1), asking(2))).to.deep.equal(["apply-restart-answer"]);
  });

  it("makes another where its own was lost", () => {
    const script = connected("caller");
    script.do(networkChanged, say.restartReady(1));
    script.now += 2000;
    expect(script.names(asking(1))).to.deep.equal(["restart-path"]);
    expect(script.names(restartAnswer(1))).to.deep.equal([]);
    expect(script.names(restartAnswer(2))).to.deep.equal(["apply-restart-answer"]);
  });

  it("never takes an offer: the engine would have to take its own back", () => {
    const script = connected("caller");
    expect(script.names(restart(1))).to.deep.equal(["restart-path"]);
  });
});

describe("the answer to an offer of a new path", () => {
  it("counts once, for the last offer only", () => {
    const script = connected("caller");
    script.do(
      say.path("disconnected"),
      say.timer("restart"),
      say.restartReady(1),
      say.timer("restart"),
      say.restartReady(2),
    );
    expect(script.names(restartAnswer(1))).to.deep.equal([]);
    expect(script.names(restartAnswer(2), restartAnswer(2, 60))).to.deep.equal([
      "apply-restart-answer",
      "start-timer restart",
    ]);
  });

  it("that the engine refuses changes nothing but is reported", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"));
    expect(script.do({ type: "restart-failed", code: "insecure" })).to.deep.equal([
      { type: "report", code: "insecure" },
    ]);
    expect(script.model.state).to.equal("reconnecting");
  });
});

describe("candidates of a new path", () => {
  it("go over both channels", () => {
    const script = connected("caller");
    expect(script.names(say.found())).to.deep.equal(["send candidates"]);
    script.do(networkChanged);
    expect(script.names(say.found())).to.deep.equal(["send-control", "send candidates"]);
  });

  it("are taken from the data channel", () => {
    const script = connected("callee");
    const control = {
      type: "control",
      message: { type: "candidates", candidates: [candidate] as SignalCandidate[] },
    } as const;
    expect(script.names(control)).to.deep.equal(["add-candidates"]);
  });
});

describe("a silence in a call whose transport says that it is connected", () => {
  const arrived = (count: number) =>
    say.measured(measurement({ left: count, sealed: count, arrived: count, opened: count }));
  const speaking = (side: "caller" | "callee", microphone = true) => {
    const script = connected(side);
    script.do(
      { type: "control", message: { type: "media", microphone, camera: false, screen: false } },
      arrived(50),
    );
    script.now += 10_000;
    return script;
  };

  it("counts as a lost path after a second: a restart is requested silently", () => {
    const script = speaking("caller");
    expect(script.names(arrived(75), arrived(75))).to.deep.equal([]);
    expect(script.names(arrived(75))).to.deep.equal(["restart-path"]);
    expect(script.model).to.nested.include({ state: "connected", "reconnection.current": null });
  });

  it("is no lost path where the other side's microphone is off", () => {
    expect(
      speaking("caller", false).names(arrived(75), arrived(75), arrived(75), arrived(75)),
    ).to.deep.equal([]);
  });

  it("is none before anything has arrived", () => {
    const script = connected("caller");
    script.do({
      type: "control",
      message: { type: "media", microphone: true, camera: false, screen: false },
    });
    script.now += 10_000;
    expect(script.names(arrived(0), arrived(0), arrived(0), arrived(0))).to.deep.equal([]);
  });

  it("has another path that is still awaited asked for again: its search is not given up while the old one serves", () => {
    const looks = (side: "caller" | "callee", searching: boolean) => {
      const script = connected(side);
      script.do(networkChanged);
      let count = 0;
      const look = () => {
        script.now += 500;
        count += 25;
        const moving = { left: count, sealed: count, arrived: count, opened: count };
        return script
          .names(say.measured(measurement(moving, false, searching)))
          .filter((name) => name !== "start-timer restart");
      };
      return Array.from({ length: 9 }, look).map((names) => names.join());
    };
    const again = ["", "", "", "restart-path", "", "", "", "restart-path", ""];
    expect(looks("caller", true)).to.deep.equal(again);
    expect(new Set(looks("caller", false))).to.deep.equal(new Set([""]));
    // Only the caller offers.
    expect(new Set(looks("callee", true))).to.deep.equal(new Set([""]));
  });

  it("has the path asked for once more when the old one is back, however long ago the last attempt was: the other side may give up", () => {
    const names = (side: "caller" | "callee", searching: boolean, after: number) => {
      const script = connected(side);
      script.do(say.path("disconnected"), say.timer("restart"));
      const moving = { left: 1, sealed: 1, arrived: 1, opened: 1 };
      script.do(say.measured(measurement(moving, false, searching)));
      script.now += after;
      return script
        .names(say.path("connected"))
        .filter((name) => /restart-path|restart$/.test(name));
    };
    expect(names("caller", true, 3900)).to.deep.equal(["stop-timer restart", "restart-path"]);
    expect(names("caller", true, 900)).to.deep.equal(["stop-timer restart"]);
    expect(names("caller", false, 3900)).to.deep.equal(["stop-timer restart"]);
    expect(names("callee", true, 3900)).to.deep.equal(["stop-timer restart"]);
  });

  it("is asked about every second, then ever more slowly for a minute, and again in the next one", () => {
    const script = speaking("callee");
    const silence = () => {
      const since = script.now;
      const asked: number[] = [];
      for (let look = 0; look < 400; look++) {
        script.now += 500;
        if (script.names(arrived(75)).includes("send restart"))
          asked.push((script.now - since) / 1000);
      }
      return asked.map((at, index) => at - (asked[index - 1] ?? at));
    };
    const pauses = [0, 1, 1, 1, 1, 2, 4, 8, 16, 32];
    expect(silence()).to.deep.equal(pauses);
    script.do(arrived(80), arrived(90));
    script.do(arrived(75));
    expect(silence()).to.deep.equal(pauses);
  });
});
