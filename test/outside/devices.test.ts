import { expect } from "@open-wc/testing";
import type { CallOptions } from "../../src/controller/call-options.ts";
import { Capture } from "../../src/media/devices/capture.ts";
import type { CaptureOptions } from "../../src/media/devices/capture-listener.ts";
import { Senses, MicrophoneMeter } from "../../src/media/devices/senses.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { CaptureWatch } from "../support/capture-watch.ts";
import { FakeDevices } from "../support/fake-devices.ts";
import { settled } from "../support/virtual-clock.ts";
import { longIt } from "../support/long-it.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The microphone stands for both in `npm test`, where a test is the same for each. */
const itFor = (device: string) => (device === "camera" ? longIt : it);

/*
 * Devices, drivers, systems and people as they are: they do not answer, take their time, say no, change their mind, and go away.
 */

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;

const quick = { answer: 60, busyRetries: [5, 10, 400] };
const began = (options: Partial<CaptureOptions> = {}) => {
  devices = new FakeDevices();
  watch = new CaptureWatch();
  const { chosen } = watch;
  capture = new Capture(devices, watch, { processor: null, chosen, limits: quick, ...options });
};
const reported = (text: string) =>
  waitUntil(() => watch.reported.includes(text), `not reported: ${text}`);

beforeEach(() => began());
afterEach(() => capture.close());

describe("a device that never answers", () => {
  for (const device of ["microphone", "camera", "screen"] as const) {
    itFor(device)(`is off at once where it is switched off: ${device}`, async () => {
      devices.isHeld = true;
      capture.setDevice(device, true);
      await settled();
      capture.setDevice(device, false);
      // In the same turn, and not when the device has something to say.
      expect(watch.reported).to.deep.equal([`${device} starting`, `${device} off`]);
    });

    itFor(device)(`is closed where it answers after all: ${device}`, async () => {
      devices.isHeld = true;
      capture.setDevice(device, true);
      await settled();
      if (device === "microphone") capture.close();
      else capture.setDevice(device, false);
      devices.answer();
      await settled();
      expect([devices.tracks.length > 0, devices.live().length]).to.deep.equal([true, 0]);
      expect(watch.reported.includes(`${device} on`)).to.equal(false);
    });
  }

  it("keeps no other device from being switched off", async () => {
    capture.setDevice("camera", true);
    await reported("camera on");
    devices.isHeld = true;
    capture.setDevice("microphone", true);
    await settled();
    capture.setDevice("camera", false);
    expect([watch.last, devices.live("video").length]).to.deep.equal(["camera off", 0]);
  });

  for (const device of ["microphone", "camera"] as const) {
    itFor(device)(`has failed after its time, and is reported: ${device}`, async () => {
      began({ permission: () => Promise.resolve("granted") });
      devices.isHeld = true;
      capture.setDevice(device, true);
      await reported(`${device} failed device-busy`);
      devices.answer();
      await settled();
      expect(devices.live().length).to.equal(0);
    });

    itFor(device)(`waits as long as a person is being asked: ${device}`, async () => {
      let asked = 0;
      began({
        permission: () => {
          asked += 1;
          return Promise.resolve("prompt");
        },
      });
      devices.isHeld = true;
      capture.setDevice(device, true);
      await waitUntil(() => asked >= 3, "the permission is not looked at");
      expect(watch.reported).to.deep.equal([`${device} starting`]);
      devices.answer();
      await reported(`${device} on`);
    });
  }

  it("asks a person one question where it is wanted again", async () => {
    devices.isHeld = true;
    capture.setDevice("camera", true);
    await settled();
    capture.setDevice("camera", false);
    await settled();
    capture.setDevice("camera", true);
    await settled();
    expect(devices.requests.length).to.equal(1);
    devices.answer();
    await reported("camera on");
    expect(devices.live().length).to.equal(1);
  });

  it("is off at once also where its track waits for its place", async () => {
    watch.gate = new Promise(() => undefined);
    for (const device of ["microphone", "camera"] as const) capture.setDevice(device, true);
    await settled();
    for (const device of ["microphone", "camera"] as const) capture.setDevice(device, false);
    expect(watch.reported.slice(-2)).to.deep.equal(["microphone off", "camera off"]);
    expect(devices.live("video").length).to.equal(0);
    expect(devices.live("audio").map(({ enabled }) => enabled)).to.deep.equal([false]);
  });

  it("keeps no camera open where its list is never reported", async () => {
    capture.setDevice("camera", true);
    await reported("camera on");
    devices.enumerateDevices = () => new Promise(() => undefined);
    void capture.flipCamera();
    await settled();
    capture.setDevice("camera", false);
    expect([watch.last, devices.live().length]).to.deep.equal(["camera off", 0]);
  });

  for (const [name, list] of Object.entries({
    "throws at once": () => {
      throw new Error("No list.");
    },
    "is refused": () => Promise.reject(new Error("No list.")),
    "is nothing": () => Promise.resolve(null as unknown as MediaDeviceInfo[]),
  })) {
    it(`opens where its list ${name}`, async () => {
      devices.enumerateDevices = list;
      capture.setDevice("camera", true);
      await reported("camera on");
    });
  }
});

describe("a person who says no", () => {
  it("is asked once for both devices", async () => {
    devices.failures.set("audio", "NotAllowedError").set("video", "NotAllowedError");
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await reported("microphone failed permission-denied");
    await reported("camera failed permission-denied");
    expect(devices.requests.length).to.equal(1);
  });

  it("to the camera is heard by the microphone that is allowed", async () => {
    began({
      permission: (device) => Promise.resolve(device === "camera" ? "denied" : "granted"),
    });
    devices.failures.set("video", "NotAllowedError");
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await reported("camera failed permission-denied");
    await reported("microphone on");
    expect(devices.requests.map((request) => Object.keys(request))).to.deep.equal([
      ["audio", "video"],
      ["audio"],
    ]);
  });

  it("to a screen, by closing the picker, is no error", async () => {
    devices.failures.set("screen", "NotAllowedError");
    capture.setDevice("screen", true);
    await reported("screen off");
    expect(watch.reported).to.deep.equal(["screen starting", "screen off"]);
    devices.failures.clear();
    capture.setDevice("screen", true);
    await reported("screen on");
  });

  it("by the system's settings is reported as blocked screens", async () => {
    devices.getDisplayMedia = () =>
      Promise.reject(new DOMException("Permission denied by system", "NotAllowedError"));
    capture.setDevice("screen", true);
    await reported("screen failed permission-denied");
  });
});

describe("a device in use", () => {
  for (const name of ["NotReadableError", "AbortError"]) {
    it(`opens once it was released: ${name}`, async () => {
      devices.failures.set("video", name);
      capture.setDevice("camera", true);
      await waitUntil(() => devices.requests.length === 3, "it is not tried again");
      expect(watch.reported).to.deep.equal(["camera starting"]);
      devices.failures.clear();
      await reported("camera on");
      expect(watch.reported).to.deep.equal(["camera starting", "camera on"]);
    });
  }

  it("is reported as such where it stays in use", async () => {
    devices.failures.set("video", "NotReadableError");
    capture.setDevice("camera", true);
    await reported("camera failed device-busy");
    expect(devices.requests.length).to.equal(4);
  });

  it("is not tried again once nobody wants it", async () => {
    devices.failures.set("video", "NotReadableError");
    capture.setDevice("camera", true);
    await waitUntil(() => devices.requests.length === 3);
    capture.setDevice("camera", false);
    expect(watch.last).to.equal("camera off");
    devices.failures.clear();
    capture.setDevice("microphone", true);
    await reported("microphone on");
    expect(devices.live("video").length).to.equal(0);
  });
});

describe("a device that the system takes", () => {
  for (const device of ["microphone", "camera"] as const) {
    itFor(device)(`is not reported as on, until it is given back: ${device}`, async () => {
      capture.setDevice(device, true);
      await reported(`${device} on`);
      const track = devices.tracks[0]!;
      track.muted = true;
      track.dispatchEvent(new Event("mute"));
      expect(watch.last).to.equal(`${device} interrupted`);
      track.muted = false;
      track.dispatchEvent(new Event("unmute"));
      expect(watch.last).to.equal(`${device} on`);
    });

    itFor(device)(`stays off where it was switched off meanwhile: ${device}`, async () => {
      capture.setDevice(device, true);
      await reported(`${device} on`);
      const track = devices.tracks[0]!;
      track.muted = true;
      track.dispatchEvent(new Event("mute"));
      capture.setDevice(device, false);
      track.muted = false;
      track.dispatchEvent(new Event("unmute"));
      expect(watch.last).to.equal(`${device} off`);
      expect(device === "camera" ? devices.live().length : track.enabled).to.equal(
        device === "camera" ? 0 : false,
      );
    });
  }

  for (const state of ["denied", "prompt"] as const) {
    it(`by taking the permission back is not asked for again by itself: ${state}`, async () => {
      let permission: PermissionState = "granted";
      began({ permission: () => Promise.resolve(permission) });
      capture.setDevice("microphone", true);
      await reported("microphone on");
      permission = state;
      devices.tracks[0]!.unplug();
      await reported("microphone failed permission-denied");
      expect(devices.requests.length).to.equal(1);
    });
  }

  it("by pulling it out is replaced by another one", async () => {
    began({ permission: () => Promise.resolve("granted") });
    capture.setDevice("microphone", true);
    await reported("microphone on");
    devices.microphones = [{ deviceId: "headset" }];
    devices.tracks[0]!.unplug();
    await waitUntil(() => devices.live("audio").length === 1);
    await waitUntil(() => watch.last === "microphone on");
    expect(devices.live()[0]!.getSettings().deviceId).to.equal("headset");
  });
});

describe("a shared window that is minimised", () => {
  // Chromium mutes its track: there is no new picture, and nothing is wrong.
  const minimise = (isMinimised: boolean) => {
    const track = devices.tracks.find(({ kind }) => kind === "video")!;
    track.muted = isMinimised;
    track.dispatchEvent(new Event(isMinimised ? "mute" : "unmute"));
  };

  it("is still shared, and can be taken back", async () => {
    capture.setDevice("screen", true);
    await reported("screen on");
    minimise(true);
    expect(watch.last).to.equal("screen on");
    minimise(false);
    expect(watch.last).to.equal("screen on");
    minimise(true);
    capture.setDevice("screen", false);
    expect([watch.last, devices.live().length]).to.deep.equal(["screen off", 0]);
    expect(watch.reported.filter((text) => text.includes("failed"))).to.deep.equal([]);
  });

  it("is shared where it was minimised before", async () => {
    const { getDisplayMedia } = devices;
    devices.getDisplayMedia = async (options) => {
      const stream = await getDisplayMedia(options);
      for (const track of devices.tracks) track.muted = true;
      return stream;
    };
    capture.setDevice("screen", true);
    await reported("screen on");
    expect(watch.reported).to.deep.equal(["screen starting", "screen on"]);
  });
});

describe("a device that answers when it is too late", () => {
  for (const device of ["microphone", "camera", "screen"] as const) {
    itFor(device)(`is closed where the call has ended meanwhile: ${device}`, async () => {
      devices.isHeld = true;
      capture.setDevice(device, true);
      await settled();
      capture.close();
      const before = watch.reported.length;
      devices.answer();
      await settled();
      expect([devices.tracks.length > 0, devices.live().length]).to.deep.equal([true, 0]);
      expect(watch.reported.length).to.equal(before);
    });
  }

  it("is closed where both were asked for, and one of them is not wanted any more", async () => {
    devices.isHeld = true;
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await settled();
    capture.setDevice("camera", false);
    devices.answer();
    await reported("microphone on");
    expect([devices.live("video").length, devices.live("audio").length]).to.deep.equal([0, 1]);
    expect(watch.reported.includes("camera on")).to.equal(false);
  });

  it("is opened once, silent, where it was muted while it opened", async () => {
    devices.isHeld = true;
    capture.setDevice("microphone", true);
    await settled();
    capture.setDevice("microphone", false);
    devices.answer();
    await settled();
    expect(devices.live("audio").every(({ enabled }) => !enabled)).to.equal(true);
    capture.setDevice("microphone", true);
    await reported("microphone on");
    expect([devices.live("audio").length, devices.requests.length]).to.deep.equal([1, 1]);
  });

  it("leaves nothing open where it was switched on and off ten times", async () => {
    devices.isHeld = true;
    for (let turn = 0; turn < 10; turn++) {
      capture.setDevice("camera", true);
      await settled();
      capture.setDevice("camera", false);
      await settled();
    }
    expect(devices.requests.length).to.be.at.most(2);
    devices.answer();
    await settled();
    expect([watch.last, devices.live().length]).to.deep.equal(["camera off", 0]);
  });
});

describe("a chosen device", () => {
  for (const device of ["microphone", "camera"] as const) {
    const list = device === "microphone" ? "microphones" : "cameras";
    const kind = device === "microphone" ? "audio" : "video";

    itFor(device)(`that is gone gives its place to the system's: ${device}`, async () => {
      began({ chosen: { [device]: "gone" } });
      capture.setDevice(device, true);
      await reported(`${device} on`);
      expect(devices.live(kind).length).to.equal(1);
    });

    itFor(device)(
      `that goes while another one opens leaves the call its device: ${device}`,
      async () => {
        devices[list] = [{ deviceId: "first" }, { deviceId: "second" }];
        capture.setDevice(device, true);
        await reported(`${device} on`);
        devices[list] = [{ deviceId: "first" }];
        capture.chooseDevice(device, "second");
        await waitUntil(() => watch.reported.some((text) => text.startsWith("choice failed")));
        await waitUntil(() => watch.last === `${device} on`);
        expect(devices.live(kind).map((track) => track.getSettings().deviceId)).to.deep.equal([
          "first",
        ]);
      },
    );

    itFor(device)(`is on in the end that was chosen last of three: ${device}`, async () => {
      devices[list] = ["first", "second", "third"].map((deviceId) => ({ deviceId }));
      capture.setDevice(device, true);
      await reported(`${device} on`);
      capture.chooseDevice(device, "second");
      capture.chooseDevice(device, "third");
      await waitUntil(() =>
        devices.live(kind).some((track) => track.getSettings().deviceId === "third"),
      );
      await waitUntil(() => devices.live(kind).length === 1);
      expect(watch.last).to.equal(`${device} on`);
    });

    itFor(device)(
      `is off where it is switched off while another one opens: ${device}`,
      async () => {
        devices[list] = [{ deviceId: "first" }, { deviceId: "second" }];
        capture.setDevice(device, true);
        await reported(`${device} on`);
        devices.isHeld = true;
        capture.chooseDevice(device, "second");
        await settled();
        capture.setDevice(device, false);
        expect(watch.last).to.equal(`${device} off`);
        devices.answer();
        await settled();
        // A muted microphone stays open, and sends silence.
        const open = devices.live(kind);
        expect(
          device === "camera" ? open.length : open.filter(({ enabled }) => enabled).length,
        ).to.equal(0);
        expect(watch.last).to.equal(`${device} off`);
      },
    );
  }

  it("goes where the list has no names, or the same name twice", async () => {
    const nameless = { groupId: "", label: "", toJSON: () => ({}) };
    devices.enumerateDevices = () =>
      Promise.resolve([
        { ...nameless, kind: "audioinput", deviceId: "" },
        { ...nameless, kind: "audioinput", deviceId: "" },
        { ...nameless, kind: "videoinput", deviceId: "" },
        { ...nameless, kind: "somethingelse" as MediaDeviceKind, deviceId: "x" },
      ]);
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await reported("microphone on");
    await reported("camera on");
    await capture.flipCamera();
    expect(watch.last).to.equal("camera on");
    expect(watch.devices?.microphones.every(({ id }) => id !== "x")).to.equal(true);
  });
});

describe("a driver that refuses what is asked of an open device", () => {
  const refusals: [name: string, apply: () => Promise<void>][] = [
    ["rejects", () => Promise.reject(new DOMException("No.", "OverconstrainedError"))],
    [
      "throws at once",
      () => {
        throw new TypeError("No such function.");
      },
    ],
    ["has no such function", undefined as unknown as () => Promise<void>],
    ["says yes and does nothing", () => Promise.resolve()],
  ];
  for (const [name, apply] of refusals) {
    it(`keeps the microphone: applyConstraints ${name}`, async () => {
      capture.setDevice("microphone", true);
      await reported("microphone on");
      devices.tracks[0]!.applyConstraints = apply;
      capture.setVoice("noiseSuppression", false);
      await waitUntil(() => watch.voice?.noiseSuppression === false);
      await waitUntil(() => watch.last === "microphone on");
      expect(devices.live("audio").length).to.equal(1);
      capture.setDevice("microphone", false);
      expect(watch.last).to.equal("microphone off");
    });
  }
});

describe("a permission that is taken back in a call", () => {
  it("ends both devices, and a press on each asks again", async () => {
    let permission: PermissionState = "granted";
    began({ permission: () => Promise.resolve(permission) });
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await reported("microphone on");
    await reported("camera on");
    permission = "denied";
    for (const track of devices.tracks) track.unplug();
    await reported("microphone failed permission-denied");
    await reported("camera failed permission-denied");
    const asked = devices.requests.length;
    permission = "granted";
    capture.setDevice("camera", true);
    await waitUntil(() => watch.last === "camera on");
    expect([devices.requests.length, devices.live("video").length]).to.deep.equal([asked + 1, 1]);
  });

  it("while the permission cannot be asked about, opens another one or fails, and tells", async () => {
    began({ permission: () => Promise.resolve(null) });
    capture.setDevice("camera", true);
    await reported("camera on");
    devices.failures.set("video", "NotAllowedError");
    devices.tracks[0]!.unplug();
    await reported("camera failed permission-denied");
    expect(devices.live().length).to.equal(0);
  });
});

describe("a headset that comes and goes", () => {
  let permission: PermissionState | null;
  const inputs = { microphone: "microphones", camera: "cameras" } as const;
  /** What is plugged in from now on. */
  const plug = (device: keyof typeof inputs, ...ids: string[]) => {
    devices[inputs[device]] = ids.map((deviceId) => ({ deviceId }));
    devices.plug();
  };
  const used = (kind: "audio" | "video") =>
    devices.live(kind).map((track) => track.getSettings().deviceId);
  /** Everything that a change may bring about has happened: it takes no time but turns of the engine. */
  const unchanged = async () => {
    for (let turn = 0; turn < 10; turn++) await settled();
  };

  beforeEach(() => {
    permission = "granted";
    began({ permission: () => Promise.resolve(permission) });
  });

  for (const device of ["microphone", "camera"] as const) {
    const kind = device === "microphone" ? "audio" : "video";
    const lose = async (...others: string[]) => {
      const [track] = devices.live(kind);
      devices[inputs[device]] = others.map((deviceId) => ({ deviceId }));
      track!.unplug();
      devices.plug();
    };
    const withHeadset = async (isChosen: boolean) => {
      devices[inputs[device]] = isChosen
        ? [{ deviceId: "own" }, { deviceId: "headset" }]
        : [{ deviceId: "headset" }, { deviceId: "own" }];
      capture.setDevice(device, true);
      await reported(`${device} on`);
      if (isChosen) capture.chooseDevice(device, "headset");
      await waitUntil(() => used(kind).join() === "headset");
      await waitUntil(() => watch.last === `${device} on`);
      await lose("own");
      await waitUntil(() => used(kind).join() === "own" && watch.last === `${device} on`);
    };

    for (const isChosen of [true, false]) {
      const how = isChosen ? "chosen" : "the system's";
      itFor(device)(`is used again once it is back: ${device}, ${how}`, async () => {
        await withHeadset(isChosen);
        plug(device, "own", "headset");
        await waitUntil(() => used(kind).join() === "headset");
        await waitUntil(() => watch.last === `${device} on`);
        expect(watch.devices?.[device]).to.equal("headset");
        expect(watch.reported.filter((text) => text.includes("failed"))).to.deep.equal([]);
      });
    }

    for (const state of ["prompt", "denied"] as const)
      itFor(device)(`asks nobody once it is back: ${device}, ${state}`, async () => {
        await withHeadset(true);
        const { length } = devices.requests;
        permission = state;
        plug(device, "own", "headset");
        await unchanged();
        expect([devices.requests.length, used(kind)]).to.deep.equal([length, ["own"]]);
      });

    itFor(device)(`stays away where a person chose another one meanwhile: ${device}`, async () => {
      await withHeadset(true);
      plug(device, "own", "third");
      capture.chooseDevice(device, "third");
      await waitUntil(() => used(kind).join() === "third" && watch.last === `${device} on`);
      plug(device, "own", "third", "headset");
      await unchanged();
      expect(used(kind)).to.deep.equal(["third"]);
    });

    itFor(device)(`does not switch on what was switched off meanwhile: ${device}`, async () => {
      await withHeadset(true);
      capture.setDevice(device, false);
      plug(device, "own", "headset");
      if (device === "microphone") await waitUntil(() => used(kind).join() === "headset");
      await unchanged();
      expect(watch.last).to.equal(`${device} off`);
      expect(
        devices.live(kind).filter(({ enabled }) => enabled && device === "microphone"),
      ).to.deep.equal([]);
      if (device === "camera") expect(devices.live(kind)).to.deep.equal([]);
      capture.setDevice(device, true);
      await waitUntil(() => watch.last === `${device} on`);
      expect(used(kind)).to.deep.equal(["headset"]);
    });

    itFor(device)(`changes nothing that is in use where it connects: ${device}`, async () => {
      capture.setDevice(device, true);
      await reported(`${device} on`);
      const [{ length }, before] = [devices.requests, used(kind)];
      plug(device, before[0]!, "headset");
      await waitUntil(() => watch.devices?.[inputs[device]].length === 2);
      await unchanged();
      expect([devices.requests.length, used(kind), watch.last]).to.deep.equal([
        length,
        before,
        `${device} on`,
      ]);
    });

    itFor(device)(
      `that was the only one is reported as missing, and what is there again is ${device === "camera" ? "left to a person" : "used"}: ${device}`,
      async () => {
        devices[inputs[device]] = [{ deviceId: "headset" }];
        capture.setDevice(device, true);
        await reported(`${device} on`);
        await lose();
        await reported(`${device} failed device-not-found`);
        plug(device, "another");
        if (device === "camera") {
          await unchanged();
          expect(devices.live()).to.deep.equal([]);
          capture.setDevice(device, true);
        }
        await waitUntil(() => watch.last === `${device} on`);
        expect(used(kind)).to.deep.equal(["another"]);
      },
    );

    itFor(device)(
      `in a permission for one time is replaced, and reported as missing where there is no other: ${device}`,
      async () => {
        // Firefox says "prompt" also while such a device is in use.
        permission = "prompt";
        devices[inputs[device]] = [{ deviceId: "headset" }, { deviceId: "own" }];
        capture.setDevice(device, true);
        await reported(`${device} on`);
        await lose("own");
        await waitUntil(() => used(kind).join() === "own" && watch.last === `${device} on`);
        await lose();
        await reported(`${device} failed device-not-found`);
      },
    );

    itFor(device)(
      `that is listed without an id has had its permission taken: ${device}`,
      async () => {
        capture.setDevice(device, true);
        await reported(`${device} on`);
        permission = "prompt";
        const { length } = devices.requests;
        await lose("");
        await reported(`${device} failed permission-denied`);
        expect(devices.requests.length).to.equal(length);
      },
    );
  }

  it("that is missing again and again is used each time that it is back", async () => {
    devices.microphones = [{ deviceId: "headset" }];
    capture.setDevice("microphone", true);
    await reported("microphone on");
    for (let times = 0; times < 10; times++) {
      const [track] = devices.live("audio");
      devices.microphones = [];
      track!.unplug();
      devices.plug();
      await waitUntil(() => watch.last === "microphone failed device-not-found");
      devices.microphones = [{ deviceId: "headset" }];
      for (let again = 0; again < 3; again++) devices.plug();
      await waitUntil(() => watch.last === "microphone on");
      expect(used("audio")).to.deep.equal(["headset"]);
    }
  });

  it("never makes a person heard who is muted, however often it went away", async () => {
    devices.microphones = [{ deviceId: "headset" }];
    capture.setDevice("microphone", true);
    await reported("microphone on");
    capture.setDevice("microphone", false);
    for (let times = 0; times < 4; times++) {
      await waitUntil(() => devices.live("audio").length === 1);
      devices.live("audio")[0]!.unplug();
    }
    await unchanged();
    devices.plug();
    await unchanged();
    expect(devices.live("audio").filter(({ enabled }) => enabled)).to.deep.equal([]);
    expect(watch.reported.filter((text) => text === "microphone on").length).to.equal(1);
    capture.setDevice("microphone", true);
    await waitUntil(() => watch.last === "microphone on");
  });

  it("plays again once it is back, where it was the chosen speaker", async () => {
    began({ canChooseSpeaker: true });
    const list = ["own", "headset"].map((deviceId) => ({ deviceId }));
    devices.speakers = list;
    capture.setDevice("microphone", true);
    await waitUntil(() => watch.devices?.speakers.length === 2);
    capture.chooseDevice("speaker", "headset");
    for (let times = 0; times < 3; times++) {
      expect(watch.devices?.speaker).to.equal("headset");
      devices.speakers = list.slice(0, 1);
      devices.plug();
      await waitUntil(() => watch.devices?.speaker === null);
      devices.speakers = list;
      devices.plug();
      await waitUntil(() => watch.devices?.speaker === "headset");
    }
  });

  it("as the system's default under one id has its new name in the list, and the call goes on", async () => {
    devices.microphones = [{ deviceId: "default" }, { deviceId: "own" }];
    capture.setDevice("microphone", true);
    await reported("microphone on");
    const usual = devices.enumerateDevices;
    devices.enumerateDevices = async () =>
      (await usual()).map((one) => Object.assign(one, { label: `${one.label}, now a headset` }));
    devices.plug();
    await waitUntil(() => watch.devices?.microphones[0]?.label.endsWith("a headset") === true);
    expect([devices.requests.length, used("audio"), watch.last]).to.deep.equal([
      1,
      ["default"],
      "microphone on",
    ]);
  });
});

describe("a headset in a real call", () => {
  /** The engine's own devices, of which some are away. */
  class HotPlug extends EventTarget {
    readonly away = new Set<string>();
    readonly open: MediaStreamTrack[] = [];
    readonly #own = navigator.mediaDevices;

    enumerateDevices = async () => {
      const all = await this.#own.enumerateDevices();
      return all.filter(({ deviceId }) => !this.away.has(deviceId));
    };

    getUserMedia = async (wish: MediaStreamConstraints = {}) => {
      const { deviceId } = wish.audio as MediaTrackConstraints;
      const wanted = (deviceId as ConstrainDOMStringParameters | undefined)?.exact as
        | string
        | undefined;
      if (wanted !== undefined && this.away.has(wanted))
        throw new DOMException("It is away.", "OverconstrainedError");
      const list = await this.enumerateDevices();
      const usual = list.find(({ kind }) => kind === "audioinput")!.deviceId;
      const audio = {
        ...(wish.audio as MediaTrackConstraints),
        deviceId: { exact: wanted ?? usual },
      };
      const stream = await this.#own.getUserMedia({ audio });
      this.open.push(...stream.getTracks());
      return stream;
    };

    /** Its radio is away: what was open ends, and it is in no list. */
    lose(id: string): void {
      this.away.add(id);
      for (const track of this.open)
        if (track.readyState === "live" && track.getSettings().deviceId === id) {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      this.dispatchEvent(new Event("devicechange"));
    }

    find(id: string): void {
      this.away.delete(id);
      this.dispatchEvent(new Event("devicechange"));
    }
  }

  longIt(
    "goes and comes back: the other side hears this one all the time, and nothing is signalled anew",
    async () => {
      const devices = new HotPlug();
      const mediaDevices = devices as unknown as CallOptions["mediaDevices"];
      const pair = new CallPair({ a: new Side({ mediaDevices }) });
      await pair.connect();
      const {
        devices: { microphones },
      } = await pair.a.until((snapshot) => snapshot.devices.microphones.length > 2);
      const { id } = microphones.at(-1)!;
      const used = (other: string) =>
        pair.a.until(
          ({ devices: list, local }) =>
            list.microphone === other && local.microphone.state === "on",
        );
      const heard = async () => {
        const { opened } = pair.b.snapshot.protection;
        await pair.b.until(
          ({ protection, remote }) => protection.opened > opened + 50 && remote.microphone,
        );
      };
      await pair.a.source.perform({ type: "choose-device", device: "microphone", id });
      await used(id);
      const said = pair.a.sent.length;
      for (let times = 0; times < 4; times++) {
        devices.lose(id);
        await pair.a.until(({ devices: list }) => list.microphone !== id);
        await used(pair.a.snapshot.devices.microphone ?? microphones[0]!.id);
        expect(pair.a.snapshot.devices.microphones.some((one) => one.id === id)).to.equal(false);
        await heard();
        devices.find(id);
        await used(id);
        await heard();
      }
      expect([pair.a.sent.length, pair.a.errors, pair.b.errors]).to.deep.equal([said, [], []]);
      expect(devices.open.filter(({ readyState }) => readyState === "live").length).to.equal(1);
      pair.close();
      expect(devices.open.filter(({ readyState }) => readyState === "live").length).to.equal(0);
    },
  );
});

describe("a meter that cannot be made", () => {
  /** A real track, and every copy that is made of it. */
  async function watched(): Promise<{ track: MediaStreamTrack; copies: MediaStreamTrack[] }> {
    const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks();
    const copies: MediaStreamTrack[] = [];
    const clone = track!.clone.bind(track);
    track!.clone = () => {
      copies.push(clone());
      return copies.at(-1)!;
    };
    return { track: track!, copies };
  }

  const failing = (message: string, name: string) =>
    function () {
      throw new DOMException(message, name);
    };
  const broken = {
    AudioContext: failing("No more contexts.", "NotSupportedError"),
    AnalyserNode: failing("No analyser.", "NotSupportedError"),
    MediaStreamAudioSourceNode: failing("No source.", "InvalidStateError"),
  };
  for (const [name, fault] of Object.entries(broken)) {
    it(`leaves no copy of the microphone open: ${name}`, async () => {
      const { track, copies } = await watched();
      const usual: unknown = Reflect.get(globalThis, name);
      Reflect.set(globalThis, name, fault);
      try {
        expect(() => new MicrophoneMeter(track)).to.throw(DOMException);
        const senses = new Senses(
          { source: () => track, track: () => track, sound: () => null },
          () => undefined,
        );
        const levels = Array.from({ length: 40 }, () => senses.microphone());
        expect(new Set(levels)).to.deep.equal(new Set([0]));
        senses.close();
        // One of the meter above, and one try of the senses.
        expect(copies.map(({ readyState }) => readyState)).to.deep.equal(["ended", "ended"]);
      } finally {
        Reflect.set(globalThis, name, usual);
        track.stop();
      }
    });
  }
});

describe("a device that is being opened", () => {
  it("is neither on nor off to the other side, which hears as soon as it is one of them", async () => {
    let open: () => void = () => undefined;
    const own = navigator.mediaDevices;
    const mediaDevices = {
      getUserMedia: async (wish: MediaStreamConstraints) => {
        if (wish.video) await new Promise<void>((resolve) => (open = resolve));
        return own.getUserMedia(wish);
      },
      enumerateDevices: () => own.enumerateDevices(),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    } as unknown as CallOptions["mediaDevices"];
    const pair = new CallPair({ a: new Side({ mediaDevices }) });
    await pair.connect();
    const turned = pair.a.source.perform({ type: "set-device", device: "camera", on: true });
    const starting = await pair.b.until(
      ({ remote }) => remote.starting?.includes("camera") === true,
    );
    expect(starting.remote).to.include({ camera: false, microphone: true });
    open();
    await turned;
    const on = await pair.b.until(({ remote }) => remote.camera);
    expect(on.remote.starting).to.equal(undefined);
    // Switching off waits for nothing, also while it opens again.
    await pair.a.source.perform({ type: "set-device", device: "camera", on: false });
    const again = pair.a.source.perform({ type: "set-device", device: "camera", on: true });
    void again.catch(() => undefined);
    const since = performance.now();
    await pair.a.source.perform({ type: "set-device", device: "camera", on: false });
    expect(performance.now() - since).to.be.below(1000);
    await pair.b.until(({ remote }) => !remote.camera && remote.starting === undefined);
    open();
    pair.close();
  });
});
