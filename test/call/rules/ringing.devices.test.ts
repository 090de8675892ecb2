import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import {
  inSituation,
  off,
  on,
  refused,
  say,
  situationNames,
  starting,
} from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";
import { zeros } from "../../support/signals.ts";

const wish = (device: "microphone" | "camera" | "screen", isOn: boolean) =>
  ({ type: "set-device", device, on: isOn }) as const;
const reported = (effects: readonly CallEffect[]) =>
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
    expect(script.model.devices.local).to.deep.include({ microphone: on, camera: off });
    script.do(say.device("microphone", off), say.device("camera", starting));
    expect(script.model.devices.local).to.deep.include({ microphone: off, camera: starting });
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
    expect(script.names(wish("camera", true))).to.deep.equal(["set-device camera on"]);
    script.do(say.device("camera", starting));
    expect(script.names(wish("camera", false))).to.deep.equal(["set-device camera off"]);
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
  it("receives the device state when the channel opens, and at every change", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    expect(reported(script.do({ type: "control-opened" }))).to.deep.equal([
      { type: "confirm", nonce: zeros(32), mac: zeros(64) },
      { type: "media", microphone: true, camera: true, screen: false },
    ]);
    expect(reported(script.do(say.device("microphone", off)))).to.deep.equal([
      { type: "media", microphone: false, camera: true, screen: false },
    ]);
    expect(reported(script.do(say.device("screen", on)))).to.deep.equal([
      { type: "media", microphone: false, camera: true, screen: true },
    ]);
  });

  it("is notified which device is being opened, and that one is off which has failed", () => {
    const script = inSituation("the caller connected");
    script.do({ type: "control-opened" });
    expect(
      reported(script.do(say.device("camera", starting), say.device("camera", refused))),
    ).to.deep.equal([
      { type: "media", microphone: true, camera: false, screen: false, starting: ["camera"] },
      { type: "media", microphone: true, camera: false, screen: false },
    ]);
  });

  it("says which device it is opening: that is neither on nor off, and nothing else counts as one", () => {
    const script = inSituation("the caller connected");
    const hear = (starting?: string[]) => {
      const state = { microphone: true, camera: false, screen: false };
      const message = { type: "media", ...state, ...(starting && { starting }) } as const;
      script.do({ type: "control", message });
      return script.model.remote;
    };
    const known = { known: true, microphone: true, camera: false, screen: false };
    expect(hear(["camera", "microphone", "camera", "toString", ""])).to.deep.equal({
      ...known,
      starting: ["camera"],
    });
    expect(hear()).to.deep.equal(known);
  });

  it("says that it changes to another camera: that stays on, until it has failed or is off", () => {
    const script = inSituation("the caller connected");
    const hear = (camera: boolean, starting?: string[]) => {
      const state = { microphone: true, camera, screen: false };
      const message = { type: "media", ...state, ...(starting && { starting }) } as const;
      script.do({ type: "control", message });
      const { remote } = script.model;
      return [remote.camera, remote.starting];
    };
    expect(hear(true)).to.deep.equal([true, undefined]);
    expect(hear(false, ["camera"])).to.deep.equal([true, undefined]);
    expect(hear(false, ["camera", "screen"])).to.deep.equal([true, ["screen"]]);
    expect(hear(false)).to.deep.equal([false, undefined]);
    expect(hear(false, ["camera"])).to.deep.equal([false, ["camera"]]);
  });

  it("is sent nothing before the channel is open", () => {
    const script = inSituation("the caller connected");
    expect(script.names(say.device("camera", on))).to.deep.equal([]);
  });
});

describe("a device that a person chooses", () => {
  it("is asked for where it is in the list; of a speaker also the system's own", () => {
    const script = inSituation("the caller connected");
    script.do(say.listed(2));
    for (const [device, id] of [
      ["microphone", "microphone"],
      ["camera", "camera 1"],
      ["speaker", "speaker"],
      ["speaker", ""],
    ] as const) {
      const choice = { type: "choose-device", device, id } as const;
      expect(script.do(choice)).to.deep.equal([choice]);
    }
  });

  it("is chosen in a window of the browser where there is one, and a speaker only", () => {
    const script = inSituation("the caller connected");
    const ask = (device: "speaker" | "camera") =>
      script.do({ type: "choose-device", device, id: null });
    script.do(say.listed(2));
    expect(ask("speaker")).to.deep.equal([]);
    const listed = say.listed(2);
    script.do({ ...listed, devices: { ...listed.devices, canAskForSpeaker: true } });
    expect(ask("speaker")).to.deep.equal([{ type: "choose-device", device: "speaker", id: null }]);
    expect(ask("camera")).to.deep.equal([]);
  });

  it("is not asked for where it is not in the list", () => {
    const script = inSituation("the caller connected");
    script.do(say.listed(2));
    for (const device of ["microphone", "camera", "speaker"] as const) {
      expect(script.do({ type: "choose-device", device, id: "another" })).to.deep.equal([]);
    }
    expect(script.do({ type: "choose-device", device: "camera", id: "" })).to.deep.equal([]);
  });

  it("is in the snapshot as it was listed, with the treatment of the voice", () => {
    const script = inSituation("the caller connected");
    script.do(say.listed(2));
    const { devices, voice } = toSnapshot(script.model);
    expect([devices.microphone, devices.cameras.length, voice]).to.deep.equal([
      "microphone",
      2,
      { noiseSuppression: true, voiceIsolation: null },
    ]);
  });

  it("and does not open is reported, and the call goes on", () => {
    const script = inSituation("the caller connected");
    expect(script.do({ type: "choice-failed", code: "device-busy" })).to.deep.equal([
      { type: "report", code: "device-busy" },
    ]);
    expect([script.model.state, script.model.devices.choiceProblem]).to.deep.equal([
      "connected",
      "device-busy",
    ]);
    script.do(say.listed(1), { type: "choose-device", device: "speaker", id: "" });
    expect(script.model.devices.choiceProblem).to.equal(null);
  });
});

describe("the treatment of the voice", () => {
  it("is known after the end as it was in the call: a note goes through the same", () => {
    const script = inSituation("inviting");
    script.do(say.listed(1));
    const before = toSnapshot(script.model).voice;
    script.do({ type: "hang-up" });
    expect(script.model.state).to.equal("ended");
    expect(toSnapshot(script.model).voice).to.deep.equal(before);
    expect(before.noiseSuppression).to.equal(true);
  });

  it("is switched only where the microphone can be without it", () => {
    const script = inSituation("the caller connected");
    const wish = { type: "set-voice", feature: "noiseSuppression", on: false } as const;
    expect(script.do(wish)).to.deep.equal([]);
    script.do(say.listed(1));
    expect(script.do(wish)).to.deep.equal([wish]);
    expect(script.do({ ...wish, feature: "voiceIsolation" })).to.deep.equal([]);
  });
});

describe("a camera that still opens", () => {
  it("can be flipped, since nobody wants to wait for the wrong one", () => {
    const script = inSituation("the caller connected");
    script.do(say.listed(2), say.device("camera", starting));
    expect(toSnapshot(script.model).actions).to.include("flip-camera");
    expect(script.names({ type: "flip-camera" })).to.deep.equal(["flip-camera"]);
    script.do(say.device("camera", on));
    expect(script.names({ type: "flip-camera" })).to.deep.equal(["flip-camera"]);
  });
});
