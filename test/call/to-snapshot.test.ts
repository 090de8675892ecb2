import { expect } from "@open-wc/testing";
import type { CallAction } from "../../src/call/terms.ts";
import { toSnapshot } from "../../src/call/to-snapshot.ts";
import {
  CallScript,
  inSituation,
  measurement,
  on,
  say,
  situationNames,
} from "../support/call-script.ts";
import type { Situation } from "../support/call-script.ts";
import { callId } from "../support/signals.ts";

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

describe("the snapshot of a call", () => {
  for (const situation of situationNames) {
    it(`is deeply frozen plain data: ${situation}`, () => {
      const snapshot = toSnapshot(inSituation(situation).model);
      expect(isDeeplyFrozen(snapshot)).to.equal(true);
      expect(JSON.parse(JSON.stringify(snapshot))).to.deep.equal(snapshot);
      expect(() => Object.assign(snapshot.local.microphone, { state: "on" })).to.throw(TypeError);
    });

    it(`holds no key, no description and no address: ${situation}`, () => {
      const script = inSituation(situation);
      script.do(say.found(3));
      const text = JSON.stringify(toSnapshot(script.model));
      for (const secret of ["v=0", "fingerprint", "candidate", "AAAAAAAA", "192.0.2.1"])
        expect(text).not.to.contain(secret);
    });
  }

  it("does not change when the call does", () => {
    const script = inSituation("ringing");
    const before = toSnapshot(script.model);
    const text = JSON.stringify(before);
    script.do({ type: "hang-up" });
    expect(JSON.stringify(before)).to.equal(text);
  });

  it("has no call while idle", () => {
    expect(toSnapshot(new CallScript().model)).to.deep.include({
      state: "idle",
      callId: null,
      direction: null,
      actions: [],
    });
    expect(toSnapshot(inSituation("incoming").model)).to.include({ callId, direction: "incoming" });
  });

  it("says whether a call lets the other side learn this device's address", () => {
    expect(toSnapshot(inSituation("incoming").model).exposesAddress).to.equal(true);
    expect(toSnapshot(inSituation("incoming", { relayOnly: true }).model).exposesAddress).to.equal(
      false,
    );
  });

  it("counts frames over all tracks, and says whether they go through a relay", () => {
    const script = inSituation("the caller connected");
    script.now += 7;
    script.do(
      { type: "frame-opened", track: 0 },
      say.measured(
        measurement({ left: 3, sealed: 5, arrived: 9, opened: 4, duplicate: 3, forged: 2 }, true),
      ),
    );
    const { protection, relayed } = toSnapshot(script.model);
    expect(protection).to.include({
      status: "tampered",
      sealed: 5,
      opened: 4,
      duplicate: 3,
      forged: 2,
      since: script.now,
    });
    expect(relayed).to.equal(true);
  });

  it("keeps the moment of the first opened frame", () => {
    const script = inSituation("the caller connected");
    script.do({ type: "frame-opened", track: 0 });
    const { since } = toSnapshot(script.model).protection;
    script.now += 1000;
    script.do({ type: "frame-opened", track: 1 });
    expect(toSnapshot(script.model).protection.since).to.equal(since);
  });
});

describe("what a call is waiting for", () => {
  const steps: readonly [Situation, string | null][] = [
    ["idle", null],
    ["dialling", "devices"],
    ["inviting", null],
    ["ringing", null],
    ["incoming", null],
    ["accepted", "keys"],
    ["answering", "keys"],
    ["the caller with a path", "keys"],
    ["the caller with keys", "path"],
    ["the callee with keys", "path"],
    ["the caller connected", "security"],
    ["the caller reconnecting", null],
    ["ended", null],
  ];
  for (const [situation, step] of steps) {
    it(`is ${step ?? "nothing"}: ${situation}`, () => {
      expect(toSnapshot(inSituation(situation).model).step).to.equal(step);
    });
  }

  it("is nothing once the first frame has been opened", () => {
    const script = inSituation("the caller connected");
    script.do({ type: "frame-opened", track: 0 });
    expect(toSnapshot(script.model).step).to.equal(null);
  });
});

describe("the actions of a call", () => {
  const devices: CallAction[] = ["toggle-microphone", "toggle-camera"];
  const actions: Record<Situation, CallAction[]> = {
    idle: [],
    dialling: ["hang-up", ...devices],
    inviting: ["hang-up", ...devices],
    ringing: ["hang-up", ...devices],
    accepted: ["hang-up", ...devices],
    "the caller with keys": ["hang-up", "check-code", ...devices],
    "the caller with a path": ["hang-up", ...devices],
    "the caller connected": ["hang-up", "hold", "check-code", ...devices, "toggle-screen"],
    "the caller reconnecting": ["hang-up", "hold", "check-code", ...devices, "toggle-screen"],
    incoming: ["accept", "decline", "ignore"],
    answering: ["hang-up", ...devices],
    "the callee with keys": ["hang-up", ...devices],
    "the callee connected": ["hang-up", "hold", "check-code", ...devices, "toggle-screen"],
    "the caller on hold": ["hang-up", "resume"],
    "the callee held by the caller": ["hang-up", "hold", "check-code", ...devices, "toggle-screen"],
    "the callee reconnecting": ["hang-up", "hold", "check-code", ...devices, "toggle-screen"],
    ended: ["call-back"],
  };
  for (const situation of situationNames) {
    it(`are those that are possible, and no other: ${situation}`, () => {
      expect(toSnapshot(inSituation(situation).model).actions).to.have.members(actions[situation]);
    });
  }

  it("have no screen where the platform cannot share one", () => {
    expect(
      toSnapshot(inSituation("the caller connected", { canShareScreen: false }).model).actions,
    ).not.to.include("toggle-screen");
  });

  for (const code of ["webrtc-unsupported", "encryption-unsupported"] as const) {
    it(`offer no other call where none works: ${code}`, () => {
      const script = inSituation("dialling");
      script.do({ type: "failed", code });
      expect(toSnapshot(script.model).actions).to.deep.equal([]);
    });
  }

  it("have a flip only with a second camera, and while one is on", () => {
    const script = inSituation("the caller connected");
    const canFlip = () => toSnapshot(script.model).actions.includes("flip-camera");
    script.do(say.listed(2));
    expect(canFlip()).to.equal(false);
    script.do(say.device("camera", on));
    expect(canFlip()).to.equal(true);
    script.do(say.listed(1));
    expect(canFlip()).to.equal(false);
  });
});
