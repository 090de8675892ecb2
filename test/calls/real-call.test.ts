import { expect } from "@open-wc/testing";
import { CallPair, Side, peerName } from "../support/call-pair.ts";
import { decodedPicture, brightSamples } from "../support/playback.ts";
import { longIt } from "../support/long-it.ts";

describe("a real call between two call sources", () => {
  let pair: CallPair;

  beforeEach(() => {
    pair = new CallPair();
  });

  afterEach(() => {
    pair.close();
  });

  it("connects with sound, both ways encrypted", async () => {
    await pair.connect("audio");
    for (const side of [pair.a, pair.b]) {
      expect(side.snapshot.local.microphone.state).to.equal("on");
      expect(side.snapshot.local.camera.state).to.equal("off");
      expect(side.errors).to.deep.equal([]);
      await brightSamples(side.source.tracks.remoteMicrophone!);
      await side.until(({ protection }) => protection.status === "protected");
    }
  });

  it("connects with picture, and each sees the other's picture move", async () => {
    await pair.connect("video");
    for (const side of [pair.a, pair.b]) {
      await side.until(() => side.source.tracks.remoteCamera !== null);
      await decodedPicture(side.source.tracks.remoteCamera!, 2);
      expect(side.snapshot.local.camera.state).to.equal("on");
    }
  });

  it("shows the other side at once that a microphone was muted, and that it is back", async () => {
    await pair.connect("audio");
    await pair.a.source.perform({ type: "set-device", device: "microphone", on: false });
    expect(pair.a.snapshot.local.microphone.state).to.equal("off");
    await pair.b.until(({ remote }) => remote.known && !remote.microphone);
    await pair.a.source.perform({ type: "set-device", device: "microphone", on: true });
    await pair.b.until(({ remote }) => remote.microphone);
  });

  longIt(
    "releases the camera when it is switched off, and takes its picture from the other side's screen",
    async () => {
      await pair.connect("video");
      await pair.b.until(() => pair.b.source.tracks.remoteCamera !== null);
      const camera = pair.a.source.tracks.localCamera!;
      await pair.a.source.perform({ type: "set-device", device: "camera", on: false });
      expect(camera.readyState).to.equal("ended");
      expect(pair.a.source.tracks.localCamera === null).to.equal(true);
      await pair.b.until(({ remote }) => !remote.camera);
      expect(pair.b.source.tracks.remoteCamera === null).to.equal(true);
    },
  );

  longIt("becomes a video call when a camera is switched on in an audio call", async () => {
    await pair.connect("audio");
    await pair.b.source.perform({ type: "set-device", device: "camera", on: true });
    await pair.a.until(() => pair.a.source.tracks.remoteCamera !== null);
    await decodedPicture(pair.a.source.tracks.remoteCamera!, 2);
  });

  it("shares a screen beside the camera and ends sharing", async () => {
    await pair.connect("video");
    await pair.a.source.perform({ type: "set-device", device: "screen", on: true });
    await pair.b.until(() => pair.b.source.tracks.remoteScreen !== null);
    await decodedPicture(pair.b.source.tracks.remoteScreen!, 1);
    await pair.b.until(() => pair.b.source.tracks.remoteCamera !== null);
    await pair.a.source.perform({ type: "set-device", device: "screen", on: false });
    await pair.b.until(() => pair.b.source.tracks.remoteScreen === null);
  });

  it("ends on both sides when one hangs up, releases every device and leaves one record on each side", async () => {
    await pair.connect("video");
    await pair.b.until(({ relayed }) => relayed !== null);
    const { localCamera } = pair.a.source.tracks;
    await pair.a.source.perform({ type: "hang-up" });
    await pair.b.untilState("ended");
    expect(localCamera?.readyState).to.equal("ended");
    expect(pair.a.records.map(({ outcome, direction }) => [outcome, direction])).to.deep.equal([
      ["completed", "outgoing"],
    ]);
    expect(pair.b.records.map(({ outcome, direction }) => [outcome, direction])).to.deep.equal([
      ["completed", "incoming"],
    ]);
    expect(pair.b.records[0]).to.include({ media: "video", relayed: false, reconnections: 0 });
  });

  longIt("can be followed by another call", async () => {
    await pair.connect("audio");
    await pair.b.source.perform({ type: "hang-up" });
    await pair.a.untilState("ended");
    await pair.connect("video");
    expect(pair.a.snapshot.media).to.equal("video");
  });

  longIt("connects when both dial each other at the same moment, without a ring", async () => {
    await Promise.all([
      pair.a.source.perform({ type: "start", media: "audio", to: peerName }),
      pair.b.source.perform({ type: "start", media: "audio", to: peerName }),
    ]);
    await Promise.all([pair.a.untilState("connected"), pair.b.untilState("connected")]);
    expect(pair.a.snapshot.callId).to.equal(pair.b.snapshot.callId);
    expect([...pair.a.notices, ...pair.b.notices].some(({ type }) => type === "incoming")).to.equal(
      false,
    );
    expect([...pair.a.records, ...pair.b.records]).to.deep.equal([]);
  });

  it("tells a third caller that this side is busy where the host wants that, keeps it as a missed call and does not disturb the call", async () => {
    pair.close();
    pair = new CallPair({ b: new Side({ whenBusy: "busy" }) });
    await pair.connect("audio");
    const third = new Side();
    third.source.subscribe((notice) => {
      if (notice.type === "signal") pair.b.source.receive(notice.message);
    });
    pair.b.source.subscribe((notice) => {
      if (notice.type === "signal" && notice.message.callId === third.snapshot.callId)
        third.source.receive(notice.message);
    });
    await third.source.perform({ type: "start", media: "audio" });
    await third.untilState("ended");
    expect(third.records.map(({ outcome }) => outcome)).to.deep.equal(["busy"]);
    expect(pair.b.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    expect(pair.b.snapshot.state).to.equal("connected");
    third.source.close();
  });
});

describe("a call that is not taken", () => {
  const ends = [
    { how: "the callee declines", intent: "decline", by: "b", outcomes: ["declined", "declined"] },
    { how: "the caller cancels", intent: "hang-up", by: "a", outcomes: ["cancelled", "missed"] },
  ] as const;
  for (const { how, intent, by, outcomes } of ends) {
    it(`ends as ${outcomes.join(" and ")} when ${how}`, async () => {
      const pair = new CallPair();
      await pair.a.source.perform({ type: "start", media: "audio" });
      await pair.a.untilState("ringing");
      await pair[by].source.perform({ type: intent });
      await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
      expect([...pair.a.records, ...pair.b.records].map(({ outcome }) => outcome)).to.deep.equal(
        outcomes,
      );
      pair.close();
    });
  }

  longIt("ends as unanswered and missed when nobody answers", async () => {
    const pair = new CallPair({ a: new Side({ ringTimeoutSeconds: 0.2 }) });
    await pair.a.source.perform({ type: "start", media: "video" });
    await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
    expect([...pair.a.records, ...pair.b.records].map(({ outcome }) => outcome)).to.deep.equal([
      "unanswered",
      "missed",
    ]);
    pair.close();
  });
});
