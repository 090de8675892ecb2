import { expect } from "@open-wc/testing";
import { NoteRecorder, noteType, type NoteDevices } from "../../src/controller/note-recorder.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The browser's own fake microphone, whose tracks can be looked at. */
function microphone() {
  const tracks: MediaStreamTrack[] = [];
  const getUserMedia = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    tracks.push(...stream.getTracks());
    return stream;
  };
  return { tracks, getUserMedia, enumerateDevices: () => Promise.resolve([]) };
}

const devicesOf = (mediaDevices: NoteDevices["mediaDevices"]): NoteDevices => ({
  mediaDevices,
  processor: null,
  effects: [],
  chosen: {},
  open: undefined,
});

function recorderOf(devices: NoteDevices, limit = 60_000): NoteRecorder {
  return new NoteRecorder("audio", devices, () => undefined, limit);
}

const until = (recorder: NoteRecorder, state: string) =>
  waitUntil(() => recorder.state.state === state, `the note is ${state}`);

/** Waits until there is something to keep. */
const heardSomething = (recorder: NoteRecorder) =>
  waitUntil(
    () => recorder.state.state === "recording" && performance.now() - recorder.state.since > 1200,
    "the note has a beginning",
  );

describe("a recorder of notes", () => {
  it("has a type that this engine records", () => {
    for (const media of ["audio", "video"] as const) {
      const type = noteType(media);
      expect(type).to.match(new RegExp(`^${media}/(?:webm|mp4|ogg)`));
      expect(MediaRecorder.isTypeSupported(type ?? "")).to.equal(true);
    }
  });

  it("records until it is stopped, and releases the microphone then", async () => {
    const devices = microphone();
    const recorder = recorderOf(devicesOf(devices));
    await recorder.start();
    expect(devices.tracks.map(({ readyState }) => readyState)).to.deep.equal(["live"]);
    await heardSomething(recorder);
    recorder.stop("pressed");
    expect(devices.tracks.map(({ readyState }) => readyState)).to.deep.equal(["ended"]);
    await until(recorder, "recorded");
    const { state } = recorder;
    if (state.state !== "recorded") throw new Error("It is not recorded.");
    expect(state.why).to.equal("pressed");
    expect(state.note.blob.type).to.equal(state.note.mimeType);
    expect(state.note.durationMs).to.be.within(0, 60_000);
  });

  it("stops by itself at its limit", async () => {
    const devices = microphone();
    const recorder = recorderOf(devicesOf(devices), 1500);
    await recorder.start();
    await until(recorder, "recorded");
    const { state } = recorder;
    if (state.state !== "recorded") throw new Error("It is not recorded.");
    expect([state.why, state.note.durationMs]).to.deep.equal(["limit", 1500]);
    expect(devices.tracks[0]?.readyState).to.equal("ended");
  });

  it("keeps nothing of a note that is closed, also while the person is asked for permission", async () => {
    const devices = microphone();
    let allow: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (allow = resolve));
    const recorder = recorderOf(
      devicesOf({ ...devices, getUserMedia: () => asked.then(devices.getUserMedia) }),
    );
    const started = recorder.start();
    recorder.stop("interrupted");
    expect(recorder.state.state).to.equal("closed");
    allow();
    await started;
    expect(devices.tracks.map(({ readyState }) => readyState)).to.deep.equal(["ended"]);
    expect(recorder.state.state).to.equal("closed");
  });

  it("fails by the problem of the device", async () => {
    const problems = {
      NotAllowedError: "permission-denied",
      NotFoundError: "device-not-found",
      NotReadableError: "device-busy",
      TypeError: "internal",
    };
    for (const [name, problem] of Object.entries(problems)) {
      const getUserMedia = () => Promise.reject(new DOMException("", name));
      const recorder = recorderOf(devicesOf({ ...microphone(), getUserMedia }));
      await recorder.start();
      expect(recorder.state).to.deep.equal({ state: "failed", problem });
    }
    const none = recorderOf(devicesOf(null));
    await none.start();
    expect(none.state).to.deep.equal({ state: "failed", problem: "permission-denied" });
  });

  it("records what a track processor makes of the track, and nothing where it fails", async () => {
    const devices = microphone();
    const made = microphone();
    const recorder = recorderOf({
      ...devicesOf(devices),
      processor: async () => (await made.getUserMedia()).getTracks()[0]!,
    });
    await recorder.start();
    const { state } = recorder;
    if (state.state !== "recording") throw new Error("It does not record.");
    expect(state.stream.getTracks()).to.deep.equal(made.tracks);
    recorder.close();
    expect([...devices.tracks, ...made.tracks].map(({ readyState }) => readyState)).to.deep.equal([
      "ended",
      "ended",
    ]);
    const other = microphone();
    const failing = recorderOf({
      ...devicesOf(other),
      processor: () => Promise.reject(new Error("broken")),
    });
    await failing.start();
    expect(failing.state).to.deep.equal({ state: "failed", problem: "device-busy" });
    expect(other.tracks[0]?.readyState).to.equal("ended");
  });

  it("records what an effect that is on makes of the track, and nothing where it fails", async () => {
    const devices = microphone();
    const made = microphone();
    const feature = "voiceIsolation";
    const process = async () => (await made.getUserMedia()).getTracks()[0]!;
    const given = { ...devicesOf(devices), effects: [{ feature, process }] as const };
    const off = recorderOf(given);
    await off.start();
    expect([off.state.state, made.tracks.length]).to.deep.equal(["recording", 0]);
    off.close();

    const chosen = { voiceIsolation: true };
    const on = recorderOf({ ...given, chosen });
    await on.start();
    const { state } = on;
    if (state.state !== "recording") throw new Error("It does not record.");
    expect(state.stream.getTracks()).to.deep.equal(made.tracks);
    on.close();
    expect(made.tracks[0]?.readyState).to.equal("ended");

    const broken = () => Promise.reject(new Error("No model."));
    const failing = recorderOf({ ...given, chosen, effects: [{ feature, process: broken }] });
    await failing.start();
    expect(failing.state).to.deep.equal({ state: "failed", problem: "device-busy" });
  });

  it("asks the engine itself for what was on", async () => {
    const asked: unknown[] = [];
    const mediaDevices = {
      ...microphone(),
      getUserMedia: (given?: MediaStreamConstraints) => {
        asked.push(given);
        return Promise.reject(new DOMException("", "NotFoundError"));
      },
    };
    const devices = { ...devicesOf(mediaDevices), chosen: { backgroundBlur: true } };
    await new NoteRecorder("video", devices, () => undefined, 1000).start();
    expect(asked[0]).to.have.nested.property("video.backgroundBlur", true);
    expect(asked[0]).to.have.property("audio", true);
  });
});
