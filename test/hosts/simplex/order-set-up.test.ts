import { expect } from "@open-wc/testing";
import {
  code,
  confirm,
  found,
  kitPeer,
  oldPeer,
  Script,
  scriptAt,
  simplexPeer,
} from "./order-script.ts";
import { sdp } from "./wire.ts";

const error = (message: string) => ({ type: "error", message });

describe("the setting up of a call", () => {
  for (const { device, problem, answer } of [
    {
      device: "microphone",
      problem: "permission-denied",
      answer: "capabilities: microphone: permission-denied",
    },
    {
      device: "microphone",
      problem: "device-not-found",
      answer: "capabilities: microphone: device-not-found",
    },
    {
      device: "camera",
      problem: "permission-denied",
      answer: "capabilities: camera: permission-denied",
    },
    { device: "camera", problem: "device-not-found", answer: null },
  ] as const) {
    it(`answers capabilities ${answer === null ? "well" : "with an error"} where the ${device} fails: ${problem}`, () => {
      const script = new Script("caller");
      const id = script.command("capabilities");
      for (const one of ["microphone", "camera"] as const) {
        script.device(one, "starting");
        if (one === device) script.device(one, "failed", problem);
        else script.device(one, "on");
      }
      const capabilities = { type: "capabilities", capabilities: { encryption: true } };
      expect(script.replies(id)).to.deep.equal([answer === null ? capabilities : error(answer)]);
      // The host shows the help for it, and decides itself what becomes of the call.
      expect(script.session.call.state).to.equal("inviting");
      expect(script.reported).to.deep.equal([]);
      expect(script.all("close")).to.deep.equal([]);
    });
  }

  it("answers capabilities where a person mutes the microphone while it opens", () => {
    const script = new Script("caller");
    const id = script.command("capabilities", { media: "audio" });
    script.device("microphone", "starting");
    script.happen({ type: "set-device", device: "microphone", on: false });
    script.device("microphone", "off");
    expect(script.replies(id).map(({ type }) => type)).to.deep.equal(["capabilities"]);
  });

  it("answers start with an error where the microphone fails before the offer has left", () => {
    const script = new Script("callee");
    const id = script.command("start");
    script.device("microphone", "starting");
    script.device("microphone", "failed", "permission-denied");
    script.happen({ type: "described", sdp, traits: null });
    script.happen({ type: "candidates-found", candidates: found, end: true });
    script.happen({ type: "tick", name: "devices" });
    expect(script.replies(id)).to.deep.equal([error("start: microphone: permission-denied")]);
  });

  it("is ready for a good offer after a bad one, with nothing left of the bad one", () => {
    const script = scriptAt("caller", "describing");
    const first = script.session.pending!;
    script.happen({ type: "candidates-found", candidates: found, end: false });
    script.happen({ type: "refused", reason: "the description was refused", isFatal: false });
    expect(script.replies(first)).to.deep.equal([error("offer: the description was refused")]);
    expect(script.all("stop-tick").map(({ name }) => name)).to.deep.equal([
      "candidates",
      "unconnected",
    ]);
    const second = script.command("offer");
    script.happen({ type: "described", sdp, traits: simplexPeer });
    expect(script.replies(second)).to.deep.equal([]);
    script.happen({ type: "candidates-found", candidates: found.slice(0, 1), end: false });
    expect(script.replies(second).map(({ type }) => type)).to.deep.equal(["answer"]);
    expect(script.session.call.state).to.equal("connecting");
    expect(script.all("set-device").length).to.equal(2);
  });

  it("keeps early candidates over a bad offer", () => {
    const script = scriptAt("caller", "invited");
    script.command("ice");
    script.command("offer");
    script.happen({ type: "refused", reason: "the description was refused", isFatal: false });
    script.command("offer");
    script.happen({ type: "described", sdp, traits: simplexPeer });
    expect(script.all("add-candidates").flatMap(({ candidates }) => candidates).length).to.equal(2);
  });

  it("is ready for a good answer after a bad one", () => {
    const script = scriptAt("callee", "answering");
    const bad = script.session.pending!;
    script.happen({ type: "refused", reason: "the description was refused", isFatal: false });
    expect(script.replies(bad)).to.deep.equal([error("answer: the description was refused")]);
    const good = script.command("answer");
    script.happen({ type: "answered", traits: simplexPeer, confirm: null, code: null });
    expect(script.replies(good)).to.deep.equal([{ type: "ok" }]);
    expect(script.reported).to.deep.equal([]);
  });

  it("ends where the keys in the offer were damaged on the way, with an error for the host", () => {
    const script = scriptAt("caller", "describing", { traits: kitPeer });
    script.happen({ type: "refused", reason: "the keys do not match", isFatal: true });
    expect(script.session.call.ending).to.include({ reason: "failed", problem: "insecure" });
    expect(script.all("report").map((effect) => effect.code)).to.deep.equal(["insecure"]);
    const [refused] = script.all("reply").slice(-1);
    expect(refused?.resp).to.deep.equal(error("offer: the keys do not match"));
  });

  it("counts as connected for whoever answered another kit's offer only once that has proved its keys", () => {
    const script = scriptAt("caller", "negotiated", { traits: kitPeer });
    script.path("connected");
    expect(script.session.call.state).to.equal("connecting");
    const waits = script.all("start-timer").filter(({ name }) => name === "connect");
    expect(waits.map(({ milliseconds }) => milliseconds)).to.deep.equal([30_000]);
    script.happen({ type: "confirmed", securityCode: code });
    expect(script.session.call.state).to.equal("connected");
    const withheld = scriptAt("caller", "negotiated", { traits: kitPeer });
    withheld.path("connected");
    withheld.timer("connect");
    expect(withheld.session.call.ending).to.include({ reason: "failed", problem: "insecure" });
    // Their own page proves nothing, and is waited for by nobody.
    expect(scriptAt("caller", "connected").session.call.state).to.equal("connected");
  });

  it("ends a call between kits whose keys do not match", () => {
    const script = scriptAt("callee", "answering");
    const id = script.session.pending!;
    const media = script.command("media");
    script.happen({ type: "refused", reason: "the keys do not match", isFatal: true });
    expect(script.replies(id)).to.deep.equal([error("answer: the keys do not match")]);
    expect(script.replies(media)).to.deep.equal([error("media: the call has ended")]);
    expect(script.reported).to.deep.equal([{ type: "ended" }]);
    expect(script.all("close").map(({ reason }) => reason)).to.deep.equal([null]);
    expect(script.all("report").map((effect) => effect.code)).to.deep.equal(["insecure"]);
  });

  it("takes a path that was quicker than the keys", () => {
    const script = scriptAt("callee", "answering");
    script.path("connected");
    expect(script.session.call.state).to.equal("connecting");
    script.happen({ type: "answered", traits: simplexPeer, confirm: null, code: null });
    expect(script.session.call.state).to.equal("connected");
    expect(script.all("start-tick").map(({ name }) => name)).to.include.members(["report", "poll"]);
  });

  it("says and hears on a data channel that was quicker than the keys, where the other side is a kit", () => {
    const media = { type: "media", microphone: true, camera: true, screen: false } as const;
    for (const traits of [kitPeer, simplexPeer]) {
      const isKit = traits.peer === "kit";
      const script = scriptAt("callee", "answering");
      script.happen({ type: "control-opened" });
      script.happen({ type: "control", message: media });
      expect(script.all("send-control")).to.deep.equal([]);
      script.happen({
        type: "answered",
        traits,
        confirm: isKit ? confirm : null,
        code: isKit ? code : null,
      });
      expect(script.all("send-control").map(({ message }) => message.type)).to.deep.equal(
        isKit ? ["media", "confirm"] : [],
      );
      expect(script.session.call.remote.known).to.equal(isKit);
    }
  });

  it("proves the callee's keys once, when the data channel opens", () => {
    const script = scriptAt("callee", "connected", { traits: kitPeer });
    expect(script.all("send-control")).to.deep.equal([]);
    script.happen({ type: "control-opened" });
    script.happen({ type: "control-opened" });
    const sent = script.all("send-control").map(({ message }) => message.type);
    expect(sent.filter((type) => type === "confirm").length).to.equal(1);
    expect(script.session.call.keys.securityCode).to.deep.equal(code);
  });

  it("checks the callee's proof on the caller's side alone, and of a kit alone", () => {
    const message = { type: "confirm", nonce: "nonce", mac: "mac" } as const;
    for (const [role, traits, checks] of [
      ["caller", kitPeer, 1],
      ["callee", kitPeer, 0],
      ["caller", simplexPeer, 0],
    ] as const) {
      const script = scriptAt(role, "negotiated", { traits });
      script.happen({ type: "control", message });
      expect(script.all("check-peer").length).to.equal(checks);
      script.happen({ type: "confirmed", securityCode: code });
      script.happen({ type: "control", message });
      expect(script.all("check-peer").length).to.equal(checks);
    }
  });

  it("never uses the data channel with a side that is no kit", () => {
    for (const traits of [simplexPeer, oldPeer]) {
      for (const role of ["caller", "callee"] as const) {
        const script = scriptAt(role, "connected", { traits });
        script.happen({ type: "control-opened" });
        script.device("microphone", "off");
        script.happen({ type: "network-changed" });
        script.happen({ type: "control", message: { type: "end", reason: "hung-up" } });
        expect(script.session.call.state).to.equal("connected");
        script.path("disconnected");
        script.happen({ type: "hang-up" });
        expect(script.all("send-control")).to.deep.equal([]);
        expect(script.all("close").map(({ reason }) => reason)).to.deep.equal([null]);
      }
    }
  });

  it("shows how media is encrypted: by the other app's way, by the kit's own, or not at all for the whole call", () => {
    expect(scriptAt("callee", "described").session.call.identity.encryption).to.equal("compatible");
    expect(
      scriptAt("callee", "connected", { traits: kitPeer }).session.call.identity.encryption,
    ).to.equal("sx-call/1");
    for (const role of ["caller", "callee"] as const) {
      const script = new Script(role);
      if (role === "callee") script.command("start", { aesKey: null });
      else script.command("offer", { aesKey: null });
      script.open();
      script.happen({ type: "described", sdp, traits: role === "caller" ? simplexPeer : null });
      script.happen({ type: "candidates-found", candidates: found, end: false });
      script.command("answer");
      script.happen({ type: "answered", traits: simplexPeer, confirm: null, code: null });
      script.path("connected");
      expect([script.session.call.state, script.session.call.identity.encryption]).to.deep.equal([
        "connected",
        "none",
      ]);
    }
  });

  for (const role of ["caller", "callee"] as const) {
    const type = role === "caller" ? "offer" : "start";
    it(`refuses a call without a key to a ${role} that needs one, and opens nothing for it`, () => {
      const script = new Script(role, { requireKey: true });
      const id = script.command(type, { aesKey: null });
      expect(script.replies(id)).to.deep.equal([
        error(`${type}: a call without a key is not allowed here`),
      ]);
      expect(script.effects.length).to.equal(1);
      script.command("camera");
      script.command("media");
      script.command("end");
      expect(script.effects.every((effect) => effect.type === "reply")).to.equal(true);
    });

    it(`refuses a key that this engine cannot use, to a ${role}`, () => {
      const script = new Script(role, { canEncrypt: false });
      const id = script.command(type);
      expect(script.replies(id)).to.deep.equal([error(`${type}: encryption is not supported`)]);
    });
  }

  it("tells that it cannot encrypt", () => {
    const script = new Script("caller", { canEncrypt: false });
    const id = script.command("capabilities");
    expect(script.all("warm-up")).to.deep.equal([]);
    script.open();
    expect(script.replies(id)).to.deep.equal([
      { type: "capabilities", capabilities: { encryption: false } },
    ]);
  });
});
