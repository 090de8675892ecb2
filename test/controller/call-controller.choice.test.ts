import { expect } from "@open-wc/testing";
import { callIn } from "../support/controlled-call.ts";
import type { ControlledCall } from "../support/controlled-call.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const choice = (device: "microphone" | "camera" | "speaker", id: string) =>
  ({ type: "choose-device", device, id }) as const;

describe("a device that a person chooses in a call", () => {
  let call: ControlledCall;

  beforeEach(async () => {
    call = await callIn("connected as the caller");
    call.ports.devices.list({ microphones: 2, cameras: 2, speakers: 2 });
    call.ports.devices.mode = "on request";
  });

  afterEach(() => {
    call.controller.close();
  });

  it("is done once the device is in use, not before", async () => {
    let isDone = false;
    const done = call.controller
      .perform(choice("microphone", "microphone 1"))
      .then(() => (isDone = true));
    await settled();
    expect([isDone, call.ports.devices.asked.at(-1)]).to.deep.equal([
      false,
      "microphone microphone 1",
    ]);
    call.ports.devices.chosen("microphone", "microphone 1");
    await done;
    expect(call.snapshot.devices.microphone).to.equal("microphone 1");
  });

  it("is refused with its own reason where it does not open, and a notice says so", async () => {
    const done = codeRejectedBy(call.controller.perform(choice("microphone", "microphone 1")));
    await settled();
    call.ports.devices.failChoice("device-busy");
    expect(await done).to.equal("device-busy");
    expect([call.errors, call.snapshot.devices.microphone]).to.deep.equal([
      ["device-busy"],
      "microphone 0",
    ]);
  });

  it("is refused where it is not in the list, and in a call on hold", async () => {
    expect(await codeRejectedBy(call.controller.perform(choice("microphone", "none")))).to.equal(
      "not-possible",
    );
    call.ports.devices.mode = "at once";
    await call.controller.perform({ type: "hold" });
    expect(
      await codeRejectedBy(call.controller.perform(choice("microphone", "microphone 1"))),
    ).to.equal("not-possible");
  });

  it("is done at once where it is a camera that is off: it is the next to open", async () => {
    await call.controller.perform(choice("camera", "camera 1"));
    expect(call.ports.devices.asked.at(-1)).to.equal("camera camera 1");
  });

  it("is the speaker that is set, and the system's with an empty id", async () => {
    const done = call.controller.perform(choice("speaker", "speaker 1"));
    call.ports.devices.chosen("speaker", "speaker 1");
    await done;
    expect(call.snapshot.devices.speaker).to.equal("speaker 1");
    const back = call.controller.perform(choice("speaker", ""));
    call.ports.devices.chosen("speaker", "");
    await back;
    expect(call.snapshot.devices.speaker).to.equal(null);
  });

  it("settles pending promises when the call ends", async () => {
    const done = call.controller.perform(choice("microphone", "microphone 1"));
    await call.controller.perform({ type: "hang-up" });
    await done;
  });

  it("is done with the voice once that is measured, and refused where it cannot be switched", async () => {
    const wish = { type: "set-voice", feature: "noiseSuppression", on: false } as const;
    expect(await codeRejectedBy(call.controller.perform(wish))).to.equal("not-possible");
    call.ports.devices.voice = { noiseSuppression: true, voiceIsolation: null };
    call.ports.devices.reportDevices();
    let isDone = false;
    const done = call.controller.perform(wish).then(() => (isDone = true));
    await settled();
    expect(isDone).to.equal(false);
    call.ports.devices.voice = { noiseSuppression: false, voiceIsolation: null };
    call.ports.devices.reportDevices();
    await done;
    expect(call.snapshot.voice.noiseSuppression).to.equal(false);
  });
});

describe("the senses of a call", () => {
  it("get the sensing plan, and end with the call", async () => {
    const call = await callIn("connected as the caller");
    const [senses] = call.ports.senses;
    expect(senses?.plan).to.deep.equal({ microphone: "silence", camera: null });
    await call.controller.perform({ type: "set-device", device: "microphone", on: false });
    expect(senses?.plan.microphone).to.equal("voice");
    await call.controller.perform({ type: "set-device", device: "camera", on: true });
    for (let times = 0; times < 3; times++)
      senses?.report({ of: "picture", light: 0, variance: 0 });
    expect(call.snapshot.hints).to.deep.equal(["camera-black"]);
    call.controller.close();
    expect([senses?.isClosed, call.ports.senses.length]).to.deep.equal([true, 1]);
  });

  it("say how loud it is, and nothing once the call is over", async () => {
    const call = await callIn("connected as the caller");
    call.ports.senses[0]!.levels = { microphone: 0.2, remote: 0.4 };
    const { levels } = call.controller;
    expect([levels.microphone(), levels.remote()]).to.deep.equal([0.2, 0.4]);
    call.controller.close();
    expect([levels.microphone(), levels.remote()]).to.deep.equal([0, 0]);
  });
});
