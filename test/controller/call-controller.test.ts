import { expect } from "@open-wc/testing";
import { CallController } from "../../src/controller/call-controller.ts";
import { callRuntime } from "../../src/controller/call-runtime.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import type { Intent } from "../../src/call/events.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { CallError } from "../../src/errors.ts";
import { settings } from "../support/call-script.ts";
import {
  callIn,
  ControlledCall,
  Gate,
  refusal,
  wayNames,
  ways,
} from "../support/controlled-call.ts";
import { callOptions } from "../support/call-options.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const intents = {
  accept: { type: "accept", media: "video" },
  decline: { type: "decline" },
  ignore: { type: "ignore" },
  "hang-up": { type: "hang-up" },
  "toggle-microphone": { type: "set-device", device: "microphone", on: false },
  "toggle-camera": { type: "set-device", device: "camera", on: true },
  "flip-camera": { type: "flip-camera" },
  "toggle-screen": { type: "set-device", device: "screen", on: true },
  "check-code": { type: "check-code", match: true },
  "hide-address": { type: "hide-address", on: true },
  hold: { type: "hold" },
  resume: { type: "resume" },
} as const satisfies Record<string, Intent>;

describe("intents of a call", () => {
  for (const way of wayNames) {
    it(`is refused where the state does not allow it, and changes nothing: ${way}`, async () => {
      const call = await callIn(way);
      for (const [action, intent] of Object.entries(intents)) {
        if (call.snapshot.actions.includes(action as keyof typeof intents)) continue;
        const before = call.snapshot;
        expect(await codeRejectedBy(call.controller.perform(intent)), action).to.equal(
          "not-possible",
        );
        expect(call.snapshot === before).to.equal(true);
      }
      call.controller.close();
    });
  }

  it("is carried out where the snapshot offers it", async () => {
    for (const way of wayNames) {
      for (const action of (await callIn(way)).snapshot.actions) {
        if (action === "call-back") continue;
        const call = await callIn(way);
        void call.controller.perform(intents[action]).catch(() => undefined);
        await settled();
        expect(call.errors, `${way} ${action}`).to.deep.equal([]);
        call.controller.close();
      }
    }
  });
});

describe("a call that is started", () => {
  it("has begun for its caller once the invitation has left", async () => {
    const call = new ControlledCall();
    call.ports.capture = "on request";
    let hasBegun = false;
    const begun = call.dial().then(() => (hasBegun = true));
    await settled();
    expect([hasBegun, call.snapshot.state, call.snapshot.step]).to.deep.equal([
      false,
      "inviting",
      "devices",
    ]);
    call.ports.devices.settle("microphone", true);
    await begun;
    expect(call.sent.map(({ type }) => type)).to.deep.equal(["invite"]);
    call.controller.close();
  });

  for (const problem of ["permission-denied", "device-not-found", "device-busy"] as const) {
    it(`is refused with the microphone's own reason: ${problem}`, async () => {
      const call = new ControlledCall();
      call.ports.problems.set("microphone", problem);
      expect(await codeRejectedBy(call.dial())).to.equal(problem);
      expect(call.sent).to.deep.equal([]);
      expect(call.records.map(({ outcome }) => outcome)).to.deep.equal(["failed"]);
      expect(call.ports.isAllReleased).to.equal(true);
    });
  }

  it("begins without a camera that fails, and reports it", async () => {
    const call = new ControlledCall();
    call.ports.problems.set("camera", "device-busy");
    await call.dial("video");
    expect([call.errors, call.snapshot.local.camera.problem]).to.deep.equal([
      ["device-busy"],
      "device-busy",
    ]);
    call.controller.close();
  });

  it("is refused where this engine cannot call, and nothing was made for it", async () => {
    const call = new ControlledCall({ unable: "webrtc-unsupported" });
    expect(await codeRejectedBy(call.dial())).to.equal("webrtc-unsupported");
    expect([call.ports.ciphers.length, call.ports.captures.length]).to.deep.equal([0, 0]);
  });

  it("is refused with the reason of what could not be made for it", async () => {
    const call = new ControlledCall();
    call.ports.set.cipherReady = refusal(new CallError("encryption-unsupported", "No worker."));
    expect(await codeRejectedBy(call.dial())).to.equal("encryption-unsupported");
    expect(call.ports.isAllReleased).to.equal(true);
  });

  it("ends with an internal error for a foreign exception, without its text", async () => {
    const call = new ControlledCall();
    call.ports.set.offer = refusal(new TypeError("secret candidate 192.0.2.1"));
    expect(await codeRejectedBy(call.dial())).to.equal("internal");
    expect(
      call.notices.some(
        (notice) => notice.type === "error" && notice.error.message.includes("secret"),
      ),
    ).to.equal(false);
  });
});

describe("a call that is accepted", () => {
  it("has been once the answer has left", async () => {
    const call = new ControlledCall();
    const answer = new Gate();
    call.ports.set.answer = answer.promise;
    await call.hear("invite");
    let isAccepted = false;
    const accepted = call.controller
      .perform({ type: "accept", media: "audio" })
      .then(() => (isAccepted = true));
    await settled();
    expect([isAccepted, call.snapshot.state]).to.deep.equal([false, "connecting"]);
    answer.open();
    await accepted;
    expect(call.sent.map(({ type }) => type)).to.deep.equal(["ringing", "accept"]);
    call.controller.close();
  });

  it("opens no device and describes nothing of its own before that, which would gather addresses", async () => {
    const { ports, controller } = await callIn("incoming");
    expect([ports.captures.length, ports.connection.isDescribed]).to.deep.equal([0, false]);
    controller.close();
  });

  it("is answered on the connection that was prepared while it rang", async () => {
    const { ports, controller } = await callIn("incoming");
    expect(ports.connection.appliedOffers.length).to.equal(1);
    await controller.perform({ type: "accept", media: "audio" });
    expect([ports.connections.length, ports.connection.isDescribed]).to.deep.equal([1, true]);
    controller.close();
  });

  it("is answered on another connection where the host has named other servers while it rang", async () => {
    const options = { ...callOptions, iceServers: [{ urls: "stun:one.example.org" }] };
    const call = new ControlledCall({}, options);
    await call.hear("invite");
    options.iceServers.push({ urls: "stun:two.example.org" });
    await call.controller.perform({ type: "accept", media: "audio" });
    const [prepared, used] = call.ports.connections;
    expect([prepared?.isClosed, prepared?.isDescribed, used?.isDescribed]).to.deep.equal([
      true,
      false,
      true,
    ]);
    call.controller.close();
  });

  it("closes what was prepared where it is not accepted", async () => {
    for (const end of ["decline", "cancelled"] as const) {
      const call = await callIn("incoming");
      if (end === "decline") await call.controller.perform({ type: "decline" });
      else await call.hear("end", { reason: "cancelled" });
      const { isClosed, isDescribed } = call.ports.connection;
      expect([call.snapshot.state, isClosed, isDescribed], end).to.deep.equal([
        "ended",
        true,
        false,
      ]);
    }
  });

  it("rings on where its offer cannot be prepared, and tells so once it is accepted", async () => {
    const call = new ControlledCall();
    const refused = refusal(new CallError("bad-signal", "No offer."));
    call.ports.set.appliedOffer = call.ports.set.answer = refused;
    await call.hear("invite");
    expect([call.snapshot.state, call.ports.connection.isClosed]).to.deep.equal(["incoming", true]);
    expect(
      await codeRejectedBy(call.controller.perform({ type: "accept", media: "audio" })),
    ).to.equal("bad-signal");
    call.controller.close();
  });

  it("waits for no device: one that fails does not end it", async () => {
    const call = new ControlledCall();
    call.ports.problems.set("microphone", "permission-denied").set("camera", "device-not-found");
    await call.hear("invite");
    await call.controller.perform({ type: "accept", media: "video" });
    expect(call.snapshot.state).to.equal("connecting");
    expect(call.errors).to.have.members(["permission-denied", "device-not-found"]);
    call.controller.close();
  });

  it("ends as insecure for invalid keys of the caller, before it was accepted", async () => {
    const call = new ControlledCall();
    call.ports.set.agreement = refusal(new CallError("insecure", "No keys."));
    await call.hear("invite");
    expect([call.snapshot.state, call.errors]).to.deep.equal(["ended", ["insecure"]]);
    expect(call.sent.at(-1)).to.include({ type: "end", reason: "failed" });
  });

  it("is refused where the offer is bad", async () => {
    const call = new ControlledCall();
    call.ports.set.answer = refusal(new CallError("bad-signal", "No offer."));
    await call.hear("invite");
    expect(
      await codeRejectedBy(call.controller.perform({ type: "accept", media: "audio" })),
    ).to.equal("bad-signal");
  });

  it("ends as insecure where the caller's proof is wrong, also when the call is connected", async () => {
    const call = new ControlledCall();
    call.ports.set.confirm = refusal(new CallError("insecure", "No proof."));
    await call.hear("invite");
    await call.controller.perform({ type: "accept", media: "audio" });
    await call.pathIs("connected");
    await call.hear("confirm");
    expect([call.snapshot.state, call.snapshot.ending?.problem]).to.deep.equal([
      "ended",
      "insecure",
    ]);
    expect(call.ports.isAllReleased).to.equal(true);
  });
});

describe("the end of a call", () => {
  for (const way of wayNames) {
    it(`releases everything that the call had: ${way}`, async () => {
      const call = await callIn(way);
      call.controller.close();
      await settled();
      expect(call.ports.isAllReleased).to.equal(true);
      expect(call.snapshot.state).to.equal(way === "idle" ? "idle" : "ended");
      expect(call.records.length).to.equal(way === "idle" ? 0 : 1);
    });
  }

  for (const way of [
    "inviting",
    "ringing",
    "connecting",
    "connected as the caller",
    "reconnecting",
  ] as const) {
    it(`by the other side releases everything as well: ${way}`, async () => {
      const call = await callIn(way);
      await call.hear("end", { reason: "hung-up" });
      expect([call.snapshot.state, call.ports.isAllReleased]).to.deep.equal(["ended", true]);
    });
  }

  it("is said on the data channel before it closes, and on the host's channel", async () => {
    const call = await callIn("connected as the caller");
    await call.controller.perform({ type: "hang-up" });
    expect(call.ports.connection.said.at(-1)).to.deep.equal({ type: "end", reason: "hung-up" });
    expect(call.sent.at(-1)).to.include({ type: "end", reason: "hung-up" });
  });

  it("is reported once, and nothing is reported after it", async () => {
    const call = await callIn("connected as the caller");
    const { listener } = call.ports.connection;
    const { listener: cipher } = call.ports.cipher;
    await call.controller.perform({ type: "hang-up" });
    const reported = call.notices.length;
    listener.pathChanged("failed");
    listener.controlReceived('{"type":"end","reason":"hung-up"}');
    listener.candidatesFound([{ candidate: "candidate:1" }], true);
    cipher.lost();
    cipher.opened(0);
    await call.hear("end");
    await call.ports.clock.advance(120_000);
    expect(call.notices.length).to.equal(reported);
  });
});

describe("the settings of a call", () => {
  it("give a cipher, a connection and a capture what the host chose", async () => {
    const ports = new FakePorts();
    const seen: unknown[] = [];
    const mediaDevices = {
      getUserMedia: () => Promise.reject(new Error("x")),
      enumerateDevices: () => Promise.resolve([]),
    };
    const options = {
      ...callOptions,
      relayOnly: true,
      iceServers: [{ urls: "turn:192.0.2.1", username: "u", credential: "c" }],
      mediaDevices,
      workerUrl: "/worker.js",
    };
    const { now, setTimer, watchNetwork, newCallId, findObstacle, canShareScreen } = ports;
    const { newDevice, isAuthorOf, resumptions, createTextCipher } = ports;
    const { createInitiator, createResponder, createCertificate, createSenses } = ports;
    const watched: CallPorts = {
      ...{ now, setTimer, watchNetwork, newCallId, findObstacle, canShareScreen },
      ...{ newDevice, isAuthorOf, resumptions, createTextCipher },
      ...{ createInitiator, createResponder, createCertificate, createSenses },
      createCipher: (...given) => (seen.push(given[1]), ports.createCipher(...given)),
      createConnection: (...given) => (seen.push(given[0]), ports.createConnection(...given)),
      createCapture: (...given) => (
        seen.push(given[0] === mediaDevices),
        ports.createCapture(...given)
      ),
    };
    const controller = new CallController(
      watched,
      Lazy.of(callRuntime(watched)),
      settings,
      options,
      () => {},
    );
    await controller.start("audio");
    expect(seen).to.have.deep.members([
      { workerUrl: "/worker.js", onMainThread: false },
      {
        ...{ iceServers: options.iceServers, relayOnly: true, isCaller: true },
        control: { label: "sx-control", id: 0 },
      },
      true,
    ]);
    controller.close();
  });

  it("decide how long it rings", async () => {
    const call = new ControlledCall({ ringMilliseconds: 5000 });
    await ways.ringing(call);
    await call.ports.clock.advance(4999);
    expect(call.snapshot.state).to.equal("ringing");
    await call.ports.clock.advance(1);
    expect(call.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
  });
});
