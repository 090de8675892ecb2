import { expect } from "@open-wc/testing";
import type { CallSnapshot, CallStateName } from "sx-call-kit";
import {
  aCallAside,
  aSnapshot,
  aWaitingCall,
  anEnding,
} from "../../../stories/support/snapshots.ts";
import { states } from "../../../stories/support/unions.ts";
import { alertsOf } from "../../../src/call/rules/sounds.ts";

const loopOf = (state: CallStateName, others: readonly CallSnapshot[] = []) =>
  alertsOf(null, aSnapshot(state, "audio"), others).loop;
const cueFrom = (before: CallStateName, snapshot: CallSnapshot) =>
  alertsOf(aSnapshot(before, "audio"), snapshot, []).cue;

const withMicrophone = (
  state: "off" | "starting" | "on" | "interrupted" | "failed",
  callState: CallStateName = "connected",
) => {
  const snapshot = aSnapshot(callState, "audio");
  return { ...snapshot, local: { ...snapshot.local, microphone: { state, problem: null } } };
};
const touchFrom = (before: CallSnapshot, snapshot: CallSnapshot) =>
  alertsOf(before, snapshot, []).touch;

describe("the sounds of a call", () => {
  it("loop in each state of waiting, and are silent in all others", () => {
    const heard = Object.fromEntries(states.map((state) => [state, loopOf(state)]));
    expect(heard).to.deep.equal({
      idle: null,
      inviting: "waiting",
      ringing: "ringback",
      incoming: "ring",
      connecting: "waiting",
      connected: null,
      reconnecting: "reconnecting",
      ended: null,
    });
  });

  it("have a knock for a second call that waits, whatever the first is doing", () => {
    const waiting = [aWaitingCall()];
    for (const state of [
      "inviting",
      "ringing",
      "connecting",
      "connected",
      "reconnecting",
    ] as const) {
      expect(loopOf(state, waiting), state).to.equal("knock");
    }
    expect(loopOf("incoming", waiting)).to.equal("ring");
    expect(loopOf("connected", [aCallAside()])).to.equal(null);
  });

  it("play a cue once when connected, and again when reconnected", () => {
    for (const before of ["connecting", "reconnecting"] as const) {
      expect(cueFrom(before, aSnapshot("connected", "audio")), before).to.equal("connected");
    }
    expect(cueFrom("connected", aSnapshot("connected", "audio", { relayed: true }))).to.equal(null);
  });

  it("play a cue once at the end, with its own tone for busy", () => {
    expect(cueFrom("connected", aSnapshot("ended", "audio"))).to.equal("ended");
    expect(
      cueFrom("ringing", anEnding({ reason: "declined", by: "remote", problem: null })),
    ).to.equal("ended");
    expect(cueFrom("ringing", anEnding({ reason: "busy", by: "remote", problem: null }))).to.equal(
      "busy",
    );
  });

  it("have none for a call that was only ringing here: the ring stops", () => {
    for (const reason of [
      "declined",
      "unanswered",
      "cancelled",
      "answered-elsewhere",
      "busy",
    ] as const) {
      const ended = anEnding({ reason, by: "local", problem: null });
      expect(cueFrom("incoming", ended), reason).to.equal(null);
    }
  });

  it("play none for the initial state, or for another call on screen", () => {
    const connected = aSnapshot("connected", "audio");
    expect(alertsOf(null, connected, []).cue).to.equal(null);
    expect(
      alertsOf(aSnapshot("ended", "audio", { callId: "YW5vdGhlciBjYWxsLi4uLg" }), connected, [])
        .cue,
    ).to.equal(null);
  });

  it("go with a touch, which a press of the microphone has alone", () => {
    expect(touchFrom(aSnapshot("connecting", "audio"), aSnapshot("connected", "audio"))).to.equal(
      "connected",
    );
    expect(touchFrom(withMicrophone("on"), withMicrophone("off"))).to.equal("switched");
    expect(touchFrom(withMicrophone("off"), withMicrophone("on"))).to.equal("switched");
    expect(alertsOf(withMicrophone("on"), withMicrophone("off"), []).cue).to.equal(null);
  });

  it("have no touch of its own for a microphone that starts, stays as it is, or goes off with the call", () => {
    expect(touchFrom(withMicrophone("starting"), withMicrophone("on"))).to.equal(null);
    expect(touchFrom(withMicrophone("on"), withMicrophone("failed"))).to.equal(null);
    expect(touchFrom(withMicrophone("off"), withMicrophone("off"))).to.equal(null);
    expect(
      touchFrom(withMicrophone("off", "incoming"), withMicrophone("on", "connecting")),
    ).to.equal(null);
    expect(touchFrom(withMicrophone("on"), withMicrophone("off", "ended"))).to.equal("ended");
  });
});
