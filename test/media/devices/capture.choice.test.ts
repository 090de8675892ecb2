import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import type { ChosenDevices } from "../../../src/media/devices/device-choices.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let chosen: ChosenDevices;
let capture: Capture;

const idAt = (index: number) => watch.placed[index]?.getSettings().deviceId;
const newCapture = () => {
  watch = new CaptureWatch();
  watch.chosen = chosen;
  return new Capture(devices, watch, {
    ...{ processor: null, chosen, canChooseSpeaker: true },
    // Without retries for busy devices: those are in test/outside/devices.test.ts.
    limits: { answer: 10_000, busyRetries: [] },
  });
};

async function isOn(device: "microphone" | "camera"): Promise<void> {
  capture.setDevice(device, true);
  await watch.until(`${device} on`);
  await settled();
}

beforeEach(() => {
  devices = new FakeDevices();
  devices.microphones = [{ deviceId: "built-in" }, { deviceId: "headset" }];
  devices.cameras = [{ deviceId: "one" }, { deviceId: "two" }];
  devices.speakers = [{ deviceId: "loud" }, { deviceId: "" }];
  chosen = {};
  capture = newCapture();
});

afterEach(() => {
  capture.close();
});

describe("the list of devices", () => {
  it("is not there before one of them was opened, though something is plugged in", async () => {
    devices.plug();
    await settled();
    expect(watch.devices).to.equal(null);
  });

  it("has all of them by name, those in use, and none without an id", async () => {
    await isOn("microphone");
    expect(watch.devices).to.deep.equal({
      microphones: [
        { id: "built-in", label: "built-in's name" },
        { id: "headset", label: "headset's name" },
      ],
      cameras: [
        { id: "one", label: "one's name" },
        { id: "two", label: "two's name" },
      ],
      speakers: [{ id: "loud", label: "loud's name" }],
      ...{ microphone: "built-in", camera: null, speaker: null },
    });
  });

  it("has no speakers where an element cannot be set to play elsewhere", async () => {
    capture = new Capture(devices, watch);
    await isOn("microphone");
    expect(watch.devices?.speakers).to.deep.equal([]);
  });

  it("follows what is plugged in and out, until the call ends", async () => {
    await isOn("microphone");
    devices.microphones = [{ deviceId: "built-in" }];
    devices.plug();
    await settled();
    expect(watch.devices?.microphones.map(({ id }) => id)).to.deep.equal(["built-in"]);
    capture.close();
    const last = watch.devices;
    devices.plug();
    await settled();
    expect(watch.devices === last).to.equal(true);
  });
});

describe("a speaker that the browser lets a person choose", () => {
  const other = { deviceId: "headphones", label: "Headphones" } as MediaDeviceInfo;

  it("is reported once a device was open, chosen in its window, and listed from then on", async () => {
    devices.speakers = [];
    Object.assign(devices, {
      selectAudioOutput: () => {
        devices.speakers = [other];
        return Promise.resolve(other);
      },
    });
    await isOn("microphone");
    expect(watch.devices).to.deep.include({ canAskForSpeaker: true, speakers: [] });
    capture.chooseDevice("speaker", null);
    await settled();
    expect(watch.devices?.speaker).to.equal("headphones");
    expect(chosen.speaker).to.equal("headphones");
  });

  it("stays as it is where the person closes the window", async () => {
    Object.assign(devices, {
      selectAudioOutput: () => Promise.reject(new DOMException("Closed.", "NotAllowedError")),
    });
    await isOn("microphone");
    capture.chooseDevice("speaker", null);
    await settled();
    expect([watch.devices?.speaker, chosen, watch.last]).to.deep.equal([null, {}, "microphone on"]);
  });

  it("is not offered where the engine has no such window", async () => {
    await isOn("microphone");
    expect(watch.devices).not.to.have.property("canAskForSpeaker");
    capture.chooseDevice("speaker", null);
    await settled();
    expect(chosen).to.deep.equal({});
  });
});

describe("a microphone that is chosen", () => {
  it("replaces the other one, which is stopped after it", async () => {
    await isOn("microphone");
    const reported = watch.reported.length;
    devices.isHeld = true;
    capture.chooseDevice("microphone", "headset");
    await settled();
    expect([devices.live().length, idAt(0)]).to.deep.equal([1, "built-in"]);
    devices.answer();
    await settled();
    expect([idAt(0), watch.devices?.microphone, devices.live().length]).to.deep.equal([
      "headset",
      "headset",
      1,
    ]);
    expect(watch.reported.slice(reported)).to.deep.equal(["microphone on"]);
  });

  it("is remembered for the next call, even if this one ends before the track is placed", async () => {
    await isOn("microphone");
    watch.gate = new Promise(() => {});
    capture.chooseDevice("microphone", "headset");
    await settled();
    capture.close();
    expect(chosen.microphone).to.equal("headset");
  });

  it("stays muted where the other one was", async () => {
    await isOn("microphone");
    capture.setDevice("microphone", false);
    await watch.until("microphone off");
    capture.chooseDevice("microphone", "headset");
    await settled();
    expect([idAt(0), watch.placed[0]?.enabled, watch.wasEnabled, watch.last]).to.deep.equal([
      "headset",
      false,
      [true, false],
      "microphone off",
    ]);
  });

  it("that does not open leaves the previous one unchanged, and reports why", async () => {
    await isOn("microphone");
    devices.busy.add("headset");
    capture.chooseDevice("microphone", "headset");
    await settled();
    expect([idAt(0), devices.live().length, watch.devices?.microphone]).to.deep.equal([
      "built-in",
      1,
      "built-in",
    ]);
    expect(watch.reported.filter((text) => text.includes("failed"))).to.deep.equal([
      "choice failed device-busy",
    ]);
    expect(chosen).to.deep.equal({});
  });

  it("while another one opens is the one in the end", async () => {
    devices.isHeld = true;
    capture.setDevice("microphone", true);
    await settled();
    capture.chooseDevice("microphone", "headset");
    devices.answer();
    await settled();
    expect([idAt(0), devices.live().length]).to.deep.equal(["headset", 1]);
  });

  it("after the other one failed is opened", async () => {
    devices.busy.add("built-in");
    capture.setDevice("microphone", true);
    await watch.until("microphone failed device-busy");
    capture.chooseDevice("microphone", "headset");
    await settled();
    expect([idAt(0), watch.last]).to.deep.equal(["headset", "microphone on"]);
  });

  it("is the one of the next call, and the system's where it is gone by then", async () => {
    await isOn("microphone");
    capture.chooseDevice("microphone", "headset");
    await settled();
    capture.close();
    capture = newCapture();
    await isOn("microphone");
    expect(idAt(0)).to.equal("headset");
    capture.close();
    devices.microphones = [{ deviceId: "built-in" }];
    capture = newCapture();
    await isOn("microphone");
    expect([idAt(0), watch.reported.filter((text) => text.includes("failed"))]).to.deep.equal([
      "built-in",
      [],
    ]);
  });
});

describe("a camera that is chosen", () => {
  it("is opened once the other one is released: phones open one at a time", async () => {
    await isOn("camera");
    devices.isHeld = true;
    capture.chooseDevice("camera", "two");
    await settled();
    expect([devices.live().length, watch.placed[1], watch.last]).to.deep.equal([
      0,
      null,
      "camera starting",
    ]);
    devices.answer();
    await watch.until("camera on");
    expect([idAt(1), watch.devices?.camera]).to.deep.equal(["two", "two"]);
  });

  it("that does not open restores the previous one, and reports why", async () => {
    await isOn("camera");
    devices.busy.add("two");
    capture.chooseDevice("camera", "two");
    await settled();
    expect([idAt(1), watch.reported.slice(-2)]).to.deep.equal([
      "one",
      ["choice failed device-busy", "camera on"],
    ]);
  });

  it("while it is off is the one that opens, and nothing opens before", async () => {
    await isOn("microphone");
    capture.chooseDevice("camera", "two");
    await settled();
    expect(devices.live("video").length).to.equal(0);
    await isOn("camera");
    expect(idAt(1)).to.equal("two");
  });

  it("comes back after it was off, also where it was flipped to", async () => {
    await isOn("camera");
    await capture.flipCamera();
    capture.setDevice("camera", false);
    await watch.until("camera off");
    await isOn("camera");
    expect([idAt(1), chosen.camera]).to.deep.equal(["two", undefined]);
  });

  it("is flipped also while it still opens", async () => {
    devices.isHeld = true;
    capture.setDevice("camera", true);
    await settled();
    const flip = capture.flipCamera();
    devices.answer();
    await flip;
    expect([idAt(1), devices.live().length]).to.deep.equal(["two", 1]);
  });
});

describe("a speaker that is chosen", () => {
  it("is set, and the system's again with an empty id or where it is unplugged", async () => {
    await isOn("microphone");
    capture.chooseDevice("speaker", "loud");
    expect(watch.devices?.speaker).to.equal("loud");
    devices.speakers = [];
    devices.plug();
    await settled();
    expect(watch.devices?.speaker).to.equal(null);
    devices.speakers = [{ deviceId: "loud" }];
    devices.plug();
    await settled();
    expect(watch.devices?.speaker).to.equal("loud");
    capture.chooseDevice("speaker", "");
    expect([watch.devices?.speaker, devices.requests.length]).to.deep.equal([null, 1]);
  });
});

describe("voice processing", () => {
  it("is switched on the open track where that has an effect", async () => {
    await isOn("microphone");
    expect(watch.voice).to.deep.equal({
      noiseSuppression: true,
      voiceIsolation: null,
      backgroundBlur: null,
    });
    capture.setVoice("noiseSuppression", false);
    await settled();
    expect([
      watch.voice?.noiseSuppression,
      devices.requests.length,
      chosen.noiseSuppression,
    ]).to.deep.equal([false, 1, false]);
  });

  it("is switched by opening the same microphone anew where it has none", async () => {
    devices.appliesLive = false;
    await isOn("microphone");
    capture.chooseDevice("microphone", "headset");
    await settled();
    capture.setVoice("noiseSuppression", false);
    await settled();
    expect([watch.voice?.noiseSuppression, idAt(0), devices.live().length]).to.deep.equal([
      false,
      "headset",
      1,
    ]);
  });

  it("is no switch where the microphone cannot be without it, or the browser does not say", async () => {
    for (const voice of [{ noiseSuppression: [true] }, {}]) {
      devices.voice = voice;
      capture = newCapture();
      await isOn("microphone");
      expect(watch.voice?.noiseSuppression).to.equal(null);
    }
  });

  it("is reported unchanged where it could not be switched", async () => {
    devices.appliesLive = false;
    await isOn("microphone");
    devices.busy.add("built-in");
    capture.setVoice("noiseSuppression", false);
    await settled();
    expect([
      watch.voice?.noiseSuppression,
      watch.reported.includes("choice failed device-busy"),
    ]).to.deep.equal([true, true]);
    expect([chosen.noiseSuppression, watch.placed[0]?.readyState]).to.deep.equal([
      undefined,
      "live",
    ]);
  });
});
