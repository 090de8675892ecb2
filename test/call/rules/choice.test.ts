import { expect } from "@open-wc/testing";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { inSituation, on, say, starting } from "../../support/call-script.ts";

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
    expect([script.model.state, script.model.choiceProblem]).to.deep.equal([
      "connected",
      "device-busy",
    ]);
    script.do(say.listed(1), { type: "choose-device", device: "speaker", id: "" });
    expect(script.model.choiceProblem).to.equal(null);
  });
});

describe("the treatment of the voice", () => {
  it("is switched only where the microphone can be without it", () => {
    const script = inSituation("the caller connected");
    const wish = { type: "switch-voice", feature: "noiseSuppression", on: false } as const;
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
