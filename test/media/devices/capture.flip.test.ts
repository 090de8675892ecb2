import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;

/** The id of the camera that is on the wire. */
const shown = () => watch.placed[1]?.getSettings().deviceId;

describe("a camera that is flipped", () => {
  beforeEach(async () => {
    devices = new FakeDevices();
    devices.cameras = [
      { deviceId: "front", facingMode: "user" },
      { deviceId: "back", facingMode: "environment" },
    ];
    watch = new CaptureWatch();
    capture = new Capture(devices, watch);
    capture.setDevice("camera", true);
    await watch.until("camera on");
    await settled();
  });

  it("is counted with the others when it opens", () => {
    expect(watch.devices?.cameras.length).to.equal(2);
  });

  it("looks the other way, and back", async () => {
    expect([shown(), watch.facings.at(-1)]).to.deep.equal(["front", "user"]);
    await capture.flipCamera();
    expect([shown(), watch.facings.at(-1)]).to.deep.equal(["back", "environment"]);
    await capture.flipCamera();
    expect([shown(), watch.facings.at(-1)]).to.deep.equal(["front", "user"]);
    expect(devices.live().length).to.equal(1);
  });

  it("is stopped before the next one is asked for: phones open one at a time", async () => {
    const [old] = devices.tracks;
    devices.isHeld = true;
    const flip = capture.flipCamera();
    await settled();
    expect([devices.waiting, old?.readyState, watch.placed[1]]).to.deep.equal([1, "ended", null]);
    devices.answer();
    await flip;
  });

  it("goes through the list where cameras have no direction", async () => {
    devices.cameras = [{ deviceId: "one" }, { deviceId: "two" }, { deviceId: "three" }];
    capture.setDevice("camera", false);
    await watch.until("camera off");
    capture.setDevice("camera", true);
    await watch.until("camera on");
    const seen = [shown()];
    for (let flip = 0; flip < 3; flip++) {
      await capture.flipCamera();
      seen.push(shown());
    }
    expect(seen).to.deep.equal(["one", "two", "three", "one"]);
  });

  it("comes back where the next one does not open", async () => {
    devices.cameras = [{ deviceId: "front", facingMode: "user" }];
    await capture.flipCamera();
    expect([shown(), watch.last, devices.live().length]).to.deep.equal(["front", "camera on", 1]);
  });

  it("has failed where neither opens", async () => {
    devices.failures.set("video", "NotReadableError");
    await capture.flipCamera();
    expect([watch.placed[1], watch.last, devices.live().length]).to.deep.equal([
      null,
      "camera failed device-busy",
      0,
    ]);
  });

  it("stays off where it is off", async () => {
    capture.setDevice("camera", false);
    await watch.until("camera off");
    await capture.flipCamera();
    expect([devices.live().length, devices.requests.length]).to.deep.equal([0, 1]);
  });

  it("and switched off meanwhile is off in the end", async () => {
    devices.isHeld = true;
    const flip = capture.flipCamera();
    await settled();
    capture.setDevice("camera", false);
    devices.answer();
    await flip;
    await watch.until("camera off");
    expect([watch.placed[1], devices.live().length]).to.deep.equal([null, 0]);
  });

  it("twice at once flips one time after the other, and leaves no camera open behind it", async () => {
    await Promise.all([capture.flipCamera(), capture.flipCamera()]);
    expect([devices.live().length, shown()]).to.deep.equal([1, "front"]);
    expect(devices.live()[0] === watch.placed[1]).to.equal(true);
  });

  it("is stopped where the call ends meanwhile, and no camera is asked for after that", async () => {
    devices.isHeld = true;
    devices.failures.set("video", "NotReadableError");
    const flip = capture.flipCamera();
    await settled();
    const asked = devices.requests.length;
    capture.close();
    devices.answer();
    await flip;
    expect([devices.live().length, devices.requests.length]).to.deep.equal([0, asked]);
  });

  it("that opens after the end of the call is stopped at once", async () => {
    devices.isHeld = true;
    const flip = capture.flipCamera();
    await settled();
    capture.close();
    devices.answer();
    await flip;
    expect(devices.live().length).to.equal(0);
  });
});
