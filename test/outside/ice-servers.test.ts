import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { hasRelay, readIceServers } from "../../src/host-values/ice-servers.ts";
import type { CallNotice } from "../../src/controller/call-source.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { signal, callId } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

/*
 * STUN and TURN servers as hosts really write them. One bad entry costs that entry: engines refuse the whole list for it.
 */

const turn = { urls: "turn:relay.example:3478", username: "u", credential: "c" };
const stun = { urls: "stun:stun.example" };

function inItself(): object {
  const circle: Record<string, unknown> = {};
  circle.iceServers = circle;
  return circle;
}
/** As many entries are looked at as a list may have. */
const endless = Array.from({ length: 1000 }, () => "not-a-server");

/** The lists, what is left of them, and the faults that are reported to the host. */
const rows: [name: string, given: unknown, left: RTCIceServer[], faults: string[]][] = [
  ["undefined", undefined, [], []],
  ["null", null, [], []],
  ["an empty text", "", [], []],
  ["an empty list", [], [], []],
  ["one address", "stun:stun.example", [stun], []],
  ["one server without a list", turn, [turn], []],
  ["addresses without servers", ["stun:stun.example"], [stun], []],
  ["a Set", new Set([stun]), [stun], []],
  ["a proxy of a framework", new Proxy([stun], {}), [stun], []],
  ["a Map of servers", new Map([["a", stun]]), [stun], []],
  [
    "what can be gone through",
    {
      *[Symbol.iterator]() {
        yield stun;
      },
    },
    [stun],
    [],
  ],
  ["a list of native code", { 0: stun, 1: turn, length: 2 }, [stun, turn], []],
  ["a whole configuration of an engine", { iceServers: [stun] }, [stun], []],
  ["a configuration within itself", inItself(), [], ["no-address"]],
  ["JSON, as in an attribute", JSON.stringify([stun, turn]), [stun, turn], []],
  ["JSON that is cut", '[{"urls":', [], ["bad-address"]],
  ["a frozen list", Object.freeze([Object.freeze(stun)]), [stun], []],
  [
    "what never ends",
    {
      *[Symbol.iterator]() {
        for (;;) yield null;
      },
    },
    [],
    endless,
  ],
  ["a URL object", [{ urls: new URL("stun:stun.example") }], [stun], []],
  [
    "a Map of addresses",
    [{ urls: new Map([["a", "stun:stun.example"]]) }],
    [{ urls: ["stun:stun.example"] }],
    [],
  ],
  ["a number", 7, [], ["not-a-server"]],
  ["a switch", true, [], ["not-a-server"]],
  ["a null entry", [null, stun], [stun], ["not-a-server"]],
  ["an undefined entry", [stun, undefined], [stun], ["not-a-server"]],
  ["a number among servers", [7, stun], [stun], ["not-a-server"]],
  ["a list in a list", [[stun], stun], [stun], ["not-a-server"]],
  ["a server without addresses", [{}, stun], [stun], ["no-address"]],
  ["empty urls", [{ urls: [] }, stun], [stun], ["no-address"]],
  ["urls of an empty text", [{ urls: "" }, stun], [stun], ["no-address"]],
  ["urls of null", [{ urls: null }, stun], [stun], ["no-address"]],
  ["a list of one empty text", [{ urls: [""] }, stun], [stun], ["no-address"]],
  ["the old field", [{ url: "stun:stun.example" }], [stun], []],
  ["transport of a STUN server", [{ urls: "stun:stun.example?transport=udp" }], [stun], []],
  ["capitals and spaces", [{ urls: " STUN:Stun.Example " }], [stun], []],
  ["slashes", [{ urls: "stun://stun.example/" }], [stun], []],
  ["an https address", [{ urls: "https://stun.example" }, stun], [stun], ["bad-address"]],
  ["no scheme", [{ urls: "stun.example:3478" }, stun], [stun], ["bad-address"]],
  ["a port too high", [{ urls: "stun:stun.example:70000" }, stun], [stun], ["bad-address"]],
  ["port zero", [{ urls: "stun:stun.example:0" }, stun], [stun], ["bad-address"]],
  ["a port in words", [{ urls: "stun:stun.example:turn" }, stun], [stun], ["bad-address"]],
  ["a user in the address", [{ urls: "turn:u:c@a.example" }, stun], [stun], ["bad-address"]],
  [
    "an address of 100 kB",
    [{ urls: `stun:${"a".repeat(100_000)}` }, stun],
    [stun],
    ["bad-address"],
  ],
  ["an address that is a number", [{ urls: 3478 }, stun], [stun], ["bad-address"]],
  [
    "one bad address of two",
    [{ ...turn, urls: ["https://x.example", turn.urls] }],
    [{ ...turn, urls: [turn.urls] }],
    ["bad-address"],
  ],
  [
    "the same address twice",
    [{ urls: ["stun:stun.example", "stun:stun.example"] }],
    [{ urls: ["stun:stun.example"] }],
    [],
  ],
  [
    "an IPv6 address",
    [{ urls: "stun:[2001:db8::1]:3478" }],
    [{ urls: "stun:[2001:db8::1]:3478" }],
    [],
  ],
  ["half an IPv6 address", [{ urls: "stun:[2001:::" }, stun], [stun], ["bad-address"]],
  [
    "a host in other letters",
    [{ urls: "stun:münchen.example" }],
    [{ urls: "stun:xn--mnchen-3ya.example" }],
    [],
  ],
  [
    "TURN without a password",
    [{ urls: turn.urls, username: "u" }, stun],
    [stun],
    ["no-credentials"],
  ],
  ["TURN without a user", [{ urls: turn.urls, credential: "c" }, stun], [stun], ["no-credentials"]],
  ["TURN with an empty user", [{ ...turn, username: "" }, stun], [stun], ["no-credentials"]],
  ["TURN with an empty password", [{ ...turn, credential: "" }], [], ["no-credentials"]],
  [
    "TURN with nothing for both",
    [{ ...turn, username: null, credential: null }],
    [],
    ["no-credentials"],
  ],
  [
    "a user name that is a number",
    [{ ...turn, username: 1_764_000_000 }],
    [{ ...turn, username: "1764000000" }],
    [],
  ],
  ["a user name of 600 bytes", [{ ...turn, username: "é".repeat(300) }], [], ["no-credentials"]],
  ["a password that is an object", [{ ...turn, credential: {} }], [], ["no-credentials"]],
  ["STUN with empty credentials", [{ ...stun, username: "", credential: "" }], [stun], []],
  ["credentials of another kind", [{ ...turn, credentialType: "oauth" }], [turn], []],
  [
    "transport in capitals",
    [{ ...turn, urls: "turns:relay.example?transport=TCP" }],
    [{ ...turn, urls: "turns:relay.example?transport=tcp" }],
    [],
  ],
  [
    "transport of no kind",
    [{ ...turn, urls: "turn:relay.example?transport=tls" }, stun],
    [stun],
    ["bad-address"],
  ],
  [
    "more servers than are asked",
    Array.from({ length: 40 }, (_, index) => ({ urls: `stun:s${String(index)}.example` })),
    Array.from({ length: 32 }, (_, index) => ({ urls: `stun:s${String(index)}.example` })),
    Array.from({ length: 8 }, () => "too-many"),
  ],
];

/** Values of every kind, in the places where hosts put them. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    7,
    true,
    Symbol("x"),
    1n,
    () => undefined,
    new Date(0),
  ),
  fc.anything(),
  fc.webUrl(),
  fc.string({ unit: "binary" }),
);
const address = fc.oneof(
  anything,
  fc
    .tuple(
      fc.constantFrom("stun", "stuns", "turn", "turns", "STUN", "http"),
      fc.constantFrom(":", "://"),
      fc.oneof(
        fc.domain(),
        fc.ipV4(),
        fc.ipV6().map((ip) => `[${ip}]`),
        fc.string({ maxLength: 12 }),
      ),
      fc.constantFrom("", ":3478", ":0", ":99999", ":x"),
      fc.constantFrom("", "?transport=udp", "?transport=tcp", "?transport=tls", "?x", "/"),
    )
    .map((parts) => parts.join("")),
);
const server = fc.record(
  {
    urls: fc.oneof(address, fc.array(address, { maxLength: 3 })),
    username: fc.oneof(anything, fc.string()),
    credential: fc.oneof(anything, fc.string()),
  },
  { requiredKeys: [] },
);
const lists = fc.oneof(
  anything,
  server,
  fc.array(fc.oneof(server, address, anything), { maxLength: 5 }),
);

describe("a list of servers", () => {
  /** One for all lists: Chromium refuses to make more than 500. */
  let engine: RTCPeerConnection;
  before(() => {
    engine = new RTCPeerConnection();
  });
  after(() => {
    engine.close();
  });

  for (const [name, given, left, faults] of rows) {
    it(`keeps what can be used, and tells what cannot: ${name}`, () => {
      const read = readIceServers(given);
      expect(read.servers).to.deep.equal(left);
      expect(read.refused.map(({ fault }) => fault)).to.deep.equal(faults);
      engine.setConfiguration({ iceServers: read.servers });
    });
  }

  it("is one that the engine takes, whatever a host gave: 2,000 lists", () => {
    let used = 0;
    fc.assert(
      fc.property(lists, (given) => {
        const { servers } = readIceServers(given);
        used += servers.length;
        engine.setConfiguration({ iceServers: servers });
      }),
      { numRuns: 2000 },
    );
    expect(used).to.be.above(100);
  });

  it("with fields that throw when they are read is as good as one without them", () => {
    const trap = {
      get urls(): string {
        throw new Error("No.");
      },
    };
    expect(readIceServers([trap, stun])).to.deep.equal({
      servers: [stun],
      refused: [{ index: 0, fault: "no-address" }],
    });
  });

  it("has a relay only where one can be used", () => {
    expect([turn, [turn], stun, [{ urls: turn.urls }], null, "turn:a"].map(hasRelay)).to.deep.equal(
      [...[true, true], ...[false, false, false, false]],
    );
  });
});

/** A side whose host changes its mind. */
class ChangingSide extends Side {
  readonly ports: FakePorts;

  /** @param given a host's object: read anew each time. */
  constructor(given: { [Name in keyof CallOptions]?: unknown }, ports = new FakePorts()) {
    super(given as Partial<CallOptions>, ports);
    this.ports = ports;
  }

  get errorTexts(): string[] {
    return this.notices.flatMap((notice: CallNotice) =>
      notice.type === "error" ? [notice.error.message] : [],
    );
  }

  /** Whether each connection has an own description: an engine gathers addresses then. */
  get gathering(): boolean[] {
    return this.ports.connections.map(({ isDescribed }) => isDescribed);
  }

  async ring(): Promise<void> {
    await settled();
    this.source.receive(signal("invite", { callId, sentAt: this.ports.now() }));
    await settled();
  }
}

describe("a call", () => {
  it("uses the valid servers, and reports the others by number", async () => {
    const side = new ChangingSide({ iceServers: [null, turn, { urls: "https://secret.example" }] });
    await side.source.perform({ type: "start", media: "audio" });
    expect(side.ports.connectionOptions.at(-1)!.iceServers).to.deep.equal([turn]);
    const [reported = ""] = side.errorTexts;
    expect(reported).to.match(/"iceServers"\[0\].*"iceServers"\[2\]/);
    expect(reported).not.to.contain("secret");
    side.source.close();
  });

  it("uses servers that were set between invitation and accept", async () => {
    const given: { iceServers: RTCIceServer[] } = { iceServers: [] };
    const side = new ChangingSide(given);
    await side.ring();
    given.iceServers = [turn];
    await side.source.perform({ type: "accept", media: "audio" });
    await settled();
    expect(side.ports.connectionOptions.at(-1)!.iceServers).to.deep.equal([turn]);
    expect(side.gathering).to.deep.equal([false, true]);
    side.source.close();
  });

  it("tells no address where that was chosen between invitation and accept", async () => {
    const given = { iceServers: [turn], relayOnly: false };
    const side = new ChangingSide(given);
    await side.ring();
    given.relayOnly = true;
    await side.source.perform({ type: "accept", media: "audio" });
    await settled();
    expect(side.ports.connectionOptions.at(-1)!.relayOnly).to.equal(true);
    expect(side.gathering).to.deep.equal([false, true]);
    side.source.close();
  });

  for (const [when, isSet] of [
    ["connects by the secret that was set", true],
    ["ends as insecure without the secret that could have been set", false],
  ] as const) {
    it(`${when} between invitation and accept`, async () => {
      const secret = crypto.getRandomValues(new Uint8Array(32));
      const given: { hostSecret: Uint8Array | null } = { hostSecret: null };
      const pair = new CallPair({ a: new Side({ hostSecret: secret }), b: new Side(given) });
      await pair.a.source.perform({ type: "start", media: "audio" });
      await pair.b.untilState("incoming");
      if (isSet) given.hostSecret = secret;
      await pair.b.source.perform({ type: "accept", media: "audio" });
      if (isSet) {
        const isProtected = ({ state, protection }: Side["snapshot"]) =>
          state === "connected" && protection.since !== null;
        await Promise.all([pair.a.until(isProtected), pair.b.until(isProtected)]);
      } else {
        const { ending } = await pair.a.untilState("ended");
        expect(ending).to.deep.include({ reason: "failed", problem: "insecure" });
      }
      pair.close();
    });
  }

  it("through a relay only is refused before it rings, where there is none", async () => {
    const side = new ChangingSide({ iceServers: [stun], relayOnly: true });
    const code = await codeRejectedBy(side.source.perform({ type: "start", media: "audio" }));
    expect(code).to.equal("bad-argument");
    expect([side.sent.length, side.snapshot.state]).to.deep.equal([0, "idle"]);
    side.source.close();
  });

  it("that is accepted through a relay only ends at once where there is none, and the caller is notified", async () => {
    const side = new ChangingSide({ relayOnly: true });
    await side.ring();
    expect(side.snapshot.state).to.equal("incoming");
    await side.source.perform({ type: "accept", media: "audio" }).catch(() => undefined);
    await settled();
    expect(side.snapshot.ending).to.deep.include({ reason: "failed", problem: "bad-argument" });
    expect(side.sent.map(({ type }) => type)).to.include("end");
    side.source.close();
  });

  it("between two real engines connects though one entry of each list is bad", async () => {
    const iceServers = [
      null,
      { urls: "" },
      { urls: "turn:a.example" },
    ] as unknown as RTCIceServer[];
    const pair = new CallPair({ a: new Side({ iceServers }), b: new Side({ iceServers }) });
    await pair.connect();
    expect([pair.a.snapshot.state, pair.b.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    pair.close();
  });
});
