import { expect } from "@open-wc/testing";
import { kitPeer, oldPeer, scriptAt, simplexPeer } from "./order-script.ts";
import type { Script } from "./order-script.ts";

const ok = { type: "ok" };
const error = (message: string) => ({ type: "error", message });
const enable = (script: Script, source: "mic" | "camera" | "screenVideo", on: boolean) =>
  script.command("media", { source, enable: on });
import { sdp } from "./wire.ts";

describe("the devices of a call", () => {
  it("are answered for when they have followed, or have failed", () => {
    const script = scriptAt("caller", "connected", { media: "audio" });
    const [camera, screen] = [enable(script, "camera", true), enable(script, "screenVideo", true)];
    expect(script.all("set-device").map(({ device, on }) => `${device} ${on}`)).to.deep.equal([
      "microphone true",
      "camera true",
      "screen true",
    ]);
    script.device("camera", "starting");
    script.device("screen", "starting");
    expect([...script.replies(camera), ...script.replies(screen)]).to.deep.equal([]);
    script.device("screen", "failed", "permission-denied");
    script.device("camera", "on");
    expect(script.replies(camera)).to.deep.equal([ok]);
    expect(script.replies(screen)).to.deep.equal([error("media: screen: permission-denied")]);
    const off = enable(script, "camera", false);
    expect(script.replies(off)).to.deep.equal([]);
    script.device("camera", "off");
    expect(script.replies(off)).to.deep.equal([ok]);
  });

  it("are answered for at once where they are so already", () => {
    const script = scriptAt("caller", "connected");
    const switches = script.all("set-device").length;
    for (const id of [
      enable(script, "mic", true),
      enable(script, "camera", true),
      enable(script, "screenVideo", false),
    ]) {
      expect(script.replies(id)).to.deep.equal([ok]);
    }
    script.device("camera", "failed", "device-busy");
    expect(script.replies(enable(script, "camera", false))).to.deep.equal([ok]);
    expect(script.all("set-device").length).to.equal(switches);
  });

  it("are answered for by the last report, where one command has overtaken another", () => {
    const script = scriptAt("caller", "connected", { media: "audio" });
    const quick = [
      enable(script, "camera", true),
      enable(script, "camera", false),
      enable(script, "camera", true),
    ];
    script.device("camera", "starting");
    script.device("camera", "on");
    expect(quick.flatMap((id) => script.replies(id))).to.deep.equal([ok, ok, ok]);
    const slow = [enable(script, "camera", false), enable(script, "camera", true)];
    script.device("camera", "off");
    expect(slow.map((id) => script.replies(id))).to.deep.equal([[ok], []]);
    script.device("camera", "starting");
    script.device("camera", "failed", "device-busy");
    expect(slow.map((id) => script.replies(id))).to.deep.equal([
      [ok],
      [error("media: camera: device-busy")],
    ]);
  });

  it("wait for their own report where an older one was on its way", () => {
    const script = scriptAt("caller", "connected");
    const off = enable(script, "camera", false);
    script.device("camera", "on");
    expect(script.replies(off)).to.deep.equal([]);
    script.device("camera", "off");
    expect(script.replies(off)).to.deep.equal([ok]);
  });

  it("are refused to a host where somebody else switches them off while they open", () => {
    const script = scriptAt("caller", "connected", { media: "audio" });
    const id = enable(script, "camera", true);
    script.device("camera", "starting");
    script.happen({ type: "set-device", device: "camera", on: false });
    script.device("camera", "off");
    expect(script.replies(id)).to.deep.equal([error("media: camera: not-possible")]);
  });

  it("have no screen before the call is connected, and no sound of one by itself", () => {
    const script = scriptAt("caller", "invited");
    expect(script.replies(enable(script, "screenVideo", true))).to.deep.equal([
      error("media: not possible now"),
    ]);
    const sound = script.command("media", { source: "screenAudio", enable: true });
    expect(script.replies(sound)).to.deep.equal([
      error("media: screenAudio comes and goes with screenVideo"),
    ]);
  });

  it("flip a camera that is on when it is on again, and one that is off for the next time", () => {
    const script = scriptAt("callee", "connected");
    const id = script.command("camera");
    expect(script.all("flip-camera")).to.deep.equal([
      { type: "flip-camera", facing: "environment" },
    ]);
    script.device("camera", "starting");
    expect(script.replies(id)).to.deep.equal([]);
    script.device("camera", "on");
    expect(script.replies(id)).to.deep.equal([ok]);
    const failing = script.command("camera", { camera: "user" });
    script.device("camera", "starting");
    script.device("camera", "failed", "device-busy");
    expect(script.replies(failing)).to.deep.equal([error("camera: camera: device-busy")]);
    expect(script.replies(script.command("camera"))).to.deep.equal([ok]);
  });

  it("take the microphone off the wire for a side that hears of a mute by silence alone", () => {
    for (const [traits, expected] of [
      [simplexPeer, [true, false, true]],
      [kitPeer, []],
    ] as const) {
      const script = scriptAt("caller", "connected", { traits });
      script.device("microphone", "off");
      script.device("microphone", "on");
      expect(script.all("place-microphone").map(({ on }) => on)).to.deep.equal(expected);
    }
  });

  it("take it off when the other side turns out to be one", () => {
    const script = scriptAt("callee", "described");
    script.device("microphone", "off");
    expect(script.all("place-microphone")).to.deep.equal([]);
    script.command("answer");
    script.happen({ type: "answered", traits: simplexPeer, confirm: null, code: null });
    expect(script.all("place-microphone").map(({ on }) => on)).to.deep.equal([false]);
  });
});

describe("an old version at the other end", () => {
  for (const role of ["caller", "callee"] as const) {
    it(`has a ${role}'s camera switched off that it did not agree to, in a reply to nobody's command`, () => {
      const script = scriptAt(role, "connected", { traits: oldPeer });
      const command = { type: "media", source: "camera", enable: false };
      expect(script.all("tell")).to.deep.equal([{ type: "tell", resp: ok, command }]);
      expect(script.all("set-device").at(-1)).to.deep.equal({
        type: "set-device",
        device: "camera",
        on: false,
      });
      script.device("camera", "off");
      const refusal = error("media: the other side's version cannot show that now");
      expect(script.replies(enable(script, "camera", true))).to.deep.equal([refusal]);
      expect(script.replies(enable(script, "screenVideo", true))).to.deep.equal([refusal]);
      const switches = script.all("set-device").length;
      script.happen({ type: "set-device", device: "camera", on: true });
      script.happen({ type: "set-device", device: "screen", on: true });
      expect(script.all("set-device").length).to.equal(switches);
    });
  }

  it("takes a camera where it sends one, and never a screen", () => {
    const script = scriptAt("caller", "connected", { traits: { ...oldPeer, sendsPicture: true } });
    expect(script.reported).to.deep.equal([]);
    enable(script, "camera", false);
    script.device("camera", "off");
    const id = enable(script, "camera", true);
    script.device("camera", "on");
    expect(script.replies(id)).to.deep.equal([ok]);
    expect(
      script.replies(enable(script, "screenVideo", true)).map(({ type }) => type),
    ).to.deep.equal(["error"]);
  });

  it("leaves a call with sound alone as it is", () => {
    const script = scriptAt("caller", "connected", { traits: oldPeer, media: "audio" });
    expect(script.reported).to.deep.equal([]);
  });
});

describe("the other side's devices", () => {
  const poll = (script: Script, ...bytes: (number | null)[]) =>
    script.happen({ type: "polled", bytes, isEarly: false });
  const peerMedia = (script: Script) =>
    script.reported.flatMap((resp) =>
      resp.type === "peerMedia" ? [`${resp.source} ${resp.enabled}`] : [],
    );

  it("are looked at every second from the connection on", () => {
    const script = scriptAt("caller", "connected");
    const ticks = () => script.all("start-tick").filter(({ name }) => name === "poll");
    expect(ticks().map(({ milliseconds }) => milliseconds)).to.deep.equal([1000]);
    script.happen({ type: "tick", name: "poll" });
    expect([script.all("poll").length, ticks().length]).to.deep.equal([1, 2]);
  });

  it("are detected by growing bytes or their first frame, whichever is first", () => {
    const script = scriptAt("caller", "connected");
    script.happen({ type: "frame-opened", track: 1 });
    for (let seconds = 1; seconds <= 3; seconds++) poll(script, 100 * seconds, 50, null, null);
    expect(peerMedia(script)).to.deep.equal(["camera true", "mic true"]);
    expect(script.session.call.remote).to.deep.equal({
      known: true,
      microphone: true,
      camera: true,
      screen: false,
    });
    poll(script, 300, 50, null, 10);
    poll(script, 300, 50, null, 20);
    poll(script, 300, 50, null, 30);
    expect(peerMedia(script).slice(2)).to.deep.equal([
      "camera false",
      "screenVideo true",
      "mic false",
    ]);
  });

  it("are reported by the bytes alone where nothing is encrypted, looked at as soon as something comes", () => {
    const script = scriptAt("caller", "invited");
    script.command("offer", { aesKey: null });
    script.happen({ type: "described", sdp, traits: simplexPeer });
    script.path("connected");
    poll(script, 100, null, null, null);
    script.happen({ type: "frame-opened", track: 3 });
    expect(script.all("poll")).to.deep.equal([{ type: "poll", isEarly: true }]);
    for (let times = 0; times < 5; times++) {
      script.happen({ type: "polled", bytes: [100, 20, null, 0], isEarly: true });
    }
    expect(peerMedia(script)).to.deep.equal(["mic true", "camera true"]);
  });

  it("are reported by another kit, however its bytes grow", () => {
    const script = scriptAt("caller", "connected", { traits: kitPeer });
    for (let seconds = 1; seconds <= 4; seconds++) poll(script, 100 * seconds, null, null, null);
    expect(script.session.call.remote.known).to.equal(false);
    script.happen({
      type: "control",
      message: { type: "media", microphone: false, camera: true, screen: true },
    });
    expect(peerMedia(script)).to.deep.equal([
      "mic true",
      "mic false",
      "camera true",
      "screenVideo true",
    ]);
    poll(script, 1000, null, null, null);
    script.happen({ type: "frame-opened", track: 2 });
    expect(peerMedia(script).length).to.equal(4);
  });
});
