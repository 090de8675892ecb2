import { expect } from "@open-wc/testing";
import { scriptAt, Script } from "./order-script.ts";
import { answer, host, offer, relay, srflx } from "./samples.ts";

const dialled = (video?: "later" | "never") => {
  const script = new Script(video);
  script.happen({ type: "command", command: { type: "start" } });
  return script;
};
const names = (script: Script) => script.reported.map(({ name }) => name);

describe("a caller of Delta Chat's protocol", () => {
  it("opens its devices and makes the offer at once, and tells the host when both are there", () => {
    const script = dialled();
    expect(script.effects.map(({ type }) => type)).to.include.members(["make-offer", "set-device"]);
    script.happen({ type: "described", sdp: offer, peer: "unknown" });
    script.found();
    expect(script.reported).to.deep.equal([]);
    script.device("microphone", "on");
    expect(script.reported).to.deep.equal([{ name: "startCall", sdp: offer }]);
    expect(script.state).to.equal("inviting");
  });

  it("does not ring if its own microphone fails, and reports it to its host", () => {
    const script = dialled();
    script.device("microphone", "failed");
    script.happen({ type: "described", sdp: offer, peer: "unknown" });
    expect(names(script)).to.deep.equal(["endCall"]);
    expect(script.session.call.ending?.problem).to.equal("permission-denied");
  });

  it("waits for the first relay where one is configured, and no longer than 5 s", () => {
    const script = dialled();
    script.device("microphone", "on");
    script.happen({ type: "servers-known", hasRelay: true });
    script.happen({ type: "described", sdp: offer, peer: "unknown" });
    expect(script.all("start-tick")).to.deep.equal([
      { type: "start-tick", name: "gather", milliseconds: 5000 },
    ]);
    script.found(host, srflx);
    expect(script.reported).to.deep.equal([]);
    script.found(relay);
    expect(names(script)).to.deep.equal(["startCall"]);
  });

  it("waits 150 ms after the first address of the internet otherwise, or until there are no more", () => {
    const script = dialled();
    script.device("microphone", "on");
    script.happen({ type: "described", sdp: offer, peer: "unknown" });
    script.found(host);
    expect(script.all("start-tick")).to.deep.equal([]);
    script.found(srflx);
    expect(script.all("start-tick")).to.deep.equal([
      { type: "start-tick", name: "gather", milliseconds: 150 },
    ]);
    script.happen({ type: "tick", name: "gather" });
    const [reported] = script.reported;
    expect(reported?.name === "startCall" && reported.sdp).to.include("203.0.113.7");
  });

  it("ends with a plain reason where only relays are allowed and none answers", () => {
    const script = new Script("from-the-start", true);
    script.happen({ type: "command", command: { type: "start" } });
    script.device("microphone", "on");
    script.happen({ type: "described", sdp: offer, peer: "unknown" });
    script.found();
    expect(names(script)).to.deep.equal(["endCall"]);
    expect(script.session.call.ending?.problem).to.equal("connection-failed");
  });

  it("takes the first answer, also a late one, and none before its offer has left", () => {
    const script = dialled();
    const late = { type: "command", command: { type: "answer", sdp: answer } } as const;
    script.happen(late);
    expect(script.state).to.equal("inviting");
    const sent = scriptAt("sent", "caller");
    sent.now += 119_000;
    sent.happen(late);
    sent.happen(late);
    expect(sent.all("take-answer").length).to.equal(1);
    expect(sent.state).to.equal("connecting");
  });

  it("stays the caller where the other side calls in the same moment", () => {
    for (const state of ["dialled", "sent"] as const) {
      const script = scriptAt(state, "caller");
      const before = script.effects.length;
      for (const type of ["incoming", "accept"] as const)
        script.happen({ type: "command", command: { type, sdp: offer } });
      script.happen({ type: "command", command: { type: "start" } });
      expect(script.effects.slice(before)).to.deep.equal([]);
      expect(script.session.call.identity.direction).to.equal("outgoing");
    }
  });

  it("gives up after 120 s, and tells its host", () => {
    const script = scriptAt("sent", "caller");
    expect(script.all("start-timer").at(-1)).to.deep.equal({
      ...{ type: "start-timer", name: "ring", milliseconds: 120_000 },
    });
    script.happen({ type: "timer", name: "ring" });
    expect(names(script)).to.deep.equal(["startCall", "endCall"]);
  });

  it("has its camera off where the address says so", () => {
    for (const video of ["later", "never"] as const)
      expect(dialled(video).session.call.devices.wanted).to.deep.equal({
        ...{ microphone: true, camera: false, screen: false },
      });
  });
});

describe("a callee of Delta Chat's protocol", () => {
  it("rings, and opens, gathers and contacts nothing before a person accepts", () => {
    const script = scriptAt("ringing", "callee");
    expect(script.state).to.equal("incoming");
    expect(script.effects.map(({ type }) => type)).to.deep.equal(["warm-up", "start-timer"]);
  });

  it("answers when a person accepts, with what the person has chosen", () => {
    const script = scriptAt("ringing", "callee");
    script.happen({ type: "accept", media: "audio" });
    expect(script.all("make-answer")).to.deep.equal([{ type: "make-answer", offer }]);
    expect(script.all("set-device").map(({ device }) => device)).to.deep.equal(["microphone"]);
    script.happen({ type: "described", sdp: answer, peer: "deltachat" });
    script.found();
    expect(script.reported).to.deep.equal([{ name: "acceptCall", sdp: answer }]);
  });

  it("answers at once where the person has accepted outside of the page, also while it rings", () => {
    const accept = { type: "command", command: { type: "accept", sdp: offer } } as const;
    for (const script of [new Script(), scriptAt("ringing", "callee")]) {
      script.happen(accept);
      script.happen(accept);
      expect(script.state).to.equal("connecting");
      expect(script.all("make-answer").length).to.equal(1);
    }
  });

  it("answers the offer that came last while it rang, and rings no longer for it", () => {
    const script = scriptAt("ringing", "callee");
    const other = offer.replace("s=-", "s=other");
    script.happen({ type: "command", command: { type: "incoming", sdp: other } });
    script.happen({ type: "command", command: { type: "incoming", sdp: other } });
    expect(script.all("warm-up").length).to.equal(2);
    expect(script.all("start-timer").length).to.equal(1);
    script.happen({ type: "accept", media: "audio" });
    expect(script.all("make-answer")).to.deep.equal([{ type: "make-answer", offer: other }]);
  });

  it("keeps to the offer that it answers, whatever its app or a person says afterwards", () => {
    const script = scriptAt("accepted", "callee");
    const other = offer.replace("s=-", "s=other");
    const before = script.effects.length;
    script.happen({ type: "accept", media: "audio" });
    for (const type of ["incoming", "accept", "answer"] as const)
      script.happen({ type: "command", command: { type, sdp: other } });
    script.happen({ type: "command", command: { type: "start" } });
    expect(script.effects.slice(before)).to.deep.equal([]);
    expect(script.session.offer).to.equal(null);
  });

  it("tells its host that it declines, and not what the host knows or must not tell", () => {
    const end = (event: Parameters<Script["happen"]>[0]) => {
      const script = scriptAt("ringing", "callee");
      script.happen(event);
      expect(script.state).to.equal("ended");
      return names(script);
    };
    expect(end({ type: "decline" })).to.deep.equal(["endCall"]);
    expect(end({ type: "ignore" })).to.deep.equal([]);
    expect(end({ type: "timer", name: "ring" })).to.deep.equal([]);
  });

  it("lets a person hide the address where there is a relay, and only before the answer is made", () => {
    const script = scriptAt("ringing", "callee");
    script.happen({ type: "servers-known", hasRelay: true });
    expect(script.session.call.settings.mayHideAddress).to.equal(true);
    script.happen({ type: "hide-address", on: true });
    expect(script.session.call.settings.relayOnly).to.equal(true);
    expect(script.all("hide-address")).to.deep.equal([{ type: "hide-address", on: true }]);
    const caller = dialled();
    caller.happen({ type: "servers-known", hasRelay: true });
    expect(caller.session.call.settings.mayHideAddress).to.equal(false);
  });
});

describe("a call with Delta Chat's own page", () => {
  for (const role of ["caller", "callee"] as const) {
    it(`is connected by its path, encrypted by DTLS alone, for the ${role}`, () => {
      const script = scriptAt("connected", role);
      expect(script.state).to.equal("connected");
      expect(script.session.call.identity.encryption).to.equal("transport");
    });
  }

  it("tells of its devices when the channel opens, and of every change, once", () => {
    const script = scriptAt("connected", "caller");
    expect(script.on(3)).to.deep.equal([{ id: 3, audioEnabled: true, videoEnabled: true }]);
    script.device("camera", "off");
    script.device("camera", "off");
    expect(script.on(3).slice(1)).to.deep.equal([
      { id: 3, audioEnabled: true, videoEnabled: false },
    ]);
  });

  it("tells of no device that is being opened that it is off, and of one that did not open that it is", () => {
    const script = scriptAt("connected", "caller");
    script.device("camera", "starting");
    script.device("camera", "on");
    script.device("microphone", "starting");
    expect(script.on(3).slice(1)).to.deep.equal([]);
    script.device("microphone", "failed");
    expect(script.on(3).slice(1)).to.deep.equal([
      { id: 3, audioEnabled: false, videoEnabled: true },
    ]);
  });

  it("believes what the other side tells of its devices, and judges an older one by what arrives", () => {
    const script = scriptAt("connected", "caller");
    script.happen({ type: "frame-opened", track: 1 });
    expect(script.session.call.remote).to.include({ known: false, camera: true });
    for (let poll = 0; poll < 3; poll += 1) script.happen({ type: "polled", bytes: [9, 9] });
    expect(script.session.call.remote).to.include({ known: true, microphone: true });
    const message = { id: 3, audioEnabled: false, videoEnabled: false } as const;
    script.happen({ type: "channel-received", message });
    script.happen({ type: "polled", bytes: [99, 99] });
    expect(script.session.call.remote).to.deep.equal({
      ...{ known: true, microphone: false, camera: false, screen: false },
    });
    expect(script.happen({ type: "tick", name: "poll" })).to.deep.equal([]);
  });

  it("sends candidates that were late on their channel, once it is open", () => {
    const script = scriptAt("answered", "caller");
    script.found(relay);
    expect(script.on(1)).to.deep.equal([]);
    script.happen({ type: "channel-opened", id: 1 });
    expect(script.on(1)).to.deep.equal([{ id: 1, candidate: relay }]);
    script.found(srflx);
    expect(script.on(1).length).to.equal(2);
  });

  it("adds candidates of the other side that come on their channel", () => {
    const script = scriptAt("connected", "callee");
    script.happen({ type: "channel-received", message: { id: 1, candidate: relay } });
    script.happen({ type: "channel-received", message: { id: 1, candidate: null } });
    expect(script.all("add-candidates")).to.deep.equal([
      { type: "add-candidates", candidates: [relay] },
    ]);
  });

  it("shares a screen in the camera's place, and releases the camera meanwhile", () => {
    const script = scriptAt("connected", "caller");
    const wishes = () => script.session.call.devices.wanted;
    script.happen({ type: "set-device", device: "screen", on: true });
    script.device("screen", "on");
    script.device("camera", "off");
    expect(wishes()).to.deep.equal({ microphone: true, camera: false, screen: true });
    expect(script.on(3).at(-1)).to.include({ videoEnabled: true });
    script.device("screen", "off");
    expect(wishes()).to.deep.equal({ microphone: true, camera: true, screen: false });
  });

  it("stops sharing when the camera is switched on, and leaves off a camera that was switched off meanwhile", () => {
    const script = scriptAt("connected", "caller");
    script.happen({ type: "set-device", device: "screen", on: true });
    script.device("screen", "on");
    script.device("camera", "off");
    script.happen({ type: "set-device", device: "camera", on: true });
    expect(script.session.call.devices.wanted).to.include({ camera: true, screen: false });
    script.device("screen", "off");
    script.device("camera", "on");
    expect(script.session.call.devices.wanted).to.include({ camera: true, screen: false });
  });

  it("sends no picture where the address forbids it, whatever a person presses", () => {
    const script = scriptAt("connected", "caller", { video: "never" as "from-the-start" });
    for (const device of ["camera", "screen"] as const)
      expect(script.happen({ type: "set-device", device, on: true })).to.deep.equal([]);
    script.happen({ type: "set-device", device: "microphone", on: false });
    expect(script.session.call.devices.wanted.microphone).to.equal(false);
  });
});

describe("a lost path of a call with Delta Chat's own page", () => {
  const lost = (role: "caller" | "callee") => {
    const script = scriptAt("connected", role);
    script.now += 60_000;
    script.happen({ type: "path-changed", path: "disconnected" });
    script.happen({ type: "timer", name: "restart" });
    return script;
  };

  it("is offered anew by the first caller alone", () => {
    const script = lost("caller");
    expect(script.all("restart-path").length).to.equal(1);
    const { attempt } = script.session.call.reconnection;
    script.happen({ type: "restart-ready", message: { type: "restart", attempt, offer } });
    expect(script.on(5)).to.deep.equal([{ id: 5, type: "offer", sdp: offer }]);
    script.happen({ type: "channel-received", message: { id: 5, type: "answer", sdp: answer } });
    expect(script.all("apply-restart-answer")).to.deep.equal([
      { type: "apply-restart-answer", answer },
    ]);
    script.happen({ type: "channel-received", message: { id: 5, type: "offer", sdp: offer } });
    expect(script.all("answer-restart")).to.deep.equal([]);
  });

  it("is asked for by the callee, who answers the offer", () => {
    const script = lost("callee");
    expect(script.on(5)).to.deep.equal([{ id: 5, type: "restart-request" }]);
    script.happen({ type: "channel-received", message: { id: 5, type: "offer", sdp: offer } });
    const { attempt } = script.all("answer-restart")[0]!;
    script.happen({
      type: "restart-ready",
      message: { type: "restart-answer", attempt, answer },
    });
    expect(script.on(5).at(-1)).to.deep.equal({ id: 5, type: "answer", sdp: answer });
  });

  it("is offered when the callee asks", () => {
    const script = scriptAt("connected", "caller");
    script.now += 60_000;
    script.happen({ type: "channel-received", message: { id: 5, type: "restart-request" } });
    expect(script.all("restart-path").length).to.equal(1);
  });

  it("is offered once for requests that come while the offer is made", () => {
    const script = scriptAt("connected", "caller");
    script.now += 60_000;
    for (let count = 0; count < 50; count += 1)
      script.happen({ type: "channel-received", message: { id: 5, type: "restart-request" } });
    expect(script.all("restart-path").length).to.equal(1);
  });

  it("does not take an answer to an earlier offer for one to the last", () => {
    const script = lost("caller");
    for (const round of [1, 2]) {
      const { attempt } = script.session.call.reconnection;
      script.happen({ type: "restart-ready", message: { type: "restart", attempt, offer } });
      if (round === 1) script.happen({ type: "timer", name: "restart" });
    }
    expect(script.on(5).length).to.equal(2);
    const message = { id: 5, type: "answer", sdp: answer } as const;
    script.happen({ type: "channel-received", message });
    expect(script.all("apply-restart-answer")).to.deep.equal([]);
    script.happen({ type: "channel-received", message });
    expect(script.all("apply-restart-answer").length).to.equal(1);
  });

  it("takes the answer to its last offer again, after one that the other side never answered", () => {
    const script = lost("caller");
    const offers = () => {
      const { attempt } = script.session.call.reconnection;
      script.happen({ type: "restart-ready", message: { type: "restart", attempt, offer } });
    };
    const answered = () =>
      script.happen({ type: "channel-received", message: { id: 5, type: "answer", sdp: answer } });
    offers();
    for (const round of [2, 3]) {
      script.happen({ type: "timer", name: "restart" });
      offers();
      answered();
      expect(script.all("apply-restart-answer").length).to.equal(round - 2);
    }
    script.happen({ type: "path-changed", path: "connected" });
    script.now += 60_000;
    script.happen({ type: "network-changed" });
    offers();
    answered();
    expect(script.all("apply-restart-answer").length).to.equal(2);
  });

  it("is searched for at the pace of the document: 3 s of grace, 8 s a try, 3 tries", () => {
    for (const role of ["caller", "callee"] as const) {
      const script = scriptAt("connected", role);
      script.now += 60_000;
      const asked = () => script.all("restart-path").length + script.on(5).length;
      const waits = () =>
        script
          .all("start-timer")
          .filter(({ name }) => name === "restart")
          .map(({ milliseconds }) => milliseconds);
      script.happen({ type: "path-changed", path: "disconnected" });
      expect(asked()).to.equal(0);
      for (let at = 0; at < 6; at += 1) {
        script.now += waits().at(-1)!;
        script.happen({ type: "timer", name: "restart" });
      }
      expect(asked()).to.equal(3);
      expect(waits()).to.deep.equal([3000, 8000, 8000, 8000]);
      script.happen({ type: "path-changed", path: "connected" });
      script.now += 10_000;
      script.happen({ type: "network-changed" });
      expect(asked()).to.equal(4);
    }
  });

  it("is searched for at the kit's own pace with another kit", () => {
    const script = scriptAt("connected", "caller", { peer: "kit" });
    script.now += 60_000;
    script.happen({ type: "path-changed", path: "disconnected" });
    for (let at = 0; at < 6; at += 1) script.happen({ type: "timer", name: "restart" });
    expect(script.all("restart-path").length).to.equal(6);
  });

  it("is waited for longer while nothing shows that the other side can take a new one", () => {
    const limit = (script: Script) =>
      script.all("start-timer").findLast(({ name }) => name === "reconnect")?.milliseconds;
    expect(limit(lost("caller"))).to.equal(60_000);
    const able = scriptAt("connected", "caller");
    able.happen({ type: "channel-received", message: { id: 5, type: "restart-request" } });
    able.happen({ type: "path-changed", path: "disconnected" });
    expect(limit(able)).to.equal(30_000);
  });
});

describe("a call with another kit over Delta Chat's protocol", () => {
  it("has the kit's own frames, and the caller proves its keys on the control channel", () => {
    const caller = scriptAt("connected", "caller", { peer: "kit" });
    expect(caller.session.call.identity.encryption).to.equal("sx-call/1");
    expect(caller.session.call.keys.securityCode).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    const said = caller.all("send-control").map(({ message }) => message.type);
    expect(said).to.include("confirm");
    const callee = scriptAt("connected", "callee", { peer: "kit" });
    const message = { type: "confirm", nonce: "nonce", mac: "mac" } as const;
    callee.happen({ type: "control", message });
    expect(callee.all("check-peer")).to.deep.equal([{ type: "check-peer", confirm: message }]);
  });

  it("counts as connected for the callee only once the caller has proved its keys, and ends without that", () => {
    const script = scriptAt("connected", "callee", { peer: "kit" });
    expect(script.session.call.state).to.equal("connecting");
    script.happen({ type: "timer", name: "connect" });
    expect(script.session.call.ending).to.include({ reason: "failed", problem: "insecure" });
    const proved = scriptAt("connected", "callee", { peer: "kit" });
    proved.happen({ type: "confirmed", securityCode: [1, 2, 3, 4, 5, 6, 7] });
    expect(proved.session.call.state).to.equal("connected");
  });

  it("tells of devices and of the end on that channel alone, and of a new path as everybody does", () => {
    const script = scriptAt("connected", "callee", { peer: "kit" });
    script.happen({ type: "confirmed", securityCode: [1, 2, 3, 4, 5, 6, 7] });
    script.device("camera", "off");
    script.now += 60_000;
    script.happen({ type: "network-changed" });
    script.happen({ type: "hang-up" });
    const said = script.all("send-control").map(({ message }) => message.type);
    expect(said).to.include("media");
    expect(said).not.to.include("restart");
    expect(script.on(3)).to.deep.equal([]);
    expect(script.on(5)).to.deep.equal([{ id: 5, type: "restart-request" }]);
    expect(script.all("close").at(-1)?.reason).to.equal("hung-up");
    expect(names(script)).to.deep.equal(["acceptCall", "endCall"]);
  });

  it("ends with the other kit's message, and the host is notified by its own app", () => {
    const script = scriptAt("connected", "caller", { peer: "kit" });
    script.happen({ type: "control", message: { type: "end", reason: "hung-up" } });
    expect([script.state, ...names(script)]).to.deep.equal(["ended", "startCall"]);
  });

  it("ignores the control channel of other pages", () => {
    const script = scriptAt("connected", "caller");
    script.happen({ type: "control", message: { type: "end", reason: "hung-up" } });
    expect(script.state).to.equal("connected");
  });
});
