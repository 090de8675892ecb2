import { expect } from "@open-wc/testing";
import { unpackCandidates, unpackDescription } from "../../../src/hosts/simplex/packing.ts";
import type { ConnectionStates } from "../../../src/media/connection/connection.ts";
import { kitPeer, found, scriptAt, Script, commands, commandTypes } from "./order-script.ts";
import { sdp } from "./wire.ts";

const started = "a call is already started";
const none = "a call is not started";
const kept = "there is no connection yet; the candidates are kept";
const noDescription = "there is no local description yet";
const isSet = "the remote description is already set";

/** Reply to every command at every stage: `ok`, the reason of an error, or `later` for pending work. */
const table = {
  caller: {
    capturing: {
      capabilities: started,
      start: started,
      offer: "later",
      answer: none,
      ice: kept,
      media: none,
      camera: none,
    },
    invited: {
      capabilities: started,
      start: started,
      offer: "later",
      answer: none,
      ice: kept,
      media: "later",
      camera: "later",
    },
    describing: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: noDescription,
        ice: "ok",
      },
      ...{ media: "later", camera: "later" },
    },
    negotiated: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: "this side has answered itself",
        ice: "ok",
      },
      ...{ media: "later", camera: "later" },
    },
    connected: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: "this side has answered itself",
        ice: "ok",
      },
      ...{ media: "later", camera: "later" },
    },
    ended: {
      capabilities: started,
      start: started,
      offer: started,
      answer: none,
      ice: none,
      media: none,
      camera: none,
    },
  },
  callee: {
    describing: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: noDescription,
        ice: "ok",
      },
      ...{ media: "later", camera: "later" },
    },
    described: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: "later",
        ice: "ok",
        media: "later",
        camera: "later",
      },
    },
    answering: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: isSet,
        ice: "ok",
        media: "later",
        camera: "later",
      },
    },
    negotiated: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: isSet,
        ice: "ok",
        media: "later",
        camera: "later",
      },
    },
    connected: {
      ...{
        capabilities: started,
        start: started,
        offer: started,
        answer: isSet,
        ice: "ok",
        media: "later",
        camera: "later",
      },
    },
    ended: {
      capabilities: started,
      start: started,
      offer: started,
      answer: none,
      ice: none,
      media: none,
      camera: none,
    },
  },
} as const;

describe("the order of commands", () => {
  for (const role of ["caller", "callee"] as const) {
    for (const [stage, answers] of Object.entries(table[role])) {
      for (const type of commandTypes) {
        // `end`, and what only the page itself carries out, is always well.
        const answer = type in answers ? answers[type as keyof typeof answers] : "ok";
        it(`answers ${type} to a ${role} that is ${stage} once: ${answer}`, () => {
          const script = scriptAt(role, stage as "describing");
          const id = script.command(type);
          if (answer === "later") {
            expect(script.replies(id)).to.deep.equal([]);
            script.command("end");
            expect(script.replies(id).map((reply) => reply.type)).to.deep.equal(["error"]);
          } else {
            const resp =
              answer === "ok" ? { type: "ok" } : { type: "error", message: `${type}: ${answer}` };
            expect(script.replies(id)).to.deep.equal([resp]);
          }
        });
      }
    }
  }

  it("takes a caller from capabilities over an invitation to the answer", () => {
    const script = new Script("caller");
    const capabilities = script.command("capabilities");
    expect(script.session.call.state).to.equal("inviting");
    script.device("microphone", "starting");
    script.device("microphone", "on");
    expect(script.replies(capabilities)).to.deep.equal([]);
    script.device("camera", "starting");
    script.device("camera", "on");
    expect(script.replies(capabilities)).to.deep.equal([
      { type: "capabilities", capabilities: { encryption: true } },
    ]);
    const offer = script.command("offer");
    expect(script.all("make-answer").map(({ command }) => command.offer.sdp)).to.deep.equal([sdp]);
    script.happen({
      type: "described",
      sdp,
      traits: { peer: "simplex", isOld: false, sendsPicture: true },
    });
    expect(script.replies(offer)).to.deep.equal([]);
    script.happen({ type: "candidates-found", candidates: found, end: false });
    const [answer] = script.replies(offer);
    if (answer?.type !== "answer") throw new Error("no answer");
    expect(unpackDescription(answer.answer, "answer").sdp).to.equal(sdp);
    expect(unpackCandidates(answer.iceCandidates)).to.deep.equal(found);
    expect(script.session.stage).to.equal("negotiated");
  });

  it("takes a callee from start over its offer to the other side's answer", () => {
    const script = new Script("callee");
    const start = script.command("start");
    expect(script.all("make-offer").length).to.equal(1);
    script.happen({ type: "described", sdp, traits: null });
    script.happen({ type: "candidates-found", candidates: found, end: false });
    expect(script.replies(start)).to.deep.equal([]);
    script.open();
    const [offer] = script.replies(start);
    if (offer?.type !== "offer") throw new Error("no offer");
    expect(unpackDescription(offer.offer, "offer").sdp).to.equal(sdp);
    expect(unpackCandidates(offer.iceCandidates)).to.deep.equal(found);
    expect(offer.capabilities).to.deep.equal({ encryption: true });
    const answer = script.command("answer");
    expect(script.all("take-answer").map(({ candidates }) => candidates.length)).to.deep.equal([2]);
    script.happen({ type: "answered", traits: kitPeer, confirm: null, code: null });
    expect(script.replies(answer)).to.deep.equal([{ type: "ok" }]);
  });

  it("lets an offer do without the capabilities that came before it elsewhere", () => {
    const script = new Script("caller");
    const id = script.command("offer");
    expect(script.all("set-device").map(({ device, on }) => `${device} ${on}`)).to.deep.equal([
      "microphone true",
      "camera true",
    ]);
    script.happen({ type: "described", sdp, traits: kitPeer });
    script.happen({ type: "tick", name: "candidates" });
    expect(script.replies(id).map(({ type }) => type)).to.deep.equal(["answer"]);
  });

  it("answers capabilities that an offer has overtaken", () => {
    const script = new Script("caller");
    const id = script.command("capabilities");
    script.command("offer");
    expect(script.replies(id).map(({ type }) => type)).to.deep.equal(["capabilities"]);
    script.open();
    expect(script.replies(id).length).to.equal(1);
  });

  it("does not wait for candidates longer than its time, nor for a microphone", () => {
    const script = new Script("callee");
    const id = script.command("start");
    script.happen({ type: "described", sdp, traits: null });
    expect(
      script.all("start-tick").map(({ name, milliseconds }) => `${name} ${milliseconds}`),
    ).to.include("candidates 60");
    script.happen({ type: "tick", name: "candidates" });
    expect(script.replies(id)).to.deep.equal([]);
    script.happen({ type: "tick", name: "devices" });
    expect(script.replies(id).map(({ type }) => type)).to.deep.equal(["offer"]);
  });

  it("leaves when gathering has ended without a candidate", () => {
    const script = new Script("caller");
    const id = script.command("offer");
    script.happen({ type: "described", sdp, traits: kitPeer });
    script.happen({ type: "candidates-found", candidates: [], end: true });
    expect(script.replies(id).map(({ type }) => type)).to.deep.equal(["answer"]);
  });

  it("keeps candidates that came before the offer, and adds them once there is a connection", () => {
    const script = scriptAt("caller", "invited");
    script.command("ice");
    const meanwhile = { ...commands.ice.iceCandidates[0]!, sdpMid: "1" };
    script.command("offer");
    script.command("ice", { iceCandidates: [meanwhile] });
    expect(script.all("add-candidates")).to.deep.equal([]);
    script.happen({ type: "described", sdp, traits: kitPeer });
    expect(script.all("add-candidates").flatMap((effect) => effect.candidates)).to.deep.equal([
      ...commands.ice.iceCandidates,
      meanwhile,
    ]);
    script.command("ice");
    expect(script.all("add-candidates").length).to.equal(2);
  });

  it("keeps no more than 256 of them", () => {
    const script = scriptAt("caller", "invited");
    for (let times = 0; times < 200; times++) script.command("ice");
    expect(script.session.early.length).to.equal(256);
  });

  it("tells later candidates at once, then in batches that wait longer and longer", () => {
    const script = scriptAt("caller", "negotiated");
    const waits = () =>
      script
        .all("start-tick")
        .flatMap(({ name, milliseconds }) => (name === "batch" ? [milliseconds] : []));
    const find = () => script.happen({ type: "candidates-found", candidates: found, end: false });
    find();
    expect(script.reported.map(({ type }) => type)).to.deep.equal(["ice"]);
    for (let batch = 1; batch <= 4; batch++) {
      find();
      find();
      expect(script.reported.length).to.equal(batch);
      script.happen({ type: "tick", name: "batch" });
    }
    expect(waits()).to.deep.equal([150, 500, 1000, 1000]);
    const sizes = script.reported.map((resp) =>
      resp.type === "ice" ? unpackCandidates(resp.iceCandidates).length : 0,
    );
    expect(sizes).to.deep.equal([2, 4, 4, 4, 4]);
    script.happen({ type: "candidates-found", candidates: [], end: true });
    script.happen({ type: "tick", name: "batch" });
    expect(script.reported.length).to.equal(5);
  });

  it("reports a call that has not connected after 30 seconds, once and with its states", () => {
    for (const script of [scriptAt("callee", "described"), scriptAt("caller", "negotiated")]) {
      const [tick] = script.all("start-tick").filter(({ name }) => name === "unconnected");
      expect(tick?.milliseconds).to.equal(30_000);
      script.path("failed");
      expect(script.session.call.state).to.equal("connecting");
      script.happen({ type: "tick", name: "unconnected" });
      expect(script.all("tell-states").length).to.equal(1);
      const states: ConnectionStates = {
        ...{ connectionState: "failed", iceConnectionState: "failed" },
        ...{ iceGatheringState: "complete", signalingState: "stable" },
      };
      script.happen({ type: "states-changed", states });
      expect(script.reported.at(-1)).to.deep.equal({ type: "connection", state: states });
      expect(script.all("start-tick").filter(({ name }) => name === "unconnected").length).to.equal(
        1,
      );
    }
  });

  it("reports nothing of the kind once it has connected", () => {
    const script = scriptAt("caller", "connected");
    expect(script.all("stop-tick").map(({ name }) => name)).to.include("unconnected");
    script.happen({ type: "tick", name: "unconnected" });
    expect(script.all("tell-states")).to.deep.equal([]);
  });

  it("tells the path in use half a second after it has connected, without an address", () => {
    const script = scriptAt("callee", "connected");
    expect(script.all("start-tick").find(({ name }) => name === "report")?.milliseconds).to.equal(
      500,
    );
    script.happen({ type: "tick", name: "report" });
    expect(script.all("read-pair").length).to.equal(1);
    const end = { candidateType: "relay", protocol: "udp", relayProtocol: "tls" } as const;
    script.happen({ type: "pair-read", pair: { local: end, remote: null } });
    script.happen({ type: "pair-read", pair: null });
    const localCandidate = { candidateType: "relay", protocol: "udp" };
    expect(script.reported).to.deep.equal([
      { type: "connected", connectionInfo: { iceCandidatePair: {}, localCandidate } },
      { type: "connected", connectionInfo: { iceCandidatePair: {} } },
    ]);
  });
});
