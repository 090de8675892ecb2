import { expect } from "@open-wc/testing";
import { Capture } from "../../../src/media/devices/capture.ts";
import { CaptureWatch } from "../../support/capture-watch.ts";
import { FakeDevices } from "../../support/fake-devices.ts";
import { settled } from "../../support/virtual-clock.ts";
import { waitUntil } from "../../support/wait-until.ts";

let devices: FakeDevices;
let watch: CaptureWatch;
let capture: Capture;

beforeEach(() => {
  devices = new FakeDevices();
  watch = new CaptureWatch();
  capture = new Capture(devices, watch);
});

describe("a device that is switched on", () => {
  for (const [device, index] of [
    ["microphone", 0],
    ["camera", 1],
  ] as const) {
    it(`is reported as starting, placed, and only then reported as on: ${device}`, async () => {
      let place = () => {};
      watch.gate = new Promise((resolve) => (place = resolve));
      capture.setDevice(device, true);
      await settled();
      expect(watch.reported).to.deep.equal([`${device} starting`]);
      place();
      await watch.until(`${device} on`);
      expect(watch.placed[index] === devices.tracks[0]).to.equal(true);
      expect(capture.track(device) === devices.tracks[0]!.asTrack).to.equal(true);
    });

    it(`is reported as on before the devices are listed, for which an invitation would wait: ${device}`, async () => {
      let reportedBefore: readonly string[] | undefined;
      const { enumerateDevices } = devices;
      devices.enumerateDevices = () => {
        reportedBefore ??= [...watch.reported];
        return enumerateDevices();
      };
      capture.setDevice(device, true);
      await waitUntil(() => reportedBefore !== undefined);
      expect(reportedBefore).to.deep.equal([`${device} starting`, `${device} on`]);
    });

    it(`opens nothing else: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      expect(devices.requests.map((request) => Object.keys(request))).to.deep.equal([
        [device === "camera" ? "video" : "audio"],
      ]);
    });
  }

  it("is asked for together with the other one of the same turn, in one request", async () => {
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await settled();
    expect(devices.requests.map((request) => Object.keys(request))).to.deep.equal([
      ["audio", "video"],
    ]);
    expect(watch.reported).to.include.members(["microphone on", "camera on"]);
    expect([watch.placed[0]?.kind, watch.placed[1]?.kind]).to.deep.equal(["audio", "video"]);
  });

  it("still opens where the other one of the same request is missing", async () => {
    devices.failures.set("video", "NotFoundError");
    capture.setDevice("microphone", true);
    capture.setDevice("camera", true);
    await settled();
    expect(watch.reported).to.include.members(["microphone on", "camera failed device-not-found"]);
    expect(devices.live().map(({ kind }) => kind)).to.deep.equal(["audio"]);
  });

  const problems = {
    NotAllowedError: "permission-denied",
    SecurityError: "permission-denied",
    NotFoundError: "device-not-found",
    OverconstrainedError: "device-not-found",
    NotReadableError: "device-busy",
    AbortError: "device-busy",
  };
  for (const [name, code] of Object.entries(problems)) {
    it(`fails with ${code} where the platform says ${name}`, async () => {
      devices.failures.set("audio", name).set("video", name).set("screen", name);
      capture.setDevice("microphone", true);
      capture.setDevice("camera", true);
      capture.setDevice("screen", true);
      // A device in use is tried again for a moment. Who closes the list of screens has chosen: see test/outside/devices.test.ts.
      const screen = name === "NotAllowedError" ? "screen off" : `screen failed ${code}`;
      for (const reported of [`microphone failed ${code}`, `camera failed ${code}`, screen])
        await waitUntil(() => watch.reported.includes(reported), `not reported: ${reported}`);
      expect(watch.placed).to.deep.equal([null, null, null, null]);
    });
  }

  it("fails as refused where the page has no devices at all", async () => {
    capture = new Capture(null, watch);
    capture.setDevice("microphone", true);
    await watch.until("microphone failed permission-denied");
  });

  it("may be tried again after it failed", async () => {
    devices.failures.set("video", "NotReadableError");
    capture.setDevice("camera", true);
    await watch.until("camera failed device-busy");
    devices.failures.clear();
    capture.setDevice("camera", true);
    await watch.until("camera on");
  });
});

describe("a device that is switched off", () => {
  it("keeps its track, disabled, where it is the microphone: silence goes on", async () => {
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    capture.setDevice("microphone", false);
    await watch.until("microphone off");
    const [track] = devices.tracks;
    expect([track?.enabled, track?.readyState, watch.placed[0] === track]).to.deep.equal([
      false,
      "live",
      true,
    ]);
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    expect([track?.enabled, devices.requests.length]).to.deep.equal([true, 1]);
    expect(watch.reported.filter((text) => text === "microphone starting").length).to.equal(1);
  });

  it("is released where it is the camera, and requested again", async () => {
    capture.setDevice("camera", true);
    await watch.until("camera on");
    capture.setDevice("camera", false);
    await watch.until("camera off");
    expect([devices.live().length, watch.placed[1], capture.track("camera")]).to.deep.equal([
      0,
      null,
      null,
    ]);
    capture.setDevice("camera", true);
    await watch.until("camera on");
    expect(devices.requests.length).to.equal(2);
  });

  it("while it opens was never on, and is released", async () => {
    devices.isHeld = true;
    capture.setDevice("camera", true);
    await settled();
    capture.setDevice("camera", false);
    devices.answer();
    await watch.until("camera off");
    await settled();
    expect(watch.reported).not.to.include("camera on");
    expect([devices.live().length, watch.placed[1]]).to.deep.equal([0, null]);
  });

  it("and on again while it opens is on, opened once", async () => {
    devices.isHeld = true;
    capture.setDevice("camera", true);
    await settled();
    capture.setDevice("camera", false);
    capture.setDevice("camera", true);
    devices.answer();
    await watch.until("camera on");
    expect(devices.live("video").length).to.equal(1);
  });

  it("while it opens sends no sound where it is the microphone", async () => {
    devices.isHeld = true;
    capture.setDevice("microphone", true);
    await settled();
    capture.setDevice("microphone", false);
    devices.answer();
    await watch.until("microphone off");
    await settled();
    expect(watch.wasEnabled).to.deep.equal([false]);
    expect(watch.reported).not.to.include("microphone on");
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    expect(devices.tracks[0]?.enabled).to.equal(true);
  });

  it("is silent at once where the microphone's track still waits for the cipher", async () => {
    let place = () => {};
    watch.gate = new Promise((resolve) => (place = resolve));
    capture.setDevice("microphone", true);
    await settled();
    capture.setDevice("microphone", false);
    place();
    await watch.until("microphone off");
    expect(watch.wasEnabled).to.deep.equal([false]);
  });
});

describe("the end of capture", () => {
  it("stops every track, also those that come late", async () => {
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    devices.isHeld = true;
    capture.setDevice("camera", true);
    capture.setDevice("screen", true);
    await settled();
    capture.close();
    const reported = watch.reported.length;
    devices.answer();
    await settled();
    expect(devices.tracks.length).to.equal(4);
    expect(devices.live().length).to.equal(0);
    expect(watch.reported.length).to.equal(reported);
    expect(watch.placed.slice(1)).to.deep.equal([null, null, null]);
  });

  it("tells nothing of a request that fails after it", async () => {
    devices.isHeld = true;
    devices.failures.set("video", "NotAllowedError");
    capture.setDevice("camera", true);
    await settled();
    capture.close();
    devices.answer();
    await settled();
    expect(watch.reported).to.deep.equal(["camera starting"]);
  });

  it("opens nothing that is asked for after it", async () => {
    capture.close();
    capture.setDevice("microphone", true);
    await settled();
    expect(devices.requests).to.deep.equal([]);
  });
});

describe("a device that goes away by itself", () => {
  for (const [device, index] of [
    ["microphone", 0],
    ["camera", 1],
  ] as const) {
    it(`is replaced by the one that the system chooses, reported as starting and on: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      const reported = watch.reported.length;
      devices.tracks[0]!.unplug();
      await watch.until(`${device} on`);
      await settled();
      expect(watch.reported.slice(reported)).to.deep.equal([`${device} starting`, `${device} on`]);
      expect([watch.placed[index] === devices.tracks[1], devices.live().length]).to.deep.equal([
        true,
        1,
      ]);
    });

    it(`has failed as not found where there is no other, and may be switched on again: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      devices.failures.set(device === "camera" ? "video" : "audio", "NotFoundError");
      devices.tracks[0]!.unplug();
      await settled();
      expect(watch.last).to.equal(`${device} failed device-not-found`);
      expect([watch.placed[index], capture.track(device)]).to.deep.equal([null, null]);
      devices.failures.clear();
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      expect(watch.placed[index] === devices.tracks[1]).to.equal(true);
    });

    it(`again and again is given up: ${device}`, async () => {
      capture.setDevice(device, true);
      await watch.until(`${device} on`);
      for (let times = 0; times < 4; times++) {
        devices.live()[0]?.unplug();
        await settled();
      }
      expect([watch.last, devices.tracks.length]).to.deep.equal([
        `${device} failed device-not-found`,
        4,
      ]);
    });
  }

  it("while it is muted is opened again, muted, and reported as off", async () => {
    capture.setDevice("microphone", true);
    await watch.until("microphone on");
    capture.setDevice("microphone", false);
    await watch.until("microphone off");
    devices.tracks[0]!.unplug();
    await settled();
    const [next] = devices.live("audio");
    expect([watch.last, next?.enabled, watch.placed[0] === next]).to.deep.equal([
      "microphone off",
      false,
      true,
    ]);
    expect(watch.reported.filter((text) => text === "microphone starting").length).to.equal(1);
  });

  it("while its track is being placed is replaced, and only the other one is reported as on", async () => {
    let place = () => {};
    watch.gate = new Promise((resolve) => (place = resolve));
    capture.setDevice("camera", true);
    await settled();
    devices.tracks[0]!.unplug();
    place();
    await settled();
    expect(watch.reported.filter((text) => text === "camera on").length).to.equal(1);
    expect([watch.last, watch.placed[1] === devices.live()[0]]).to.deep.equal(["camera on", true]);
  });

  it("tells nothing where it was released before", async () => {
    capture.setDevice("camera", true);
    await watch.until("camera on");
    capture.setDevice("camera", false);
    await watch.until("camera off");
    devices.tracks[0]!.unplug();
    await settled();
    expect(watch.last).to.equal("camera off");
  });
});

describe("a screen that is shared", () => {
  it("is asked for with sound as it is, without the call's own, and without leaving the call", async () => {
    class Controller {
      readonly behaviours: string[] = [];
      setFocusBehavior(behavior: string): void {
        this.behaviours.push(behavior);
      }
    }
    Object.assign(globalThis, { CaptureController: Controller });
    try {
      capture.setDevice("screen", true);
      await watch.until("screen on");
    } finally {
      Reflect.deleteProperty(globalThis, "CaptureController");
    }
    const [{ audio, controller, ...options }] = devices.screenRequests as unknown as [
      DisplayMediaStreamOptions & { readonly controller: Controller },
    ];
    expect(audio).to.include({ echoCancellation: false, noiseSuppression: false });
    expect(audio).to.include({ autoGainControl: false, restrictOwnAudio: true });
    expect(options).to.include({ selfBrowserSurface: "exclude", surfaceSwitching: "include" });
    expect(options).to.include({ systemAudio: "include", windowAudio: "system" });
    expect(controller.behaviours).to.deep.equal(["no-focus-change"]);
    expect(watch.placed[2]?.contentHint).to.equal("music");
  });

  it("goes with its sound onto tracks of its own, meant to be read", async () => {
    capture.setDevice("screen", true);
    await watch.until("screen on");
    expect([
      watch.placed[2]?.kind,
      watch.placed[3]?.kind,
      watch.placed[3]?.contentHint,
    ]).to.deep.equal(["audio", "video", "detail"]);
    capture.setDevice("screen", false);
    await watch.until("screen off");
    expect([watch.placed[2], watch.placed[3], devices.live().length]).to.deep.equal([
      null,
      null,
      0,
    ]);
  });

  it("asks for no list of devices: there are no names before one of them is open", async () => {
    let lists = 0;
    devices.enumerateDevices = () => {
      lists += 1;
      return Promise.resolve([]);
    };
    capture.setDevice("screen", true);
    await watch.until("screen on");
    await settled();
    expect(lists).to.equal(0);
  });

  it("may have no sound", async () => {
    devices.hasScreenSound = false;
    capture.setDevice("screen", true);
    await watch.until("screen on");
    expect([watch.placed[2], watch.placed[3]?.kind]).to.deep.equal([null, "video"]);
  });

  for (const [surface, sound, isSent] of [
    ["monitor", {}, false],
    ["window", { restrictOwnAudio: false }, false],
    ["monitor", { restrictOwnAudio: true }, true],
    ["browser", {}, false],
    ["browser", { restrictOwnAudio: true }, true],
    [undefined, {}, true],
  ] as const)
    it(`${isSent ? "has" : "leaves out"} the sound of ${surface ?? "a host's source"} with ${JSON.stringify(sound)}: the other side's voice is ${isSent ? "not " : ""}in it`, async () => {
      devices.screenSettings = { picture: surface && { displaySurface: surface }, sound };
      capture.setDevice("screen", true);
      await watch.until("screen on");
      expect([watch.placed[2]?.kind ?? null, watch.placed[3]?.kind]).to.deep.equal([
        isSent ? "audio" : null,
        "video",
      ]);
      expect(devices.live("audio").length).to.equal(isSent ? 1 : 0);
      expect(watch.statuses.at(-1)).to.deep.equal({
        ...{ state: "on", problem: null },
        ...(!isSent && { isSilenced: true }),
      });
    });

  it("is off, and no failure, where the browser's own bar ends it", async () => {
    capture.setDevice("screen", true);
    await watch.until("screen on");
    devices.live("video")[0]!.unplug();
    await watch.until("screen off");
    expect([watch.placed[2], watch.placed[3], devices.live().length]).to.deep.equal([
      null,
      null,
      0,
    ]);
  });

  it("goes on without sound where only its sound ends", async () => {
    capture.setDevice("screen", true);
    await watch.until("screen on");
    devices.live("audio")[0]!.unplug();
    await settled();
    expect(watch.last).to.equal("screen on");
    expect(watch.placed[3]?.readyState).to.equal("live");
  });

  it("fails where the platform cannot share one", async () => {
    capture = new Capture(
      { getUserMedia: devices.getUserMedia, enumerateDevices: devices.enumerateDevices },
      watch,
    );
    capture.setDevice("screen", true);
    await watch.until("screen failed device-not-found");
  });

  it("is replaced by something else without an end, with its sound or without", async () => {
    capture.setDevice("screen", true);
    await watch.until("screen on");
    const [sound, picture] = devices.tracks;
    devices.hasScreenSound = false;
    await capture.changeScreen();
    expect([watch.placed[3] === devices.tracks[2], watch.placed[2]]).to.deep.equal([true, null]);
    expect([picture!.readyState, sound!.readyState]).to.deep.equal(["ended", "ended"]);
    expect(watch.reported).to.deep.equal(["screen starting", "screen on", "screen on"]);
    devices.hasScreenSound = true;
    await capture.changeScreen();
    expect([watch.placed[3]?.kind, watch.placed[2]?.kind]).to.deep.equal(["video", "audio"]);
    expect(devices.live().length).to.equal(2);
  });

  it("stays where the person closes the list, and where nothing is shared no list comes", async () => {
    await capture.changeScreen();
    expect(devices.screenRequests).to.deep.equal([]);
    capture.setDevice("screen", true);
    await watch.until("screen on");
    devices.failures.set("screen", "NotAllowedError");
    await capture.changeScreen();
    expect([watch.last, watch.placed[3]?.readyState]).to.deep.equal(["screen on", "live"]);
  });
});
