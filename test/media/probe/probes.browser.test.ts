import { expect } from "@open-wc/testing";
import { probeServer } from "../../../src/media/probe/probes.ts";

// Results that need a server are in test/interop/connection-check.test.ts.

const access = { username: "ann", credential: "secret" };
/** A closed port. */
const deadTcp = "turn:127.0.0.1:9?transport=tcp";
const silentUdp = "turn:127.0.0.1:9";

describe("the probe of one server", () => {
  const Original = window.RTCPeerConnection;
  let made: RTCPeerConnection[] = [];

  before(() => {
    // The probe hands out no connection: it is met where it is made.
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
  beforeEach(() => {
    made = [];
  });
  after(() => {
    window.RTCPeerConnection = Original;
  });

  const probe = (
    url: string,
    milliseconds = 5000,
    given: object = access,
    signal = new AbortController().signal,
  ) => probeServer({ url, ...given }, { milliseconds, signal });
  const states = () =>
    made.map(({ connectionState, signalingState }) => `${connectionState} ${signalingState}`);

  it("distinguishes a refused URL from a missing password, and contacts nobody", async () => {
    const ends = await Promise.all([
      probe("not a server"),
      probe("https://127.0.0.1"),
      probe("turn:ann@127.0.0.1"),
      probe(silentUdp, 5000, {}),
      probe(silentUdp, 5000, { username: "ann" }),
    ]);
    expect(ends.map(({ end }) => end)).to.deep.equal([
      ...["url-refused", "url-refused", "url-refused", "password-missing", "password-missing"],
    ]);
    expect(made.length).to.equal(0);
  });

  it("is done once the engine is, before the time is over", async () => {
    const seen = await probe(deadTcp, 60_000);
    expect([seen.end, seen.found, seen.hasNetwork]).to.deep.equal(["complete", false, false]);
    expect(states()).to.deep.equal(["closed closed"]);
  });

  it("sees that a name has no address, and nothing of the engine's text", async () => {
    const seen = await probe("turn:nothing.invalid", 10_000);
    expect(seen.end).to.equal("complete");
    expect(seen.errors.length).to.be.greaterThan(0);
    for (const error of seen.errors) expect(error).to.deep.equal({ code: 701, isLookup: true });
  });

  it("ends when its time is over, and closes the connection", async () => {
    const seen = await probe(silentUdp, 300);
    expect([seen.end, seen.found]).to.deep.equal(["timed-out", false]);
    expect(seen.milliseconds).to.be.within(250, 2000);
    expect(states()).to.deep.equal(["closed closed"]);
  });

  it("stops with the signal's reason, and closes the connection", async () => {
    const stopping = new AbortController();
    const probing = probe(silentUdp, 60_000, access, stopping.signal);
    stopping.abort();
    expect(await probing.catch((error: unknown) => (error as Error).name)).to.equal("AbortError");
    expect(states()).to.deep.equal(["closed closed"]);
  });

  it("does not begin where it was stopped before", async () => {
    const stopping = new AbortController();
    stopping.abort(new Error("The page is gone."));
    const message = await probe(silentUdp, 60_000, access, stopping.signal).catch(
      (error: unknown) => (error as Error).message,
    );
    expect(message).to.equal("The page is gone.");
    expect(states()).to.deep.equal(["closed closed"]);
    expect(made[0]?.localDescription === null).to.equal(true);
  });

  it("asks for a relayed address only of a relay", async () => {
    await Promise.all([probe(silentUdp, 50), probe("stun:127.0.0.1:9", 50, {})]);
    const asked = made.map((connection) => connection.getConfiguration());
    expect(asked.map(({ iceTransportPolicy }) => iceTransportPolicy)).to.deep.equal([
      "relay",
      "all",
    ]);
    expect(asked.map(({ iceServers }) => iceServers?.map(({ urls }) => urls))).to.deep.equal([
      [[silentUdp]],
      [["stun:127.0.0.1:9"]],
    ]);
  });
});
