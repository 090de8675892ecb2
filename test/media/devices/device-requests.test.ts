import { expect } from "@open-wc/testing";
import { DeviceRequests } from "../../../src/media/devices/device-requests.ts";
import { FakeDevices } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

const audio = { audio: { echoCancellation: true } } as const;
const video = { video: { frameRate: 30 } } as const;
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "",
    (thrown: unknown) => (thrown as DOMException).name,
  );

describe("requests for devices", () => {
  let devices: FakeDevices;
  let requests: DeviceRequests;

  beforeEach(() => {
    devices = new FakeDevices();
    requests = new DeviceRequests(devices);
  });

  it("of one turn are one request, so that the user gets one question", async () => {
    const [microphone, camera] = await Promise.all([requests.ask(audio), requests.ask(video)]);
    expect(devices.requests).to.deep.equal([{ ...audio, ...video }]);
    expect([microphone.kind, camera.kind]).to.deep.equal(["audio", "video"]);
  });

  it("of different turns are requests of their own", async () => {
    await requests.ask(audio);
    await requests.ask(video);
    expect(devices.requests).to.deep.equal([audio, video]);
  });

  it("that fail together are made alone, and each settles by itself", async () => {
    devices.failures.set("audio", "NotFoundError");
    const [microphone, camera] = [nameOf(requests.ask(audio)), requests.ask(video)];
    expect(await microphone).to.equal("NotFoundError");
    expect((await camera).kind).to.equal("video");
    expect(devices.requests.length).to.equal(3);
  });

  it("fail with fewer tracks than requested, and stop those", async () => {
    const full = devices.getUserMedia;
    devices.getUserMedia = (constraints) =>
      full(constraints?.audio ? { audio: constraints.audio } : {});
    expect(
      await Promise.all([nameOf(requests.ask(audio)), nameOf(requests.ask(video))]),
    ).to.deep.equal(["", "NotFoundError"]);
    expect(devices.live().length).to.equal(1);
  });

  it("are refused where the page has no devices", async () => {
    expect(await nameOf(new DeviceRequests(null).ask(audio))).to.equal("NotAllowedError");
  });

  it("wait for no other request that is still under way", async () => {
    devices.isHeld = true;
    const microphone = requests.ask(audio);
    await settled();
    devices.isHeld = false;
    expect((await requests.ask(video)).kind).to.equal("video");
    devices.answer();
    expect((await microphone).kind).to.equal("audio");
  });
});
