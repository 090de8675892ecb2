import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import {
  inSituation,
  measurement,
  off,
  on,
  refused,
  say,
  situationNames,
  starting,
} from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";

const wish = (device: "microphone" | "camera" | "screen", isOn: boolean) =>
  ({ type: "switch", device, on: isOn }) as const;
const told = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) => (effect.type === "send-control" ? [effect.message] : []));

describe("a device that is switched", () => {
  const microphoneAndCamera: readonly Situation[] = [
    ...([
      "dialling",
      "inviting",
      "ringing",
      "accepted",
      "answering",
      "the caller with keys",
      "the callee with keys",
    ] as const),
    ...(["the caller with a path", "the caller connected", "the callee connected"] as const),
    ...([
      "the caller reconnecting",
      "the callee reconnecting",
      "the callee held by the caller",
    ] as const),
  ];
  const held = "the callee held by the caller";
  const screen = [
    held,
    "the caller connected",
    "the callee connected",
    "the caller reconnecting",
    "the callee reconnecting",
  ];
  for (const situation of situationNames) {
    it(`is switched where the situation allows it: ${situation}`, () => {
      const isIn = (list: readonly string[]) => list.includes(situation);
      const dark = inSituation(situation);
      dark.do(say.device("camera", off));
      expect(dark.do(wish("camera", true)).length).to.equal(isIn(microphoneAndCamera) ? 1 : 0);
      const muted = inSituation(situation);
      muted.do(say.device("microphone", off));
      expect(muted.do(wish("microphone", true)).length).to.equal(isIn(microphoneAndCamera) ? 1 : 0);
      expect(inSituation(situation).do(wish("screen", true)).length).to.equal(isIn(screen) ? 1 : 0);
    });
  }

  it("is shown as it was measured, never as it was wished", () => {
    const script = inSituation("the caller connected");
    script.do(wish("microphone", false), wish("camera", true));
    expect(script.model.local).to.deep.include({ microphone: on, camera: off });
    script.do(say.device("microphone", off), say.device("camera", starting));
    expect(script.model.local).to.deep.include({ microphone: off, camera: starting });
  });

  it("is left alone where it is already so", () => {
    const script = inSituation("the caller connected");
    expect(
      script.do(wish("microphone", true), wish("camera", false), wish("screen", false)),
    ).to.deep.equal([]);
    script.do(say.device("camera", starting));
    expect(script.do(wish("camera", true))).to.deep.equal([]);
    script.do(say.device("camera", refused));
    expect(script.do(wish("camera", false))).to.deep.equal([]);
  });

  it("may be tried again after it failed, and switched off while it starts", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", refused));
    expect(script.names(wish("camera", true))).to.deep.equal(["switch camera on"]);
    script.do(say.device("camera", starting));
    expect(script.names(wish("camera", false))).to.deep.equal(["switch camera off"]);
  });

  it("is no screen where the platform cannot share one", () => {
    const script = inSituation("the caller connected", { canShareScreen: false });
    expect(script.do(wish("screen", true))).to.deep.equal([]);
  });

  it("is flipped only where it is a camera that is on", () => {
    const script = inSituation("the caller connected");
    expect(script.do({ type: "flip-camera" })).to.deep.equal([]);
    script.do(say.device("camera", on));
    expect(script.names({ type: "flip-camera" })).to.deep.equal(["flip-camera"]);
  });

  it("that failed is reported with its reason, and the call goes on", () => {
    const script = inSituation("the caller connected");
    expect(script.do(say.device("camera", refused))).to.deep.include({
      type: "report",
      code: "permission-denied",
    });
    expect(script.model.state).to.equal("connected");
  });
});

describe("the other side", () => {
  it("is told what the devices do when the channel opens, and at every change", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    expect(told(script.do({ type: "control-opened" }))).to.deep.equal([
      { type: "media", microphone: true, camera: true, screen: false },
    ]);
    expect(told(script.do(say.device("microphone", off)))).to.deep.equal([
      { type: "media", microphone: false, camera: true, screen: false },
    ]);
    expect(told(script.do(say.device("screen", on)))).to.deep.equal([
      { type: "media", microphone: false, camera: true, screen: true },
    ]);
  });

  it("is told that a device is off while it only starts or has failed", () => {
    const script = inSituation("the caller connected");
    script.do({ type: "control-opened" });
    expect(
      told(script.do(say.device("camera", starting), say.device("camera", refused))),
    ).to.deep.equal([
      { type: "media", microphone: true, camera: false, screen: false },
      { type: "media", microphone: true, camera: false, screen: false },
    ]);
  });

  it("is told nothing before the channel is open", () => {
    const script = inSituation("the caller connected");
    expect(script.names(say.device("camera", on))).to.deep.equal([]);
  });
});

describe("the path of a call", () => {
  it("may fail while the call is set up: another one is looked for, and the call has its time limit", () => {
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
    const { connectedAt } = script.model;
    script.now += 5000;
    expect(script.names(say.path("connected"))).to.include("stop-timer reconnect");
    expect(script.model).to.include({ state: "connected", reconnections: 1, connectedAt });
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
    expect(script.model.measurements.length).to.equal(5);
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
