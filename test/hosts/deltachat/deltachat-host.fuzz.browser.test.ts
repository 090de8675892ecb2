import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { DeltachatHost } from "../../../src/hosts/deltachat/deltachat-host.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { settled } from "../../support/virtual-clock.ts";
import { answer, offer, packSdp } from "./samples.ts";
import { longIt } from "../../support/long-it.ts";

const command = fc.constantFrom("startCall", "offerIncomingCall", "acceptCall", "onAnswer");
const good = fc.constantFrom(packSdp(offer), packSdp(answer), packSdp(offer.slice(0, 400)));
const payload = fc.oneof(
  { weight: 2, arbitrary: good },
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.base64String(),
);
const hash = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(command, payload).map(([name, text]) => `#${name}=${text}`) },
  fc.string().map((text) => `#${text}`),
  fc.string(),
);
/** Concurrent events: time, path, devices, and presses of a person. */
const happening = fc.constantFrom(
  "wait",
  "connect",
  "lose",
  "fail",
  "accept",
  "hang-up",
  "message",
);

const hashesEach = 200;

describe("the page, given random and hostile hashes", () => {
  for (const [register, runs] of [
    [it, 10],
    [longIt, 50],
  ] as const)
    register(
      `never throws at ${String(runs * hashesEach)}, answers the next call, and releases everything at the end`,
      async () => {
        const steps = fc.array(fc.tuple(hash, fc.option(happening)), {
          ...{ minLength: hashesEach, maxLength: hashesEach },
        });
        await fc.assert(
          fc.asyncProperty(steps, async (list) => {
            const ports = new FakePorts();
            const said: string[] = [];
            const calls = {
              startCall: () => void said.push("startCall"),
              acceptCall: () => void said.push("acceptCall"),
              endCall: () => void said.push("endCall"),
              getIceServers: () => '[{"urls":"stun:stun.example"},7]',
            };
            const host = new DeltachatHost(calls, "", {}, ports);
            for (const [text, event] of list) {
              host.execute(text);
              if (event === null) continue;
              await settled();
              const connection = ports.connections.at(-1);
              if (event === "wait") await ports.clock.advance(3_000);
              if (event === "connect") connection?.listener.pathChanged("connected");
              if (event === "lose") connection?.listener.pathChanged("failed");
              if (event === "fail") ports.problems.set("microphone", "permission-denied");
              if (event === "message")
                for (const id of [1, 3, 5]) connection?.listener.channelReceived?.(id, text);
              if (event === "accept")
                void host.perform({ type: "accept", media: "video" }).catch(() => undefined);
              if (event === "hang-up")
                await host.perform({ type: "hang-up" }).catch(() => undefined);
            }
            ports.problems.clear();
            if (host.snapshot.state === "incoming") await host.perform({ type: "ignore" });
            else await host.perform({ type: "hang-up" }).catch(() => undefined);
            expect(host.execute("#startCall")).to.equal(null);
            await settled();
            ports.connection.listener.candidatesFound([], true);
            await settled();
            expect(said.at(-1)).to.equal("startCall");
            host.close();
            await settled();
            await ports.clock.advance(10_000_000);
            expect(ports.isAllReleased).to.equal(true);
          }),
          { numRuns: runs },
        );
      },
    );
});

describe("a peer that floods Delta Chat's own channels", () => {
  it("is hung up on, with a reason of its own, before its messages become work", async () => {
    const ports = new FakePorts();
    const host = new DeltachatHost({ startCall: () => undefined }, "", {}, ports);
    host.execute(`#offerIncomingCall=${packSdp(offer)}`);
    await host.perform({ type: "accept", media: "audio" });
    await settled();
    const { listener } = ports.connection;
    listener.pathChanged("connected");
    const text = JSON.stringify({ audioEnabled: true, videoEnabled: false });
    for (let number = 0; number < 2_000; number++) listener.channelReceived?.(3, text);
    await settled();
    expect(host.snapshot.ending).to.include({ reason: "failed", problem: "flooded" });
    host.close();
  });
});

describe("a page that may say no address, where its app has no relay", () => {
  it("ends the call with the reason, as caller and as callee, and tells its app", async () => {
    for (const [hash, accepts] of [
      ["#startCall", false],
      [`#acceptCall=${packSdp(offer)}`, false],
      [`#offerIncomingCall=${packSdp(offer)}`, true],
    ] as const) {
      const said: string[] = [];
      const calls = {
        startCall: () => void said.push("startCall"),
        acceptCall: () => void said.push("acceptCall"),
        endCall: () => void said.push("endCall"),
        getIceServers: () => '[{"urls":"stun:stun.example"}]',
      };
      const ports = new FakePorts();
      const host = new DeltachatHost(calls, "?relayOnly", {}, ports);
      host.execute(hash);
      await settled();
      if (accepts) void host.perform({ type: "accept", media: "video" }).catch(() => undefined);
      await settled();
      expect(host.snapshot.state).to.equal("ended");
      expect(host.snapshot.ending?.problem).to.equal("bad-argument");
      expect(said).to.deep.equal(["endCall"]);
      host.close();
      await settled();
      expect(ports.isAllReleased).to.equal(true);
    }
  });
});

describe("an app", () => {
  const sdp = `#offerIncomingCall=${packSdp(offer)}`;

  it("that throws, or lacks what it should have, takes no call down", async () => {
    const fault = () => {
      throw new Error("the app's own fault");
    };
    const uncaught: string[] = [];
    const heard = (event: ErrorEvent) => {
      uncaught.push(event.message);
      event.preventDefault();
    };
    addEventListener("error", heard);
    const before = window.onerror;
    window.onerror = () => true;
    const ports = new FakePorts();
    const host = new DeltachatHost(
      { startCall: fault, endCall: fault, getIceServers: fault, getAvatar: fault },
      "",
      {},
      ports,
    );
    expect(host.avatar).to.equal(null);
    host.execute(sdp);
    await settled();
    expect(host.snapshot.state).to.equal("incoming");
    await host.perform({ type: "decline" });
    expect(host.snapshot.state).to.equal("ended");
    await settled();
    removeEventListener("error", heard);
    window.onerror = before;
    expect(uncaught.length).to.equal(1);
    host.close();
  });

  it("that is missing differs from an unreadable call", () => {
    for (const calls of [undefined, null, 7, {}, { startCall: 1 }])
      expect(new DeltachatHost(calls, "").execute(sdp)).to.equal("no-host");
    expect(new DeltachatHost({}, "").execute("#x")).to.equal("unknown");
    expect(new DeltachatHost({}, "").execute("")).to.equal(null);
  });

  it("that does not name its servers in time has none, and the call goes on", async () => {
    const ports = new FakePorts();
    const calls = {
      startCall: () => undefined,
      getIceServers: () => new Promise<string>(() => undefined),
    };
    const host = new DeltachatHost(calls, "", {}, ports);
    host.execute("#startCall");
    await settled();
    expect(ports.connections.length).to.equal(0);
    await ports.clock.advance(10_000);
    await settled();
    expect(ports.connections.length).to.equal(1);
    host.close();
  });
});
