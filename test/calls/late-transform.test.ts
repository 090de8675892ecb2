import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts, CipherPort } from "../../src/controller/ports.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { longIt } from "../support/long-it.ts";

/** The browser's ports, whose transforms are attached so long after the sender or receiver was made. */
function latePorts(milliseconds: number): CallPorts {
  const late = () => new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    ...browserPorts,
    createConnection: (options, hooks, listener) =>
      browserPorts.createConnection(
        options,
        {
          attachSender: (sender, track) => late().then(() => hooks!.attachSender(sender, track)),
          attachReceiver: (receiver, track) =>
            late().then(() => hooks!.attachReceiver(receiver, track)),
        },
        listener,
      ),
  };
}

describe("a transform that is attached 300 ms late", () => {
  const { RTCPeerConnection } = globalThis;

  afterEach(() => {
    Object.assign(globalThis, { RTCPeerConnection });
  });

  it("lets nothing pass before: with the kit's flag frames wait for it, and the call is protected", async () => {
    const pair = new CallPair({ a: new Side({}, latePorts(300)), b: new Side({}, latePorts(300)) });
    await pair.connect("video");
    for (const side of [pair.a, pair.b]) {
      await side.until(({ protection }) => protection.status === "protected");
      expect(side.snapshot.protection.forged).to.equal(0);
    }
    pair.close();
  });

  it("is noticed in an engine that bypasses it: without the flag the call ends as unprotected", async () => {
    class WithoutFlag extends RTCPeerConnection {
      constructor(configuration: RTCConfiguration & { encodedInsertableStreams?: boolean } = {}) {
        const { encodedInsertableStreams: _, ...others } = configuration;
        super(others);
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: WithoutFlag });
    const pair = new CallPair({ a: new Side({}, latePorts(300)) });
    await pair.a.source.perform({ type: "start", media: "audio" });
    await pair.b.untilState("incoming");
    await pair.b.source.perform({ type: "accept", media: "audio" });
    await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
    // By whichever side reads its counters first: the other one hears the end.
    expect([...new Set([...pair.a.errors, ...pair.b.errors])]).to.deep.equal(["unprotected"]);
    expect(pair.a.source.tracks.remoteMicrophone === null).to.equal(true);
    pair.close();
  });
});

describe("a worker that receives its keys late", () => {
  for (const late of ["a", "b"] as const) {
    const register = late === "a" ? it : longIt;
    register(
      `delays the connection, and drops no frame: ${late === "a" ? "the caller's" : "the callee's"}`,
      async () => {
        let deliver = () => {};
        const held = new Promise<void>((resolve) => (deliver = resolve));
        const ciphers: CipherPort[] = [];
        const ports = (isLate: boolean): CallPorts => ({
          ...browserPorts,
          createCipher: (...parameters) => {
            const cipher = browserPorts.createCipher(...parameters);
            const setKeys = cipher.setKeys.bind(cipher);
            ciphers.push(cipher);
            cipher.setKeys = async (...keys) => {
              if (isLate) await held;
              return setKeys(...keys);
            };
            return cipher;
          },
        });
        const pair = new CallPair({
          a: new Side({}, ports(late === "a")),
          b: new Side({}, ports(late === "b")),
        });
        const paths: string[] = [];
        for (const side of [pair.a, pair.b])
          side.source.subscribe(() => paths.push(side.snapshot.state));
        const connecting = pair.connect("video");
        // The camera does not wait for keys.
        await pair.a.until(({ local }) => local.camera.state === "on");
        await pair.b.untilState("connecting");
        await pair.b.until(({ local }) => local.camera.state === "on");
        // For as long as another call needs as a whole.
        const other = new CallPair();
        await other.connect("video");
        other.close();
        expect(paths).to.not.include("connected");
        deliver();
        await connecting;
        await Promise.all(
          [pair.a, pair.b].map((side) => side.until(({ remote }) => remote.camera)),
        );
        for (const cipher of ciphers)
          for (const { unsealed, keyless } of await cipher.counts())
            expect([unsealed, keyless]).to.deep.equal([0, 0]);
        pair.close();
      },
    );
  }
});

describe("a host channel that misbehaves", () => {
  it("may deliver everything five times", async () => {
    const pair = new CallPair();
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      from.source.subscribe((notice) => {
        if (notice.type !== "signal") return;
        for (let copy = 0; copy < 4; copy++)
          setTimeout(() => to.source.receive(structuredClone(notice.message)));
      });
    }
    await pair.connect("audio");
    await pair.a.source.perform({ type: "hang-up" });
    await pair.b.untilState("ended");
    expect([...pair.a.errors, ...pair.b.errors]).to.deep.equal([]);
    expect([pair.a.records.length, pair.b.records.length]).to.deep.equal([1, 1]);
    pair.close();
  });

  it("may deliver in the wrong order: every second message overtakes the one before it", async () => {
    const swapped = (deliver: (message: SignalMessage) => void) => {
      let held: SignalMessage | null = null;
      return (message: SignalMessage) => {
        // The invitation and the first answer have nothing to be swapped with.
        if (message.type === "invite" || message.type === "ringing" || message.type === "end")
          deliver(message);
        else if (held === null) {
          held = message;
          // The last one has none to wait for.
          setTimeout(() => {
            if (held !== message) return;
            held = null;
            deliver(message);
          }, 500);
        } else {
          deliver(message);
          deliver(held);
          held = null;
        }
      };
    };
    const pair = new CallPair({ fromA: () => null, fromB: () => null });
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      const deliver = swapped((message) =>
        setTimeout(() => to.source.receive(structuredClone(message))),
      );
      from.source.subscribe((notice) => {
        if (notice.type === "signal") deliver(notice.message);
      });
    }
    await pair.connect("audio");
    expect([...pair.a.errors, ...pair.b.errors]).to.deep.equal([]);
    pair.close();
  });

  it("cannot make the two sides speak another version: a stripped protocol is refused, and nothing happens", async () => {
    const pair = new CallPair({ fromA: (message) => ({ ...message, protocol: "sx-call/0" }) });
    await pair.a.source.perform({ type: "start", media: "audio" });
    await pair.b.until(() => pair.b.errors.length > 0);
    expect(pair.b.errors).to.deep.equal(["unsupported-version"]);
    expect(pair.b.snapshot.state).to.equal("idle");
    pair.close();
  });
});
