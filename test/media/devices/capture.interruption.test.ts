import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices, type FakeTrack } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;
let permission: PermissionState | null;

beforeEach(() => {
  devices = new FakeDevices();
  watch = new CaptureWatch();
  permission = "granted";
  capture = new Capture(devices, watch, {
    ...{ processor: null, chosen: {} },
    permission: () => Promise.resolve(permission),
  });
});

/** The system takes the device of a track, or gives it back. */
function take(track: FakeTrack, isTaken: boolean): void {
  track.muted = isTaken;
  track.dispatchEvent(new Event(isTaken ? "mute" : "unmute"));
}

describe("a device in use that the system takes", () => {
  for (const [device, index] of [
    ["microphone", 0],
    ["camera", 1],
  ] as const) {
    it(`is interrupted, and comes back by itself: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      take(devices.tracks[0]!, true);
      expect(watch.last).to.equal(`${device} interrupted`);
      take(devices.tracks[0]!, false);
      expect(watch.last).to.equal(`${device} on`);
      expect(devices.requests.length).to.equal(1);
    });

    it(`is asked for again, and the next one takes its place only once it is there: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      const [first] = devices.tracks;
      take(first!, true);
      await capture.reopen(device, false);
      expect([watch.last, devices.live().length]).to.deep.equal([`${device} on`, 1]);
      expect([watch.placed[index] === devices.tracks[1], first!.readyState]).to.deep.equal([
        true,
        "ended",
      ]);
    });

    it(`stays as it is where nothing else can be opened: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      devices.failures.set(device === "camera" ? "video" : "audio", "NotAllowedError");
      take(devices.tracks[0]!, true);
      await capture.reopen(device, false);
      expect([watch.last, devices.live().length]).to.deep.equal([`${device} interrupted`, 1]);
      take(devices.tracks[0]!, false);
      expect(watch.last).to.equal(`${device} on`);
    });
  }

  it("is not asked for where a prompt would come that nobody expects, nor where it was refused", async () => {
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    take(devices.tracks[0]!, true);
    for (const [state, mayPrompt, requests] of [
      ["denied", true, 1],
      ["prompt", false, 1],
      ["prompt", true, 2],
    ] as const) {
      permission = state;
      await capture.reopen("microphone", mayPrompt);
      expect(devices.requests.length, `${state} ${mayPrompt}`).to.equal(requests);
    }
  });

  it("is asked for by a person who tries again, which is seen", async () => {
    capture.setDevice("camera", true);
    await watch.until("camera on");
    take(devices.tracks[0]!, true);
    capture.setDevice("camera", true);
    expect(watch.last).to.equal("camera starting");
    await watch.until("camera on");
    expect(devices.requests.length).to.equal(2);
  });

  it("is not touched once it has come back, is off, or the call is over", async () => {
    capture.setDevice("camera", true);
    await watch.until("camera on");
    await capture.reopen("camera", true);
    take(devices.tracks[0]!, true);
    const late = capture.reopen("camera", true);
    capture.setDevice("camera", false);
    await late;
    await settled();
    expect([watch.last, devices.requests.length]).to.deep.equal(["camera off", 1]);
    capture.close();
    await capture.reopen("microphone", true);
    expect(devices.requests.length).to.equal(1);
  });

  it("has failed where it never worked: there is nothing to come back", async () => {
    const { getUserMedia } = devices;
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      devices.tracks.at(-1)!.muted = true;
      return stream;
    };
    capture.setDevice("camera", true);
    await watch.until("camera failed device-busy");
  });
});
