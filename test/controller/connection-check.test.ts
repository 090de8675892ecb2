import { expect } from "@open-wc/testing";
import { runConnectionCheck } from "../../src/controller/connection-check.ts";
import type { ConnectionProbes } from "../../src/controller/connection-check.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

type Probed = Parameters<ConnectionProbes["probeServer"]>;

/** Probes that answer on command, and record their requests. */
class FakeProbes implements ConnectionProbes {
  readonly asked: Probed[] = [];
  readonly looped: Parameters<ConnectionProbes["probeLoop"]>[] = [];
  supported = true;
  /** The addresses that work. */
  working: string[] = [];
  roundTrip: number | null = 20.4;
  gate: Promise<void> = Promise.resolve();
  most = 0;
  #running = 0;

  readonly isSupported = () => this.supported;

  readonly probeServer: ConnectionProbes["probeServer"] = async (...given) => {
    this.asked.push(given);
    this.#running += 1;
    this.most = Math.max(this.most, this.#running);
    await this.gate;
    this.#running -= 1;
    const [{ url }] = given;
    return {
      url,
      milliseconds: 5,
      end: "complete",
      found: this.working.includes(url),
      hasNetwork: true,
      errors: [],
    };
  };

  readonly probeLoop: ConnectionProbes["probeLoop"] = (...given) => {
    this.looped.push(given);
    return Promise.resolve(this.roundTrip);
  };
}

const udp = "turn:a.example";
const tcp = "turn:a.example?transport=tcp";
const access = { username: "ann", credential: "secret" };

describe("the check of the connection", () => {
  let probes: FakeProbes;
  const run = (servers: unknown, options = {}) =>
    runConnectionCheck(servers as RTCIceServer[], options, probes);

  beforeEach(() => {
    probes = new FakeProbes();
  });

  it("asks every URL separately, with the password of its server", async () => {
    const { servers } = await run([{ urls: "stun:a.example" }, { urls: [udp, tcp], ...access }]);
    expect(probes.asked.map(([server]) => server)).to.deep.equal([
      { url: "stun:a.example" },
      { url: udp, ...access },
      { url: tcp, ...access },
    ]);
    expect(servers.map(({ url }) => url)).to.deep.equal(["stun:a.example", udp, udp]);
  });

  it("sends a message through the relays that work, and through no other server", async () => {
    probes.working = [tcp, "stun:a.example"];
    const { loop, overall } = await run([
      { urls: "stun:a.example" },
      { urls: [udp, tcp], ...access },
    ]);
    expect(probes.looped.map(([list]) => list)).to.deep.equal([[{ urls: [tcp], ...access }]]);
    expect(loop).to.deep.equal({ verdict: "ok", roundTripMilliseconds: 20 });
    expect(overall).to.equal("relay-only-tcp");
  });

  it("says that the loop failed where nothing came back, and that it was not tried where no relay works", async () => {
    probes.working = [udp];
    probes.roundTrip = null;
    expect((await run([{ urls: udp, ...access }])).loop).to.deep.equal({
      verdict: "failed",
      roundTripMilliseconds: null,
    });
    probes.working = [];
    expect((await run([{ urls: udp, ...access }])).loop).to.deep.equal({
      verdict: "not-tried",
      roundTripMilliseconds: null,
    });
    expect(probes.looped.length).to.equal(1);
  });

  it("asks nobody where the list is empty", async () => {
    expect(await run([])).to.deep.equal({
      servers: [],
      udp: "unknown",
      loop: { verdict: "not-tried", roundTripMilliseconds: null },
      overall: "no-servers",
    });
    expect(probes.asked.length).to.equal(0);
  });

  it("keeps the order of the list, and asks eight at a time", async () => {
    let open = () => {};
    probes.gate = new Promise((resolve) => (open = resolve));
    const urls = Array.from({ length: 20 }, (_, index) => `turn:h${index}.example`);
    const checking = run([{ urls, ...access }]);
    await settled();
    expect(probes.asked.length).to.equal(8);
    open();
    expect((await checking).servers.map(({ url }) => url)).to.deep.equal(urls);
    expect(probes.most).to.equal(8);
  });

  it("gives each probe ten seconds, or the given time", async () => {
    probes.working = [udp];
    await run([{ urls: udp, ...access }]);
    await run([{ urls: udp, ...access }], { timeoutSeconds: 2.5 });
    expect(probes.asked.map(([, { milliseconds }]) => milliseconds)).to.deep.equal([10_000, 2500]);
    expect(probes.looped.map(([, { milliseconds }]) => milliseconds)).to.deep.equal([10_000, 2500]);
  });

  it("copies the list: what a host changes meanwhile changes nothing", async () => {
    const urls = [udp];
    const checking = run([{ urls, ...access }]);
    urls.push("turn:later.example");
    expect((await checking).servers.length).to.equal(1);
  });

  it("hands its signal to every probe, and asks nobody where it was stopped before", async () => {
    const stopping = new AbortController();
    await run([{ urls: udp, ...access }], { signal: stopping.signal });
    expect(probes.asked[0]?.[1].signal === stopping.signal).to.equal(true);
    stopping.abort();
    const name = await run([{ urls: udp, ...access }], { signal: stopping.signal }).catch(
      (error: unknown) => (error as Error).name,
    );
    expect(name).to.equal("AbortError");
    expect(probes.asked.length).to.equal(1);
  });

  for (const list of [
    null,
    {},
    "turn:a.example",
    [null],
    ["turn:a.example"],
    [{}],
    [{ urls: [7] }],
    [{ urls: Array(33).fill(udp) }],
  ]) {
    it(`refuses a list that is none: ${JSON.stringify(list).slice(0, 40)}`, async () => {
      expect(await codeRejectedBy(run(list))).to.equal("bad-argument");
      expect(probes.asked.length).to.equal(0);
    });
  }

  for (const timeoutSeconds of [0, 0.9, 61, NaN, Infinity]) {
    it(`refuses ${timeoutSeconds} seconds`, async () => {
      expect(await codeRejectedBy(run([], { timeoutSeconds }))).to.equal("bad-argument");
    });
  }

  it("says that there is no WebRTC here", async () => {
    probes.supported = false;
    expect(await codeRejectedBy(run([]))).to.equal("webrtc-unsupported");
  });
});
