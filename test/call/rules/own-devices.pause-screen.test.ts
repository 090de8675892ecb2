import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import { isPossible } from "../../../src/call/rules/intents.ts";
import { runningIntents } from "../../../src/call/rules/running-intents.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { inSituation, off, on, say, starting } from "../../support/call-script.ts";

const reported = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) => (effect.type === "send-control" ? [effect.message] : []));
const pause = (isOn: boolean) => ({ type: "pause-screen", on: isOn }) as const;

/** A connected call in which this side shares its screen. */
function sharing() {
  const script = inSituation("the caller connected");
  script.do({ type: "control-opened" }, say.device("screen", on));
  return script;
}

describe("a shared screen", () => {
  it("is paused once, reported as that to the other side, and goes on", () => {
    const script = sharing();
    const effects = script.do(pause(true));
    expect(reported(effects)).to.deep.equal([
      { ...{ type: "media", microphone: true, camera: false, screen: true }, screenPaused: true },
    ]);
    expect(effects.at(-1)).to.deep.equal(pause(true));
    expect(toSnapshot(script.model).local.screenPaused).to.equal(true);
    expect(script.do(pause(true))).to.deep.equal([]);
    expect(reported(script.do(say.device("camera", on)))[0]).to.deep.include({
      screenPaused: true,
    });
    expect(reported(script.do(pause(false)))[0]).not.to.have.property("screenPaused");
    expect(toSnapshot(script.model).local).not.to.have.property("screenPaused");
  });

  it("is no longer paused where it ends, or where something else is shared", () => {
    for (const status of [off, starting, on]) {
      const script = sharing();
      script.do(pause(true), say.device("screen", status));
      expect(toSnapshot(script.model).local, status.state).not.to.have.property("screenPaused");
    }
  });

  it("can be paused and changed while it is shared, and only then", () => {
    const script = sharing();
    const possible = () =>
      [pause(true), { type: "change-screen" } as const].map((intent) =>
        isPossible(intent, toSnapshot(script.model), runningIntents),
      );
    expect(possible()).to.deep.equal([true, true]);
    expect(script.names({ type: "change-screen" })).to.deep.equal(["change-screen"]);
    script.do(say.device("screen", off));
    expect(possible()).to.deep.equal([false, false]);
    expect(script.names(pause(true), { type: "change-screen" })).to.deep.equal([]);
  });

  it("of the other side is paused where it says so, and only while it shares one", () => {
    const script = inSituation("the callee connected");
    const hear = (screen: boolean) => {
      const state = { type: "media", microphone: true, camera: false, screen } as const;
      script.do({ type: "control", message: { ...state, screenPaused: true } });
      return toSnapshot(script.model).remote.screenPaused;
    };
    expect([hear(true), hear(false)]).to.deep.equal([true, undefined]);
  });
});
