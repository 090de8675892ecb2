import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { Side } from "../support/call-pair.ts";
import { asText } from "../support/attackers.ts";
import { longIt } from "../support/long-it.ts";
import { waitUntil } from "../support/wait-until.ts";

/** A relay that nobody answers at: with it the person may hide the address. */
const relay = [{ urls: "turn:127.0.0.1:9", username: "u", credential: "p" }];

/** What was passed to the engines of the victim's page, and what they then knew. */
interface Engines {
  readonly policies: (RTCIceTransportPolicy | undefined)[];
  readonly peers: RTCPeerConnection[];
}

/**
 * A victim whose engine finds every address, whatever settings it gets. A call therefore connects without a relay. The settings
 * of the engine and the messages that leave the page are two tests. Each of the two alone has to keep the address.
 */
class Victim extends Side {
  readonly engines: Engines;

  /** @param options are read anew for every call. */
  constructor(options: Partial<CallOptions> = { iceServers: relay }) {
    const engines: Engines = { policies: [], peers: [] };
    super(options, { ...browserPorts, ...watched(engines) });
    this.engines = engines;
  }

  /** What of this device's addresses has left the page: candidates that are none of a relay's, and addresses in descriptions. */
  get reported(): string[] {
    return this.sent.flatMap((message) =>
      JSON.stringify(message)
        .split(/\\r\\n|","|\{/)
        .filter(
          (line) =>
            / typ (?:host|srflx|prflx)/.test(line) ||
            (/IN IP[46] (?!0\.0\.0\.0)/.test(line) && !line.includes("IN IP4 0.0.0.0")) ||
            / raddr (?!0\.0\.0\.0)/.test(line),
        ),
    );
  }
}

function watched({ policies, peers }: Engines): Pick<CallPorts, "createConnection"> {
  return {
    createConnection(...given) {
      const { RTCPeerConnection } = globalThis;
      class Watched extends RTCPeerConnection {
        constructor(configuration: RTCConfiguration = {}) {
          super({ ...configuration, iceTransportPolicy: "all" });
          policies.push(configuration.iceTransportPolicy);
          peers.push(this);
        }
      }
      Object.assign(globalThis, { RTCPeerConnection: Watched });
      try {
        return browserPorts.createConnection(...given);
      } finally {
        Object.assign(globalThis, { RTCPeerConnection });
      }
    },
  };
}

/** Carries what a side says to the other one, or keeps it. */
function carry(from: Side, to: Side, name: string, passes: (message: SignalMessage) => boolean) {
  from.source.subscribe((notice) => {
    if (notice.type === "signal" && passes(notice.message))
      setTimeout(() => to.source.receive(asText(notice.message), name));
  });
}

const always = () => true;
const isRunning = ({ state, securityCode }: Side["snapshot"]) =>
  state === "connected" && securityCode !== null;

/** Nothing was revealed, by none of the victim's connections, though every one of them knew its addresses. */
async function keptItsAddress(victim: Victim, connections: number): Promise<void> {
  const { policies, peers } = victim.engines;
  // One that was only prepared while it rang has gathered nothing.
  const used = policies.filter((_, number) => peers[number]?.localDescription !== null);
  expect(used).to.deep.equal(Array(connections).fill("relay"));
  for (const [number, peer] of peers.entries()) {
    const isClosed = () => peer.signalingState === "closed";
    const isFound = () => peer.localDescription?.sdp.includes(" typ host") === true;
    await waitUntil(() => isClosed() || isFound(), "the engine finds no address");
    if (isClosed()) continue;
    // One of a relay's, found after these, is reported: whatever of them is, has been reported before it.
    const marker = `192.0.2.${String(100 + number)}`;
    const candidate = new RTCIceCandidate({
      candidate: `candidate:9 1 udp 9 ${marker} 9 typ relay raddr 0.0.0.0 rport 9`,
      sdpMid: "0",
    });
    peer.dispatchEvent(new RTCPeerConnectionIceEvent("icecandidate", { candidate }));
    const isReported = () => JSON.stringify(victim.sent).includes(marker);
    await waitUntil(() => isClosed() || isReported(), "a relay's address is not reported");
  }
  expect(peers.some((peer) => peer.localDescription?.sdp.includes(" typ host"))).to.equal(true);
  expect(victim.reported).to.deep.equal([]);
  // What its person sees.
  expect(victim.snapshot.exposesAddress).to.equal(false);
}

describe("somebody who wants the address of a person who hides it", () => {
  const sides: Side[] = [];
  const opened = <S extends Side>(side: S): S => {
    sides.push(side);
    return side;
  };

  afterEach(() => {
    for (const side of sides.splice(0)) side.source.close();
  });

  /** A call in which the callee, by a switch on its ring screen, hides its address. */
  async function hiddenCall(victim: Victim, attacker: Side): Promise<void> {
    carry(attacker, victim, "mallory", always);
    carry(victim, attacker, "bob", always);
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    await victim.untilState("incoming");
    await victim.source.perform({ type: "hide-address", on: true });
    await victim.source.perform({ type: "accept", media: "audio" });
    await Promise.all([attacker.until(isRunning), victim.until(isRunning)]);
  }

  it("learns nothing by the call itself", async () => {
    const victim = opened(new Victim());
    await hiddenCall(victim, opened(new Side()));
    await keptItsAddress(victim, 1);
  });

  it("shows by this test what would be revealed where nobody hides: the test can fail", async () => {
    const victim = opened(new Victim());
    const attacker = opened(new Side());
    carry(attacker, victim, "mallory", always);
    carry(victim, attacker, "bob", always);
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    await victim.untilState("incoming");
    await victim.source.perform({ type: "accept", media: "audio" });
    await Promise.all([attacker.until(isRunning), victim.until(isRunning)]);
    expect(victim.engines.policies).to.deep.equal(["all"]);
    expect(victim.reported.length).to.be.greaterThan(0);
  });

  it("learns nothing by resuming the call, with the right proof", async () => {
    const victim = opened(new Victim());
    const attacker = opened(new Side());
    await hiddenCall(victim, attacker);
    const last = asText(attacker.snapshot);
    const fresh = opened(new Side());
    carry(fresh, victim, "mallory", always);
    carry(victim, fresh, "bob", always);
    await fresh.source.perform({ type: "resume-call", last, to: "bob" });
    const { callId } = attacker.snapshot;
    await victim.until((now) => now.callId !== callId && isRunning(now));
    await keptItsAddress(victim, 2);
  });

  it("learns nothing by dialling anew while it rings", async () => {
    const victim = opened(new Victim());
    const attacker = opened(new Side({ iceServers: relay }));
    carry(attacker, victim, "mallory", always);
    carry(victim, attacker, "bob", always);
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    const { callId } = await victim.untilState("incoming");
    await victim.source.perform({ type: "hide-address", on: true });
    await attacker.untilState("ringing");
    // A redial: here for hiding its own address, which the victim's kit cannot tell from any other.
    await attacker.source.perform({ type: "hide-address", on: true });
    await victim.until((now) => now.callId !== callId && now.state === "incoming");
    expect(victim.snapshot.exposesAddress).to.equal(false);
    await victim.source.perform({ type: "accept", media: "audio" });
    await victim.until(() => victim.engines.policies.length > 0);
    await victim.until(() => victim.sent.some(({ type }) => type === "accept"));
    await keptItsAddress(victim, 1);
  });

  longIt("learns nothing by dialling anew a call that was accepted at that moment", async () => {
    const victim = opened(new Victim());
    const attacker = opened(new Side({ iceServers: relay }));
    let first: string | null = null;
    carry(attacker, victim, "mallory", always);
    // The first accept comes too late: the attacker dials anew without it.
    carry(
      victim,
      attacker,
      "bob",
      ({ type, callId }) => !(callId === first && (type === "accept" || type === "candidates")),
    );
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    first = (await victim.untilState("incoming")).callId;
    await attacker.untilState("ringing");
    await victim.source.perform({ type: "hide-address", on: true });
    await victim.source.perform({ type: "accept", media: "audio" });
    await victim.until(() => victim.sent.some(({ type }) => type === "accept"));
    await attacker.source.perform({ type: "hide-address", on: true });
    await victim.until(
      ({ callId }) =>
        callId !== first &&
        victim.sent.some((message) => message.type === "accept" && message.callId === callId),
    );
    await keptItsAddress(victim, 2);
  });

  it("learns nothing by calling at the same time as the victim: the call that stays is as hidden as the one that was dialled", async () => {
    const victim = opened(new Victim());
    // The lower name stays.
    const low = { ...browserPorts, newCallId: () => `----${browserPorts.newCallId().slice(4)}` };
    const attacker = opened(new Side({}, low));
    carry(victim, attacker, "bob", ({ type }) => type !== "invite");
    await victim.source.perform({ type: "start", media: "audio", to: "mallory" });
    await victim.until(() => victim.sent.some(({ type }) => type === "invite"));
    await victim.source.perform({ type: "hide-address", on: true });
    await victim.until(() => victim.sent.filter(({ type }) => type === "invite").length > 1);
    const before = victim.engines.policies.length;
    // The first of the two dialled before the person hid anything; of that one no candidate has left.
    expect(victim.engines.policies.slice(1)).to.deep.equal(Array(before - 1).fill("relay"));
    carry(attacker, victim, "mallory", always);
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    await victim.until(({ callId }) => callId?.startsWith("----") === true);
    await Promise.all([victim.until(isRunning), attacker.until(isRunning)]);
    expect(victim.engines.policies.slice(before)).to.deep.equal(["relay"]);
    expect(victim.reported).to.deep.equal([]);
    expect(victim.snapshot.exposesAddress).to.equal(false);
  });

  for (const [who, resumes] of [
    ["the page that hid it", (last: unknown) => last],
    ["a host that stored only what it had to", (last: unknown) => asText(last)],
  ] as const) {
    const register = who === "the page that hid it" ? longIt : it;
    register(
      `learns nothing where the victim's page is loaded anew, and goes on with the call: ${who}`,
      async () => {
        const victim = opened(new Victim());
        const attacker = opened(new Side());
        await hiddenCall(victim, attacker);
        const last = resumes(victim.snapshot);
        const fresh = opened(new Victim());
        carry(fresh, attacker, "bob", always);
        carry(attacker, fresh, "mallory", always);
        await fresh.source.perform({ type: "resume-call", last, to: "mallory" });
        await fresh.until(isRunning);
        await keptItsAddress(fresh, 1);
      },
    );
  }

  it("learns nothing where the host hides it from now on, whatever the call before did", async () => {
    const options = { iceServers: relay, relayOnly: false };
    const victim = opened(new Victim(options));
    const attacker = opened(new Side());
    carry(attacker, victim, "mallory", always);
    carry(victim, attacker, "bob", always);
    await attacker.source.perform({ type: "start", media: "audio", to: "bob" });
    await victim.untilState("incoming");
    options.relayOnly = true;
    await victim.source.perform({ type: "accept", media: "audio" });
    await Promise.all([attacker.until(isRunning), victim.until(isRunning)]);
    expect(victim.engines.policies).to.deep.equal(["relay"]);
    expect(victim.reported).to.deep.equal([]);
  });
});
