import { expect } from "@open-wc/testing";
import { fitsSpare, judgeSpare, type SpareScene } from "../../../src/call/rules/spare.ts";

const scene: SpareScene = { reportsFreezing: true, isSeen: true, states: ["idle"] };

describe("a spare connection", () => {
  it("is made in a page that is seen, while no view has a call", () => {
    expect(judgeSpare(scene)).to.equal("make");
    expect(judgeSpare({ ...scene, states: ["idle", "ended"] })).to.equal("make");
    for (const state of ["inviting", "incoming", "connecting", "connected"] as const)
      expect(judgeSpare({ ...scene, states: ["idle", state] })).to.equal("keep");
  });

  it("is closed where the page is not seen, or has no view", () => {
    expect(judgeSpare({ ...scene, isSeen: false })).to.equal("close");
    expect(judgeSpare({ ...scene, isSeen: false, states: ["connected"] })).to.equal("close");
    expect(judgeSpare({ ...scene, states: [] })).to.equal("close");
  });

  it("is made by no engine that does not tell a page in time that it keeps or freezes it", () => {
    expect(judgeSpare({ ...scene, reportsFreezing: false })).to.equal("keep");
  });

  const made = { iceServers: [], relayOnly: false, isCaller: true, control: { label: "a", id: 0 } };

  it("fits a call that is dialled, with any servers", () => {
    expect(fitsSpare(made, made)).to.equal(true);
    const iceServers = [{ urls: "stun:stun.example" }];
    expect(fitsSpare({ ...made, iceServers }, made)).to.equal(true);
    const { control, ...rest } = made;
    expect(fitsSpare({ control, ...rest, relays: undefined }, made)).to.equal(true);
  });

  it("fits no call with another option, whether it was thought of here or not", () => {
    const { isCaller: _, ...callee } = made;
    expect(fitsSpare(callee, made)).to.equal(false);
    for (const other of [
      { relayOnly: true },
      { certificate: {} },
      { relays: {} },
      { videoCodecs: ["video/VP8"] },
      { sections: "by-mid" },
      { channels: [] },
      { control: { label: "a", id: 1 } },
      { later: false },
    ])
      expect(fitsSpare({ ...made, ...other }, made), JSON.stringify(other)).to.equal(false);
  });
});
