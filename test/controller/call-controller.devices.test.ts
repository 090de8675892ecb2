import { expect } from "@open-wc/testing";
import type { CallNotice, CallTracks } from "../../src/controller/call-source.ts";
import { callIn, ControlledCall, Gate } from "../support/controlled-call.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { zeros } from "../support/signals.ts";
import { settled } from "../support/virtual-clock.ts";

const camera = (on: boolean) => ({ type: "set-device", device: "camera", on }) as const;
const changes = (notices: readonly CallNotice[]) =>
  notices.filter(({ type }) => type === "changed").length;
/** The tracks that there are. */
const names = (tracks: CallTracks) =>
  Object.entries(tracks).flatMap(([name, track]) => (track === null ? [] : [name]));

async function connected(): Promise<ControlledCall> {
  const call = new ControlledCall();
  call.ports.capture = "on request";
  const dialled = call.dial();
  await settled();
  call.ports.devices.settle("microphone", true);
  await dialled;
  await call.hear("accept");
  await call.pathIs("connected");
  return call;
}

describe("a device that a person switches in a call", () => {
  let call: ControlledCall;

  beforeEach(async () => {
    call = await connected();
  });

  afterEach(() => {
    call.controller.close();
  });

  it("is done once the device is on, not before", async () => {
    let isDone = false;
    const done = call.controller.perform(camera(true)).then(() => (isDone = true));
    await settled();
    expect([isDone, call.snapshot.local.camera.state]).to.deep.equal([false, "starting"]);
    call.ports.devices.settle("camera", true);
    await done;
    expect(call.snapshot.local.camera.state).to.equal("on");
  });

  it("is refused with the device's own reason", async () => {
    call.ports.problems.set("camera", "device-busy");
    const done = codeRejectedBy(call.controller.perform(camera(true)));
    await settled();
    call.ports.devices.settle("camera", true);
    expect(await done).to.equal("device-busy");
    expect(call.snapshot.state).to.equal("connected");
  });

  it("is done once the device is off, not before", async () => {
    let isDone = false;
    const done = call.controller
      .perform({ type: "set-device", device: "microphone", on: false })
      .then(() => (isDone = true));
    await settled();
    expect([isDone, call.snapshot.local.microphone.state]).to.deep.equal([false, "on"]);
    call.ports.devices.settle("microphone", false);
    await done;
  });

  it("is done at once where it is already so", async () => {
    const asked = call.ports.devices.asked.length;
    await call.controller.perform({ type: "set-device", device: "microphone", on: true });
    await call.controller.perform(camera(false));
    expect(call.ports.devices.asked.length).to.equal(asked);
  });

  it("is refused where it was switched off again before it was on", async () => {
    const first = codeRejectedBy(call.controller.perform(camera(true)));
    await settled();
    const second = call.controller.perform(camera(false));
    call.ports.devices.settle("camera", false);
    expect(await first).not.to.equal(null);
    await second;
  });

  it("is refused where the call ends before it is on", async () => {
    const done = codeRejectedBy(call.controller.perform(camera(true)));
    await settled();
    await call.controller.perform({ type: "hang-up" });
    expect(await done).to.equal("not-possible");
  });

  it("is flipped once the other camera is on, not before", async () => {
    const switched = call.controller.perform(camera(true));
    await settled();
    call.ports.devices.settle("camera", true);
    call.ports.devices.list({ cameras: 2 });
    await switched;
    const gate = new Gate();
    call.ports.devices.flipping = gate.promise;
    let isDone = false;
    const done = call.controller.perform({ type: "flip-camera" }).then(() => (isDone = true));
    await settled();
    expect([isDone, call.ports.devices.flips]).to.deep.equal([false, 0]);
    gate.open();
    await done;
    expect(call.ports.devices.flips).to.equal(1);
  });

  it("tells the other side of it, once the channel is open", async () => {
    call.ports.connection.listener.controlOpened();
    call.ports.devices.settle("camera", true);
    call.ports.devices.settle("microphone", false);
    expect(call.ports.connection.said).to.deep.equal([
      { type: "confirm", nonce: zeros(32), mac: zeros(64) },
      { type: "media", microphone: true, camera: false, screen: false },
      { type: "media", microphone: true, camera: true, screen: false },
      { type: "media", microphone: false, camera: true, screen: false },
    ]);
  });
});

describe("the tracks of a call", () => {
  let call: ControlledCall;

  beforeEach(async () => {
    call = await connected();
  });

  afterEach(() => {
    call.controller.close();
  });

  const says = (media: { microphone?: boolean; camera?: boolean; screen?: boolean }) => {
    const message = { type: "media", microphone: true, camera: false, screen: false, ...media };
    call.ports.connection.listener.controlReceived(JSON.stringify(message));
  };

  it("are none of the other side's before a frame of theirs was opened", () => {
    says({ camera: true, screen: true });
    expect(names(call.controller.tracks)).to.deep.equal([]);
  });

  it("are the other side's as they are opened, picture only while the other side says that there is one", () => {
    for (const track of [0, 1, 2, 3] as const) call.ports.cipher.listener.opened(track);
    expect(names(call.controller.tracks)).to.deep.equal(["remoteMicrophone"]);
    says({ camera: true });
    expect(names(call.controller.tracks)).to.have.members(["remoteMicrophone", "remoteCamera"]);
    says({ screen: true });
    expect(names(call.controller.tracks)).to.have.members([
      "remoteMicrophone",
      "remoteScreen",
      "remoteScreenAudio",
    ]);
    expect(call.controller.tracks.remoteScreen === call.ports.connection.remoteTrack(3)).to.equal(
      true,
    );
  });

  it("are this side's camera and screen while they are on", () => {
    call.ports.devices.settle("camera", true);
    expect(call.controller.tracks.localCamera === call.ports.devices.track("camera")).to.equal(
      true,
    );
    call.ports.devices.settle("screen", true);
    call.ports.devices.settle("camera", false);
    expect(names(call.controller.tracks)).to.deep.equal(["localScreen"]);
  });

  it("are a new object exactly when one of them has changed", () => {
    const before = call.controller.tracks;
    call.ports.devices.settle("microphone", false);
    expect(call.controller.tracks === before).to.equal(true);
    call.ports.devices.settle("camera", true);
    expect(call.controller.tracks === before).to.equal(false);
    expect(Object.isFrozen(call.controller.tracks)).to.equal(true);
  });

  it("are reported when the camera's track is another one, though the camera stays on", () => {
    call.ports.devices.settle("camera", true);
    const reported = changes(call.notices);
    call.ports.devices.settle("camera", true, "environment");
    expect(changes(call.notices)).to.equal(reported + 1);
    expect(call.controller.tracks.localCamera === call.ports.devices.track("camera")).to.equal(
      true,
    );
  });

  it("are none when the call has ended", async () => {
    call.ports.cipher.listener.opened(0);
    call.ports.devices.settle("camera", true);
    await call.controller.perform({ type: "hang-up" });
    expect(names(call.controller.tracks)).to.deep.equal([]);
  });
});

describe("a message on the data channel that no kit would send", () => {
  it("is dropped, and the call goes on", async () => {
    const call = await callIn("connected as the caller");
    const before = call.snapshot;
    const data = [
      null,
      1,
      new ArrayBuffer(4),
      "",
      "{",
      "[]",
      '{"type":"media"}',
      '{"type":"end","reason":"x"}',
      "x".repeat(1e6),
    ];
    for (const one of data) call.ports.connection.listener.controlReceived(one);
    call.ports.connection.listener.controlReceived('{"type":"from-the-future"}');
    expect(call.snapshot === before).to.equal(true);
    expect(call.errors).to.deep.equal([]);
    call.controller.close();
  });
});
