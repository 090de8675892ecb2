import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  isWorkingRelay,
  readServerUrl,
  toConnectionReport,
} from "../../../src/call/state/connection-report.ts";
import type { LoopReport, ServerObservation } from "../../../src/call/state/connection-report.ts";

const loopOk: LoopReport = { verdict: "ok", roundTripMilliseconds: 40 };
const loopFailed: LoopReport = { verdict: "failed", roundTripMilliseconds: null };
const notTried: LoopReport = { verdict: "not-tried", roundTripMilliseconds: null };

const stun = "stun:a.example:3478";
const udp = "turn:a.example:3478?transport=udp";
const tcp = "turn:a.example:3478?transport=tcp";
const tls = "turns:a.example:5349";

/** Observation of a server without a result and without an error. */
const seen = (url: string, changes: Partial<ServerObservation> = {}): ServerObservation => ({
  ...{ url, milliseconds: 12.4, end: "complete", found: false, hasNetwork: false, errors: [] },
  ...changes,
});
const works = (url: string) => seen(url, { found: true });
const refused = (url: string) => seen(url, { errors: [{ code: 401, isLookup: false }] });
const silent = (url: string) => seen(url, { end: "timed-out" });
const lost = (url: string) => seen(url, { errors: [{ code: 701, isLookup: true }] });
const dead = (url: string) => seen(url, { errors: [{ code: 701, isLookup: false }] });

const report = (observations: ServerObservation[], loop = notTried) =>
  toConnectionReport(observations, loop);
const verdict = (observation: ServerObservation) => report([observation]).servers[0]!.verdict;

describe("the address of a server", () => {
  it("says how the server is asked", () => {
    const transports = {
      "stun:a.example": "udp",
      "stuns:a.example": "tls",
      "turn:a.example": "udp",
      "turn:a.example?transport=udp": "udp",
      "TURN:A.example:443?Transport=TCP": "tcp",
      "turns:a.example": "tls",
      "turns:a.example?transport=tcp": "tls",
    };
    for (const [url, transport] of Object.entries(transports))
      expect(readServerUrl(url)?.transport, url).to.equal(transport);
  });

  it("is shown with scheme, host and port only, as they were given", () => {
    expect(readServerUrl("TURN:A.example:443?transport=tcp")?.shown).to.equal("turn:A.example:443");
    expect(readServerUrl("stun:192.0.2.1")?.shown).to.equal("stun:192.0.2.1");
    expect(readServerUrl("turns:[2001:db8::1]:443")?.shown).to.equal("turns:[2001:db8::1]:443");
  });

  for (const url of [
    "",
    "a.example",
    "https://a.example",
    "turn:",
    "turn://a.example",
    "turn:ann:secret@a.example",
    "turn:ann@a.example",
    "turn:a.example/secret",
    "turn:a.example?secret=1",
    "turn:a.example#secret",
    "turn:a.example:port",
    "turn:a.example:3478 ",
    "turn:2001:db8::1",
    `turn:${"a".repeat(254)}`,
  ]) {
    it(`is none: "${url.slice(0, 40)}"`, () => {
      expect(readServerUrl(url)).to.equal(null);
      expect(report([works(url)]).servers[0]).to.deep.equal({
        url: "",
        transport: "udp",
        verdict: "bad-url",
        milliseconds: 12,
      });
    });
  }
});

describe("the verdict on one server", () => {
  const verdicts: [what: string, observation: ServerObservation, expected: string][] = [
    ["a relayed address", works(udp), "ok"],
    [
      "a relayed address on one interface, no answer on another",
      { ...dead(udp), found: true },
      "ok",
    ],
    ["a reflexive address", works(stun), "ok"],
    [
      "STUN without an error, the device's address being its own",
      seen(stun, { hasNetwork: true }),
      "ok",
    ],
    ["STUN without any network to ask from", seen(stun), "unreachable"],
    ["STUN that nobody answers", seen(stun, { ...dead(stun), hasNetwork: true }), "unreachable"],
    ["STUN that refuses", refused(stun), "wrong-password"],
    [
      "STUN that answers with another refusal",
      seen(stun, { errors: [{ code: 500, isLookup: false }] }),
      "unreachable",
    ],
    [
      "TURN without an error and without a candidate",
      seen(tcp, { hasNetwork: true }),
      "unreachable",
    ],
    ["a refused password", refused(udp), "wrong-password"],
    [
      "a refusal after silence elsewhere",
      { ...refused(udp), errors: [...dead(udp).errors, ...refused(udp).errors] },
      "wrong-password",
    ],
    ["a password that was not given", seen(udp, { end: "password-missing" }), "wrong-password"],
    ["a relay that is full", seen(udp, { errors: [{ code: 486, isLookup: false }] }), "no-relay"],
    ["a name without address", lost(udp), "name-not-found"],
    [
      "a name without address for one family, silence for the other",
      { ...lost(udp), end: "timed-out" },
      "timed-out",
    ],
    [
      "a name without address for one family, no answer for the other",
      { ...lost(udp), errors: [...lost(udp).errors, ...dead(udp).errors] },
      "unreachable",
    ],
    ["no answer in time", silent(udp), "timed-out"],
    ["an address that the engine refuses", seen(udp, { end: "url-refused" }), "bad-url"],
  ];
  for (const [what, observation, expected] of verdicts) {
    it(`is ${expected} for ${what}`, () => {
      expect(verdict(observation)).to.equal(expected);
    });
  }

  for (const code of [401, 403, 437, 438, 441]) {
    it(`is wrong-password for the server's code ${code}`, () => {
      expect(verdict(seen(udp, { errors: [{ code, isLookup: false }] }))).to.equal(
        "wrong-password",
      );
    });
  }

  it("is the same for a name over every transport, where the engine tells it for one", () => {
    const { servers } = report([
      lost(udp),
      dead(tcp),
      dead(tls),
      dead("turn:b.example"),
      silent(udp),
    ]);
    expect(servers.map((server) => server.verdict)).to.deep.equal([
      ...["name-not-found", "name-not-found", "name-not-found", "unreachable", "timed-out"],
    ]);
  });

  it("lets only relays carry the loop", () => {
    expect([works(udp), works(stun), silent(udp), refused(tcp)].map(isWorkingRelay)).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("the availability of UDP", () => {
  it("is that it is open where any server answered over it, a refusal included", () => {
    for (const observation of [works(stun), works(udp), refused(udp)]) {
      expect(report([silent("turn:b.example"), observation]).udp).to.equal("open");
    }
  });

  it("is that it is blocked where a server answers over TCP or TLS, and not over UDP", () => {
    for (const other of [works(tcp), works(tls), refused(tcp)]) {
      expect(report([silent(udp), other]).udp).to.equal("blocked");
      expect(report([dead(stun), other]).udp).to.equal("blocked");
    }
  });

  it("is nothing where a broken server would look the same", () => {
    for (const list of [
      [],
      [works(tcp)],
      [silent(udp)],
      [silent(udp), silent(tcp)],
      [silent("turn:b.example"), works(tcp)],
    ]) {
      expect(report(list, loopOk).udp).to.equal("unknown");
    }
  });
});

describe("the verdict on all of it", () => {
  const verdicts: [observations: ServerObservation[], loop: LoopReport, expected: string][] = [
    [[works(udp), silent(tcp)], loopOk, "good"],
    [[silent(udp), works(tcp)], loopOk, "relay-only-tcp"],
    [[works(stun), works(tls)], loopOk, "relay-only-tcp"],
    [[works(udp)], loopFailed, "loop-failed"],
    [[works(udp)], notTried, "loop-failed"],
    [[works(stun)], notTried, "no-relay"],
    [[refused(udp)], notTried, "no-relay"],
    [[silent(udp), dead(tcp), lost("stun:b.example")], notTried, "unreachable"],
    [[], notTried, "no-servers"],
    [[seen("nonsense", { end: "url-refused" })], notTried, "no-servers"],
    [[seen("nonsense", { end: "url-refused" }), silent(udp)], notTried, "unreachable"],
  ];
  for (const [observations, loop, expected] of verdicts) {
    const names =
      observations.map((observation) => `${observation.url} ${verdict(observation)}`).join(", ") ||
      "nothing";
    it(`is ${expected} for ${names}, the loop ${loop.verdict}`, () => {
      const made = report(observations, loop);
      expect(made.overall).to.equal(expected);
      expect(made.loop).to.deep.equal(loop);
    });
  }

  it("is never good news without a relay that works, and repeats nothing of an address but scheme, host and port", () => {
    const url = fc.oneof(
      fc.constantFrom(stun, udp, tcp, tls, "turn:ann:hidden@a.example", "turn:a.example?hidden"),
      fc.string(),
    );
    const observation = fc.record<ServerObservation>({
      url,
      milliseconds: fc.nat(10_000),
      end: fc.constantFrom("url-refused", "password-missing", "complete", "timed-out"),
      found: fc.boolean(),
      hasNetwork: fc.boolean(),
      errors: fc.array(
        fc.record({ code: fc.constantFrom(300, 401, 486, 701), isLookup: fc.boolean() }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(observation, { maxLength: 5 }),
        fc.constantFrom(loopOk, loopFailed, notTried),
        (list, loop) => {
          const made = report(list, loop);
          const hasRelay = list.some(
            (one, at) => /^turns?:/i.test(one.url) && made.servers[at]?.verdict === "ok",
          );
          expect(made.servers.length).to.equal(list.length);
          expect(["good", "relay-only-tcp"].includes(made.overall)).to.equal(
            hasRelay && loop.verdict === "ok",
          );
          expect(JSON.stringify(made)).not.to.contain("hidden");
        },
      ),
    );
  });
});
