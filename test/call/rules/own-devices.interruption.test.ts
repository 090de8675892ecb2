import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import { askAgainMilliseconds } from "../../../src/call/rules/own-devices.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { inSituation, interrupted, off, on, say, starting } from "../../support/call-script.ts";

const timer = say.timer("interruption");
const waits = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) => (effect.type === "start-timer" ? [effect.milliseconds] : []));
const asks = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) =>
    effect.type === "reopen-device" ? [`${effect.device}${effect.mayPrompt ? "?" : ""}`] : [],
  );
const reported = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) => (effect.type === "send-control" ? [effect.message] : []));

/** A connected call with both devices on. */
function running() {
  const script = inSituation("the caller connected");
  script.do({ type: "control-opened" }, say.device("camera", on));
  return script;
}

describe("a device that the system takes", () => {
  it("is a state of its own, still wanted, and reported to the other side: old kits read that it is off", () => {
    const script = running();
    expect(reported(script.do(say.device("microphone", interrupted)))).to.deep.equal([
      {
        ...{ type: "media", microphone: false, camera: true, screen: false },
        interrupted: ["microphone"],
      },
    ]);
    expect(script.model.devices.wanted.microphone).to.equal(true);
    expect(toSnapshot(script.model).local.microphone).to.deep.equal(interrupted);
    expect(script.names(say.device("microphone", interrupted))).not.to.include("report");
    expect(reported(script.do(say.device("microphone", on)))).to.deep.equal([
      { type: "media", microphone: true, camera: true, screen: false },
    ]);
  });

  it("is waited for, and asked for again a few times without a prompt, one wait after another", () => {
    const script = running();
    expect(waits(script.do(say.device("microphone", interrupted)))).to.deep.equal([
      askAgainMilliseconds[0],
    ]);
    // The second one that is taken waits with the first.
    expect(waits(script.do(say.device("camera", interrupted)))).to.deep.equal([]);
    const asked = askAgainMilliseconds.map(() => {
      const effects = script.do(timer);
      return [asks(effects), waits(effects)];
    });
    const both = ["microphone", "camera"];
    expect(asked).to.deep.equal([
      [both, [askAgainMilliseconds[1]]],
      [both, [askAgainMilliseconds[2]]],
      [both, []],
    ]);
  });

  it("is asked for at once, anew, when the page is seen: somebody is there who may answer", () => {
    const script = running();
    script.do(say.device("camera", interrupted), timer, timer, timer);
    const effects = script.do({ type: "seen" });
    expect([asks(effects), waits(effects)]).to.deep.equal([["camera?"], [askAgainMilliseconds[0]]]);
  });

  it("comes back by itself: nothing is asked for any more", () => {
    const script = running();
    script.do(say.device("microphone", interrupted));
    expect(script.names(say.device("microphone", on))).to.include("stop-timer interruption");
    expect(script.names(timer, { type: "seen" })).to.deep.equal([]);
  });

  it("is asked for by a person who tries again, and stays off where a person turns it off", () => {
    const script = running();
    script.do(say.device("camera", interrupted));
    const wish = { type: "set-device", device: "camera" } as const;
    expect(script.names({ ...wish, on: true })).to.deep.equal(["set-device camera on"]);
    script.do(say.device("camera", starting), say.device("camera", interrupted));
    expect(script.names({ ...wish, on: false })).to.deep.equal(["set-device camera off"]);
    expect(script.names(say.device("camera", off))).to.include("stop-timer interruption");
    expect(script.model.devices.wanted.camera).to.equal(false);
  });

  it("is not asked for while the call is on hold, and comes back with it", () => {
    const script = running();
    script.do(say.device("camera", interrupted));
    expect(script.names({ type: "hold" })).to.include("set-device camera off");
    expect(script.names(timer, { type: "seen" })).to.deep.equal([]);
    script.do(say.device("camera", off));
    expect(script.names({ type: "resume" })).to.include("set-device camera on");
  });
});

describe("a device that the system of the other side takes", () => {
  const hear = (message: object) => {
    const script = inSituation("the callee connected");
    const state = { type: "media", microphone: false, camera: false, screen: false } as const;
    script.do({ type: "control", message: { ...state, ...message } });
    return toSnapshot(script.model).remote;
  };

  it("is distinguished from one that is off, without names that are unknown or said twice", () => {
    const names = ["microphone", "teapot", "microphone", "camera"];
    expect(hear({ interrupted: names }).interrupted).to.deep.equal(["microphone", "camera"]);
    expect(hear({})).not.to.have.property("interrupted");
  });

  it("is never one that is on", () => {
    expect(hear({ camera: true, interrupted: ["camera"] })).not.to.have.property("interrupted");
  });
});
