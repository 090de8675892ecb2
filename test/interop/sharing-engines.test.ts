import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { skipsFirefox, type EngineName } from "../support/interop/browsers.ts";
import { builtPage, carry, press, until } from "../support/interop/built-pages.ts";

/*
 * A shared screen with sound that is paused and changed, and the volume of the other side, between the pages of two engines as built. Reads `dist/`,
 * which `npm test` builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** Gives a shared screen the sound of a fake microphone: what a test shares is silent. */
const addSound = `(() => {
  const devices = view.mediaDevices;
  view.mediaDevices = {
    getUserMedia: (wanted) => devices.getUserMedia(wanted),
    enumerateDevices: () => devices.enumerateDevices(),
    async getDisplayMedia(wanted) {
      const stream = await devices.getDisplayMedia(wanted);
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      return new MediaStream([...stream.getVideoTracks(), ...sound.getTracks()]);
    },
  };
})()`;

/** `energy()` is what has been heard of the other side's screen (W3C `totalAudioEnergy`). */
const listen = `(() => {
  const connections = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };
  globalThis.energy = async () => {
    const reports = await Promise.all(connections.map((one) => one.getStats()));
    const id = view.calls.tracks.remoteScreenAudio?.id;
    const of = reports.flatMap((report) => [...report.values()]);
    return of.find(({ type, trackIdentifier }) => type === "inbound-rtp" && trackIdentifier === id)?.totalAudioEnergy ?? 0;
  };
})()`;

/**
 * A screen that is a moving drawing, a new one each time. Firefox without a window has no monitor. Chromium's screen is its own
 * tab, of which the kit sends no sound.
 */
const drawnScreen = `view.mediaDevices = {
  getUserMedia: (wanted) => navigator.mediaDevices.getUserMedia(wanted),
  enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
  getDisplayMedia() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const context = canvas.getContext("2d");
    let turn = 0;
    setInterval(() => {
      context.fillStyle = "hsl(" + (turn += 7) + " 60% 40%)";
      context.fillRect(0, 0, 640, 360);
    }, 50);
    return Promise.resolve(canvas.captureStream(20));
  },
}`;

async function shares(from: EngineName, to: EngineName): Promise<void> {
  const sharer = await builtPage(from, served.origin);
  const viewer = await builtPage(to, served.origin);
  const stop = carry(sharer, viewer);
  try {
    await sharer.evaluate(drawnScreen);
    await sharer.evaluate(addSound);
    await viewer.evaluate(listen);
    await sharer.evaluate(`void view.startCall({ media: "audio" })`);
    await until(viewer, `view.state === "incoming"`);
    await viewer.evaluate(`void view.acceptCall()`);
    for (const page of [sharer, viewer]) await until(page, `view.state === "connected"`);

    // In the front: a page in the background gets no devices.
    await sharer.bringToFront();
    await sharer.evaluate(`void view.setScreenShare(true)`);
    const shown = `[...view.shadowRoot.querySelectorAll("video")].find(({ srcObject }) => srcObject?.getTracks()[0] === view.calls.tracks.remoteScreen)`;
    await until(viewer, `view.snapshot.remote.screen && ${shown}?.videoWidth > 0`);

    await until(
      viewer,
      `[...view.shadowRoot.querySelectorAll("audio, video")].some(({ srcObject, paused }) => !paused && srcObject?.getTracks().includes(view.calls.tracks.remoteScreenAudio ?? undefined))`,
    );
    await until(viewer, "await energy() > 0");

    await press(sharer, "pause-sharing");
    await until(sharer, `view.snapshot.local.screenPaused`);
    await until(viewer, `view.snapshot.remote.screenPaused`);
    await until(viewer, `find("signs").querySelector(".remote-paused")`);
    const before = await viewer.evaluate("energy()");
    await press(sharer, "pause-sharing");
    await until(viewer, `view.snapshot.remote.screen && !view.snapshot.remote.screenPaused`);
    await until(viewer, `await energy() > ${String(before)}`);

    await sharer.evaluate("globalThis.before = view.calls.tracks.localScreen.id");
    await press(sharer, "share-other");
    await until(
      sharer,
      `view.calls.tracks.localScreen && view.calls.tracks.localScreen.id !== before`,
    );
    // It never ends for the other side, and the new picture comes.
    await viewer.evaluate(`${shown}.requestVideoFrameCallback(() => { globalThis.isNew = true; })`);
    await until(viewer, `globalThis.isNew && view.snapshot.remote.screen`);

    await viewer.evaluate(
      `view.addEventListener("sx-set-volume", ({ detail }) => { globalThis.asked = detail; })`,
    );
    await viewer.evaluate(`view.performScreenAction("devices")`);
    await until(viewer, `find("volume")?.querySelector("input")`);
    await viewer.evaluate(`(() => {
      const slider = find("volume").querySelector("input");
      slider.value = "30";
      slider.dispatchEvent(new Event("input"));
    })()`);
    await until(viewer, `view.callVolume === 0.3`);
    const voice = `[...view.shadowRoot.querySelectorAll("audio")].find(({ srcObject }) => srcObject?.getTracks()[0] === view.calls.tracks.remoteMicrophone)`;
    await until(viewer, `${voice}?.volume.toFixed(2) === "0.30"`);
    expect(await viewer.evaluate("asked")).toEqual({ volume: 0.3, of: "call" });
  } finally {
    stop();
    await Promise.all([sharer, viewer].map((page) => page.browserContext().close()));
  }
}

describe("a shared screen", () => {
  it.skipIf(skipsFirefox)(
    "is seen and heard, is paused, goes on and becomes another one, and the other side has a volume: Chromium shares with Firefox",
    { tags: "long", timeout: 90_000 },
    () => shares("chromium", "firefox"),
  );

  it.skipIf(skipsFirefox)(
    "is seen and heard, is paused, goes on and becomes another one, and the other side has a volume: Firefox shares with Chromium",
    { tags: "long", timeout: 90_000 },
    () => shares("firefox", "chromium"),
  );
});
