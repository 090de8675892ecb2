import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts, ConnectionPort } from "../../src/controller/ports.ts";
import { CrashMark } from "../../src/crypto/worker/frame-cipher.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { longIt } from "../support/long-it.ts";

/** The browser's ports, keeping hold of the connections and ciphers that they make. */
function watchedPorts(changes: Partial<CallPorts> = {}) {
  const connections: ConnectionPort[] = [];
  const ciphers: ReturnType<CallPorts["createCipher"]>[] = [];
  const ports: CallPorts = {
    ...browserPorts,
    createConnection: (...parameters) => {
      const connection = browserPorts.createConnection(...parameters);
      connections.push(connection);
      return connection;
    },
    createCipher: (...parameters) => {
      const cipher = browserPorts.createCipher(...parameters);
      ciphers.push(cipher);
      return cipher;
    },
    ...changes,
  };
  return { ports, connections, ciphers };
}

/** A responder that gives its own worker a secret that the caller does not have. */
const wrongSecret: CallPorts["createResponder"] = async (binding, invite) => {
  const responder = await browserPorts.createResponder(binding, invite);
  return {
    confirm: (share) => responder.confirm(share),
    release: () => {
      responder.release();
    },
    agree: async (transport) => {
      const { accept } = await responder.agree(transport);
      const algorithm = { name: "HMAC", hash: "SHA-512", length: 512 };
      const secret = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
      return { accept, secret };
    },
  };
};

describe("media in a call", () => {
  it("leaves sealed or not at all: as many frames left as were sealed", async () => {
    const { ports, connections, ciphers } = watchedPorts();
    const pair = new CallPair({ a: new Side({}, ports) });
    await pair.connect("video");
    await pair.b.until(() => pair.b.source.tracks.remoteCamera !== null);
    // Nothing more is sent from here on, so that the last frames come to be counted on both sides.
    await Promise.all([connections[0]!.setTrack(0, null), connections[0]!.setTrack(1, null)]);
    for (const track of [0, 1] as const) {
      let left = 0;
      let sealed = -1;
      while (left === 0 || left !== sealed) {
        left = (await connections[0]!.measure()).counts[track]!.left;
        sealed = (await ciphers[0]!.counts()).find((count) => count.track === track)?.sealed ?? -1;
      }
      expect(left).to.equal(sealed);
    }
    pair.close();
  });

  it("does not decode under another key, and the call ends as unprotected", async () => {
    const { ports, connections } = watchedPorts({ createResponder: wrongSecret });
    const pair = new CallPair({ b: new Side({}, ports) });
    await pair.a.source.perform({ type: "start", media: "video" });
    await pair.b.untilState("incoming");
    await pair.b.source.perform({ type: "accept", media: "video" });
    await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
    for (const side of [pair.a, pair.b]) {
      expect(side.snapshot.protection.opened).to.equal(0);
      expect(side.notices.some(() => side.source.tracks.remoteCamera !== null)).to.equal(false);
      expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["failed"]);
    }
    expect([...pair.a.errors, ...pair.b.errors]).to.include("unprotected");
    expect(connections.length).to.equal(1);
    pair.close();
  });

  const swaps: {
    what: string;
    type: SignalMessage["type"];
    swap: (message: SignalMessage) => SignalMessage;
  }[] = [
    {
      what: "the caller's X25519 key",
      type: "invite",
      swap: (m) =>
        m.type === "invite" ? { ...m, keys: { ...m.keys, x25519: otherDigit(m.keys.x25519) } } : m,
    },
    {
      what: "the caller's ML-KEM key",
      type: "invite",
      swap: (m) =>
        m.type === "invite"
          ? { ...m, keys: { ...m.keys, mlkem768: otherEnd(m.keys.mlkem768) } }
          : m,
    },
    {
      what: "the caller's commitment",
      type: "invite",
      swap: (m) => (m.type === "invite" ? { ...m, commitment: otherDigit(m.commitment) } : m),
    },
    {
      what: "the media of the invitation",
      type: "invite",
      swap: (m) => (m.type === "invite" ? { ...m, media: "video" } : m),
    },
    {
      what: "the fingerprint in the offer",
      type: "invite",
      swap: (m) => (m.type === "invite" ? { ...m, offer: otherFingerprint(m.offer) } : m),
    },
    {
      what: "the callee's X25519 key",
      type: "accept",
      swap: (m) =>
        m.type === "accept" ? { ...m, keys: { ...m.keys, x25519: otherDigit(m.keys.x25519) } } : m,
    },
    {
      what: "the ML-KEM ciphertext",
      type: "accept",
      swap: (m) =>
        m.type === "accept"
          ? { ...m, keys: { ...m.keys, mlkem768: otherDigit(m.keys.mlkem768) } }
          : m,
    },
    {
      what: "the callee's mac",
      type: "accept",
      swap: (m) => (m.type === "accept" ? { ...m, mac: otherDigit(m.mac) } : m),
    },
    {
      what: "the fingerprint in the answer",
      type: "accept",
      swap: (m) => (m.type === "accept" ? { ...m, answer: otherFingerprint(m.answer) } : m),
    },
    {
      what: "the caller's nonce",
      type: "confirm",
      swap: (m) => (m.type === "confirm" ? { ...m, nonce: otherDigit(m.nonce) } : m),
    },
    {
      what: "the caller's mac",
      type: "confirm",
      swap: (m) => (m.type === "confirm" ? { ...m, mac: otherDigit(m.mac) } : m),
    },
  ];
  for (const { what, type, swap } of swaps) {
    it(`ends as insecure when ${what} is swapped`, async () => {
      const channel = (message: SignalMessage) => (message.type === type ? swap(message) : message);
      const pair = new CallPair({ fromA: channel, fromB: channel });
      await pair.a.source.perform({ type: "start", media: "audio" });
      await pair.b.until(({ state }) => state === "incoming" || state === "ended");
      if (pair.b.snapshot.state === "incoming") {
        await pair.b.source.perform({ type: "accept", media: "audio" }).catch(() => undefined);
      }
      await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
      expect([...pair.a.errors, ...pair.b.errors]).to.include("insecure");
      expect([...pair.a.records, ...pair.b.records].map(({ outcome }) => outcome)).to.deep.equal([
        "failed",
        "failed",
      ]);
      if (type !== "confirm") expect(pair.a.snapshot.protection.sealed).to.equal(0);
      pair.close();
    });
  }
});

describe("an engine that cannot encrypt frames", () => {
  it("does not start a call, and reports it before a device is requested", async () => {
    const { RTCRtpScriptTransform } = globalThis;
    const legacy = [RTCRtpSender, RTCRtpReceiver].map(
      ({ prototype }) =>
        [prototype, Object.getOwnPropertyDescriptor(prototype, "createEncodedStreams")] as const,
    );
    let asked = 0;
    const mediaDevices = {
      getUserMedia: () => {
        asked += 1;
        return Promise.reject(new DOMException("Not asked for in this test.", "NotAllowedError"));
      },
      enumerateDevices: () => Promise.resolve([]),
    };
    Reflect.deleteProperty(globalThis, "RTCRtpScriptTransform");
    for (const [prototype] of legacy) Reflect.deleteProperty(prototype, "createEncodedStreams");
    try {
      const side = new Side({ mediaDevices });
      const error = await side.source.perform({ type: "start", media: "video" }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).to.have.property("code", "encryption-unsupported");
      expect(asked).to.equal(0);
      expect(side.sent).to.deep.equal([]);
      expect(side.snapshot.ending?.problem).to.equal("encryption-unsupported");
      side.source.close();
    } finally {
      Object.assign(globalThis, { RTCRtpScriptTransform });
      for (const [prototype, descriptor] of legacy) {
        if (descriptor) Object.defineProperty(prototype, "createEncodedStreams", descriptor);
      }
    }
  });

  it("does not ring, and tells the caller that the call failed", async () => {
    const pair = new CallPair({
      b: new Side(
        {},
        { ...browserPorts, findObstacle: () => Promise.resolve("encryption-unsupported") },
      ),
    });
    await pair.a.source.perform({ type: "start", media: "audio" });
    await pair.a.untilState("ended");
    expect(pair.b.notices.some(({ type }) => type === "incoming")).to.equal(false);
    expect([...pair.a.records, ...pair.b.records].map(({ outcome }) => outcome)).to.deep.equal([
      "failed",
      "failed",
    ]);
    pair.close();
  });

  it("does not call where the worker is the only way and does not load", async () => {
    const { ports } = watchedPorts({
      createCipher: (listener) =>
        browserPorts.createCipher(listener, {
          workerUrl: "/there-is-no-such-worker.js",
          modes: ["script-transform"],
        }),
    });
    const side = new Side({}, ports);
    const error = await side.source
      .perform({ type: "start", media: "audio" })
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "encryption-unsupported");
    expect(side.sent).to.deep.equal([]);
    side.source.close();
  });
});

describe("the ways to encrypt frames", () => {
  const ways = [
    {
      what: "the streams of older Chromium, in a worker",
      options: { modes: ["encoded-streams"] },
      mode: "encoded-streams",
    },
    {
      what: "the main thread, because the host wants it",
      options: { onMainThread: true },
      mode: "main-thread",
    },
    {
      what: "the main thread, because the worker does not load",
      options: { workerUrl: "/there-is-no-such-worker.js" },
      mode: "main-thread",
    },
    {
      what: "the main thread, because the last worker took the page with it",
      options: {
        mark: new CrashMark({
          getItem: () => "1",
          setItem: () => undefined,
          removeItem: () => undefined,
        }),
      },
      mode: "main-thread",
    },
  ] as const;
  for (const { what, options, mode } of ways) {
    const register = mode === "encoded-streams" || "workerUrl" in options ? it : longIt;
    register(`meet each other: a worker's transform and ${what}`, async () => {
      const { ports, ciphers } = watchedPorts();
      const createCipher: CallPorts["createCipher"] = (listener) =>
        ports.createCipher(listener, options);
      const pair = new CallPair({ b: new Side({}, { ...ports, createCipher }) });
      await pair.connect("video");
      for (const side of [pair.a, pair.b])
        await side.until(() => side.source.tracks.remoteCamera !== null);
      expect(ciphers.map((cipher) => cipher.mode)).to.deep.equal([mode]);
      await pair.b.until(({ protection }) => protection.status === "protected");
      pair.close();
    });
  }
});

describe("a worker that dies in a call", () => {
  it("stops the media at once, and ends the call with the reason", async () => {
    const { ports, ciphers } = watchedPorts();
    const pair = new CallPair({ a: new Side({}, ports) });
    await pair.connect("audio");
    ciphers[0]!.close();
    await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
    expect(pair.a.snapshot.ending?.problem).to.equal("encryption-lost");
    expect(pair.b.snapshot.ending?.reason).to.equal("failed");
    pair.close();
  });
});

describe("the security code", () => {
  it("is the same on both sides, and verified once both have said so", async () => {
    const pair = new CallPair();
    await pair.connect("audio");
    const code = ({ securityCode }: CallSnapshot) => securityCode !== null;
    const [a, b] = await Promise.all([pair.a.until(code), pair.b.until(code)]);
    expect(a.securityCode).to.deep.equal(b.securityCode);
    expect(a.securityCode).to.have.length(7);
    await pair.a.source.perform({ type: "check-code", match: true });
    await pair.b.until(({ verification }) => verification.remote === true);
    await pair.b.source.perform({ type: "check-code", match: true });
    await pair.a.until(
      ({ verification }) => verification.local === true && verification.remote === true,
    );
    pair.close();
  });

  it("ends the call for both when one says that it does not match", async () => {
    const pair = new CallPair();
    await pair.connect("audio");
    await pair.a.until(({ securityCode }) => securityCode !== null);
    await pair.a.source.perform({ type: "check-code", match: false });
    await pair.b.untilState("ended");
    expect(pair.a.snapshot.ending?.problem).to.equal("code-mismatch");
    expect(pair.a.records[0]?.outcome).to.equal("failed");
    pair.close();
  });
});

describe("what the hosts bring to the keys", () => {
  const secret = new Uint8Array(32).fill(7);
  const binding = new TextEncoder().encode("Alice's and Bob's identity keys");

  it("connects where both bring the same", async () => {
    const options = { hostSecret: secret, hostBinding: binding };
    const pair = new CallPair({ a: new Side(options), b: new Side(options) });
    await pair.connect("audio");
    pair.close();
  });

  for (const [what, options] of [
    ["secret", { hostSecret: secret }],
    ["binding", { hostBinding: binding }],
  ] as const) {
    it(`ends as insecure where only one brings a ${what}`, async () => {
      const pair = new CallPair({ a: new Side(options) });
      await pair.a.source.perform({ type: "start", media: "audio" });
      await pair.b.untilState("incoming");
      await pair.b.source.perform({ type: "accept", media: "audio" });
      await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
      expect(pair.a.errors).to.deep.equal(["insecure"]);
      expect(pair.a.snapshot.protection.sealed).to.equal(0);
      pair.close();
    });
  }
});

function otherDigit(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}

/** The end of an ML-KEM-768 public key is the seed of its matrix: any 32 bytes are valid there. */
function otherEnd(text: string): string {
  return text.slice(0, -4) + (text.at(-4) === "A" ? "B" : "A") + text.slice(-3);
}

function otherFingerprint(sdp: string): string {
  return sdp.replace(
    /a=fingerprint:sha-256 (..)/g,
    (_, first: string) => `a=fingerprint:sha-256 ${first === "00" ? "01" : "00"}`,
  );
}
