import { expect } from "@open-wc/testing";
import type { CallNotice } from "../../src/controller/call-source.ts";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import type { CallStateName } from "../../src/call/terms.ts";
import type { CallErrorCode } from "../../src/errors.ts";
import { createSimulatedCall, simulatedCalls, simulatedCipher } from "../../src/simulator/index.ts";
import type {
  SimulatedCall,
  SimulatedCallName,
  SimulatedCallOptions,
  SimulatedStep,
} from "../../src/simulator/index.ts";
import { codeRejectedBy, codeThrownBy } from "../support/thrown.ts";

const startAt = 1_800_000_000_000;
const names = Object.keys(simulatedCalls) as SimulatedCallName[];
const open: SimulatedCall[] = [];
const expectedErrors: Partial<Record<SimulatedCallName, CallErrorCode[]>> = {
  lost: ["connection-failed"],
  stuck: ["timed-out"],
  "permission-refused": ["permission-denied"],
  "camera-refused": ["permission-denied"],
};

/** A call whose time stands, with everything that it said. */
function simulate(
  script: SimulatedCallOptions["script"],
  more: Partial<SimulatedCallOptions> = {},
) {
  const call = createSimulatedCall({ script, speed: 0, startAt, ...more });
  open.push(call);
  const notices: CallNotice[] = [];
  const snapshots: CallSnapshot[] = [call.snapshot];
  call.subscribe((notice) => {
    notices.push(notice);
    if (notice.type === "changed") snapshots.push(call.snapshot);
  });
  const states = () =>
    snapshots.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
  return { call, notices, snapshots, states };
}

/** Lets time pass until it is so: at most two minutes of it. */
async function until(
  call: SimulatedCall,
  isSo: (snapshot: CallSnapshot) => boolean,
): Promise<void> {
  for (let passed = 0; passed < 120_000 && !isSo(call.snapshot); passed += 100)
    await call.advance(100);
  expect(isSo(call.snapshot)).to.equal(true);
}

const inState = (call: SimulatedCall, state: CallStateName) =>
  until(call, (snapshot) => snapshot.state === state);
const protectionsOf = (snapshots: readonly CallSnapshot[]) =>
  new Set(snapshots.map(({ protection }) => protection.status));

const connected: readonly SimulatedStep[] = [
  { type: "call", media: "video" },
  { type: "perform", intent: { type: "accept", media: "video" } },
  { type: "until", state: "connected" },
];

describe("createSimulatedCall", () => {
  afterEach(() => {
    for (const call of open.splice(0)) call.close();
  });

  it("is marked as simulated on the source and as the cipher", async () => {
    const { call, snapshots } = simulate("whole");
    expect(call.isSimulated).to.equal(true);
    await inState(call, "ended");
    const ciphers = new Set(snapshots.map(({ protection }) => protection.cipher));
    expect([...ciphers]).to.deep.equal([null, simulatedCipher]);
  });

  it("plays a whole call by the rules of real ones", async () => {
    const { call, states, notices } = simulate("whole");
    await inState(call, "ended");
    await call.finished;
    expect(states()).to.deep.equal([
      "idle",
      "inviting",
      "ringing",
      "connecting",
      "connected",
      "ended",
    ]);
    expect(call.snapshot.ending).to.deep.equal({ reason: "hung-up", by: "remote", problem: null });
    const records = notices.flatMap((notice) => (notice.type === "ended" ? [notice.record] : []));
    expect(
      records.map(({ outcome, durationSeconds, protection }) => [
        outcome,
        durationSeconds,
        protection,
      ]),
    ).to.deep.equal([["completed", 10, "protected"]]);
  });

  it("sends and receives no signals", async () => {
    const { call, notices } = simulate("whole");
    await inState(call, "connected");
    const { snapshot } = call;
    const { callId } = snapshot;
    call.receive({ protocol: "sx-call/1", callId, seq: 900, type: "end", reason: "hung-up" });
    call.receive("anything");
    expect(call.snapshot).to.equal(snapshot);
    await inState(call, "ended");
    expect(notices.filter(({ type }) => type === "signal" || type === "error")).to.deep.equal([]);
  });

  it("gives deeply frozen snapshots, and the same one until something changes", async () => {
    const isDeeplyFrozen = (value: unknown): boolean =>
      typeof value !== "object" ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));
    for (const script of ["old-peer", "second-call"] as const) {
      const { call, snapshots } = simulate(script);
      await until(call, ({ protection }) => protection.since !== null);
      await call.advance(10_000);
      expect(call.snapshot).to.equal(call.snapshot);
      expect(call.others).to.equal(call.others);
      expect([...snapshots, ...call.others].every(isDeeplyFrozen)).to.equal(true);
      expect(Object.isFrozen(call.others)).to.equal(true);
    }
  });

  for (const name of names) {
    it(`plays "${name}" to its end, the same each time, without an error that is not in it`, async () => {
      const plays = [simulate(name), simulate(name)] as const;
      for (const { call } of plays) {
        await call.advance(500);
        if (name === "incoming") await call.perform({ type: "accept", media: "video" });
        await call.advance(90_000);
        await call.finished;
      }
      expect(plays[0].snapshots).to.deep.equal(plays[1].snapshots);
      const errors = plays[0].notices.flatMap((notice) =>
        notice.type === "error" ? [notice.error.code] : [],
      );
      expect([...new Set(errors)]).to.deep.equal(expectedErrors[name] ?? []);
    });
  }

  it("lets the person accept, mute, hold, go on and hang up, as a real call does", async () => {
    const { call, states } = simulate("incoming");
    await call.advance(0);
    expect(call.snapshot.actions).to.deep.equal(["accept", "decline", "ignore"]);
    expect(await codeRejectedBy(call.perform({ type: "hold" }))).to.equal("not-possible");
    await call.perform({ type: "accept", media: "video" });
    await inState(call, "connected");
    await until(call, ({ local }) => local.camera.state === "on");

    await call.perform({ type: "set-device", device: "microphone", on: false });
    expect(call.snapshot.local.microphone.state).to.equal("off");
    const on = call.perform({ type: "set-device", device: "microphone", on: true });
    expect(call.snapshot.local.microphone.state).to.equal("starting");
    await call.advance(1000);
    await on;
    expect(call.snapshot.local.microphone.state).to.equal("on");

    await call.perform({ type: "hold" });
    expect([call.snapshot.held.local, call.snapshot.local.camera.state]).to.deep.equal([
      true,
      "off",
    ]);
    const resumed = call.perform({ type: "resume" });
    await call.advance(1000);
    await resumed;
    expect([call.snapshot.held.local, call.snapshot.local.camera.state]).to.deep.equal([
      false,
      "on",
    ]);

    const flipped = call.perform({ type: "flip-camera" });
    await call.advance(1000);
    await flipped;
    expect([call.snapshot.local.facing, call.snapshot.devices.camera]).to.deep.equal([
      "environment",
      "back-camera",
    ]);
    const chosen = call.perform({
      type: "choose-device",
      device: "speaker",
      id: "headset-speaker",
    });
    await call.advance(1000);
    await chosen;
    expect(call.snapshot.devices.speaker).to.equal("headset-speaker");

    await call.perform({ type: "hang-up" });
    expect(states().at(-1)).to.equal("ended");
    expect(call.snapshot.ending).to.deep.equal({ reason: "hung-up", by: "local", problem: null });
  });

  it("takes devices as a telephone call, an alarm and a privacy switch do, and gives them back", async () => {
    const states = ({ local, remote }: CallSnapshot) =>
      [local.microphone.state, local.camera.state, ...(remote.interrupted ?? [])].join(" ");
    const seen = async (script: SimulatedCallName) => {
      const { call, snapshots } = simulate(script);
      await call.advance(60_000);
      const all = snapshots.filter(({ remote }) => remote.known).map(states);
      return all.filter((one, at) => one !== all[at - 1]).slice(-3);
    };
    expect(await seen("phone-call")).to.deep.equal(["on on", "on on microphone camera", "on on"]);
    expect(await seen("alarm")).to.deep.equal(["on off", "interrupted off", "on off"]);
    expect(await seen("privacy-switch")).to.deep.equal([
      "on interrupted microphone",
      "on on microphone",
      "on on",
    ]);
  });

  it("answers a call that is dialled once the script is over", async () => {
    const { call } = simulate([]);
    await call.advance(0);
    const started = call.perform({ type: "start", media: "audio" });
    await inState(call, "ringing");
    await started;
    await inState(call, "connected");
    expect(call.snapshot.remote).to.deep.equal({
      known: true,
      microphone: true,
      camera: false,
      screen: false,
    });
  });

  it("counts frames, so that the lock closes, stands and tells of forgers by its own rules", async () => {
    const { call, snapshots } = simulate("tampering");
    await until(call, ({ protection }) => protection.status === "protected");
    await until(call, ({ protection }) => protection.status === "tampered");
    expect(call.snapshot.protection.forged).to.be.greaterThan(0);
    await until(call, ({ protection }) => protection.status === "protected");
    expect([...protectionsOf(snapshots)]).to.deep.equal(["none", "protected", "tampered"]);
  });

  it("never calls an old app's call protected, in the lock or in the chat", async () => {
    const { call, snapshots, notices } = simulate("old-peer");
    await until(call, ({ protection }) => protection.status === "compatible");
    expect([
      call.snapshot.securityCode,
      call.snapshot.actions.includes("check-code"),
    ]).to.deep.equal([null, false]);
    await call.perform({ type: "hang-up" });
    expect([...protectionsOf(snapshots)]).to.deep.equal(["none", "compatible"]);
    const records = notices.flatMap((notice) =>
      notice.type === "ended" ? [notice.record.protection] : [],
    );
    expect([...records, call.snapshot.record?.protection]).to.deep.equal([
      "compatible",
      "compatible",
    ]);
  });

  it("loses the path and finds it again", async () => {
    const { call, states } = simulate("reconnection");
    await inState(call, "reconnecting");
    await call.advance(3000);
    expect(call.snapshot.reconnection?.trying).to.equal("ask");
    await inState(call, "connected");
    expect([call.snapshot.reconnections, call.snapshot.reconnection]).to.deep.equal([1, null]);
    await call.advance(5000);
    await call.finished;
    expect(states().slice(-3)).to.deep.equal(["connected", "reconnecting", "connected"]);
  });

  it("gives up a path that is lost for good, and one that is never found", async () => {
    for (const [script, problem] of [
      ["lost", "connection-failed"],
      ["stuck", "timed-out"],
    ] as const) {
      const { call, snapshots } = simulate(script);
      await inState(call, "ended");
      expect(call.snapshot.ending?.problem).to.equal(problem);
      const reasons = new Set(snapshots.map(({ stuck }) => stuck?.reason));
      expect(reasons.has("needs-relay")).to.equal(script === "stuck");
    }
  });

  it("shows a poor network and its recovery in signal strength and video tier", async () => {
    const { call, snapshots } = simulate("poor-network");
    await call.advance(60_000);
    const bars = snapshots
      .map(({ quality }) => quality?.bars ?? null)
      .filter((bar, at, all) => bar !== all[at - 1]);
    expect(bars).to.include.members([1, 3, 4]);
    expect(bars.at(-1)).to.equal(4);
    expect(snapshots.some(({ quality }) => quality?.reason === "network")).to.equal(true);
  });

  it("lets a second call wait, be accepted and swapped with the first", async () => {
    const { call, notices } = simulate("second-call");
    await until(call, () => call.others.length > 0);
    const [waiting] = call.others;
    expect([waiting?.state, waiting?.media]).to.deep.equal(["incoming", "video"]);
    expect(notices.some(({ type }) => type === "waiting")).to.equal(true);
    const first = call.snapshot.callId;
    const second = waiting?.callId ?? "";
    const accepted = call.perform({
      type: "accept-waiting",
      callId: second,
      media: "audio",
      active: "hold",
    });
    await inState(call, "connected");
    await accepted;
    expect([
      call.snapshot.callId,
      call.others[0]?.callId,
      call.others[0]?.held.local,
    ]).to.deep.equal([second, first, true]);
    const swapped = call.perform({ type: "swap", callId: first ?? "" });
    await call.advance(1000);
    await swapped;
    expect([call.snapshot.callId, call.snapshot.held.local]).to.deep.equal([first, false]);
  });

  it("tells of the other side's mute, camera, screen, hold and code", async () => {
    const { call } = simulate([
      ...connected,
      { type: "media", microphone: false, screen: true },
      { type: "hold", on: true },
      { type: "code", match: true },
    ]);
    await call.advance(5000);
    await call.finished;
    expect(call.snapshot.remote).to.deep.equal({
      known: true,
      microphone: false,
      camera: true,
      screen: true,
    });
    expect([call.snapshot.held.remote, call.snapshot.verification.remote]).to.deep.equal([
      true,
      true,
    ]);
  });

  it("ends a call whose codes differ", async () => {
    const { call } = simulate(connected);
    await until(call, ({ actions }) => actions.includes("check-code"));
    await call.perform({ type: "check-code", match: false });
    expect(call.snapshot.ending?.problem).to.equal("code-mismatch");
  });

  it("plays the tracks that it was given, and no others", async () => {
    // Handed on as it is: nothing of it is used here.
    const camera = {} as MediaStreamTrack;
    const { call } = simulate(connected, { tracks: { remoteCamera: camera } });
    await until(call, ({ protection }) => protection.since !== null);
    expect([
      call.tracks.remoteCamera === camera,
      call.tracks.remoteMicrophone,
      call.tracks.localCamera,
    ]).to.deep.equal([true, null, null]);
  });

  it("stops for good when it is closed, its script too", async () => {
    const { call, notices } = simulate("reconnection");
    await inState(call, "connected");
    call.close();
    const reported = notices.length;
    await call.advance(60_000);
    await call.finished;
    expect(notices.length).to.equal(reported);
    expect(await codeRejectedBy(call.perform({ type: "start", media: "audio" }))).to.equal(
      "not-possible",
    );
  });

  it("follows the system clock at its speed", async () => {
    const { call, snapshots } = simulate("whole", { speed: 200 });
    await call.finished;
    const { connectedAt, endedAt } = call.snapshot;
    expect((endedAt ?? 0) - (connectedAt ?? 0)).to.be.within(10_000, 60_000);
    expect(protectionsOf(snapshots).has("protected")).to.equal(true);
    expect(await codeRejectedBy(call.advance(1))).to.equal("not-possible");
  });

  it("rejects at its end where a step could not be done", async () => {
    for (const [step, code] of [
      [{ type: "ring" }, "not-possible"],
      [{ type: "end", reason: "busy", call: 2 }, "not-possible"],
      [{ type: "perform", intent: { type: "hang-up" } }, "not-possible"],
      // Possible values of a host in JavaScript.
      [{ type: "dance" } as unknown as SimulatedStep, "bad-argument"],
    ] as const) {
      expect(await codeRejectedBy(simulate([step]).call.finished)).to.equal(code);
    }
  });

  it("refuses an unknown script and an invalid speed", () => {
    for (const options of [
      // Possible values of a host in JavaScript.
      { script: "toString" as unknown as SimulatedCallName },
      { script: 7 as unknown as SimulatedCallName },
      { script: "whole", speed: -1 },
      { script: "whole", speed: Number.NaN },
    ] as const) {
      expect(codeThrownBy(() => createSimulatedCall(options))).to.equal("bad-argument");
    }
  });
});

describe("text in a simulated call", () => {
  it("is written letter by letter, corrected and sent", async () => {
    const { call } = simulate("text");
    await inState(call, "connected");
    const lines = new Set<string>();
    for (let passed = 0; passed < 30_000; passed += 50) {
      await call.advance(50);
      lines.add(call.text?.conversation.theirLine ?? "");
    }
    expect(call.text?.conversation.isPossible).to.equal(true);
    expect([...lines]).to.include.members([
      "I",
      "I cannot speak hear",
      "I cannot speak he",
      "I cannot speak here, can we write? 👩‍💻",
      "",
      "I am on the train",
    ]);
    expect(call.text?.conversation.messages.map(({ text }) => text)).to.deep.equal([
      "I cannot speak here, can we write? 👩‍💻",
    ]);
  });

  it("is sent by this side", async () => {
    const { call } = simulate("text");
    await inState(call, "connected");
    await call.advance(1000);
    call.text?.sendMessage("Hello");
    expect(call.text?.conversation.messages.at(-1)).to.include({ text: "Hello", isSent: true });
  });

  it("is not there with an older app", async () => {
    const { call } = simulate("old-peer");
    await inState(call, "connected");
    await call.advance(5000);
    expect(call.text?.conversation.isPossible).to.equal(false);
  });
});
