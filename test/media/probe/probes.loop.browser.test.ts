import { expect } from "@open-wc/testing";
import { probeLoop } from "../../../src/media/probe/probes.ts";

// A loop that comes back needs a relay: test/interop/connection-check.test.ts.

const silent: RTCIceServer[] = [
  { urls: ["turn:127.0.0.1:9"], username: "ann", credential: "secret" },
];

describe("the loop through relays", () => {
  const Original = window.RTCPeerConnection;
  let made: RTCPeerConnection[] = [];
  const found: string[] = [];

  before(() => {
    // The probe hands out no connection: it is met where it is made.
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
        this.addEventListener("icecandidate", ({ candidate }) =>
          found.push(candidate?.candidate ?? ""),
        );
      }
    };
  });
  beforeEach(() => {
    made = [];
    found.length = 0;
  });
  after(() => {
    window.RTCPeerConnection = Original;
  });

  it("does not come back past the relays, though both ends are in this page", async () => {
    expect(
      await probeLoop(silent, { milliseconds: 500, signal: new AbortController().signal }),
    ).to.equal(null);
    expect(
      made.map((connection) => connection.getConfiguration().iceTransportPolicy),
    ).to.deep.equal(["relay", "relay"]);
    expect(found.filter((candidate) => candidate !== "")).to.deep.equal([]);
    expect(made.map(({ connectionState }) => connectionState)).to.deep.equal(["closed", "closed"]);
  });

  it("stops with the signal's reason, and closes both connections", async () => {
    const stopping = new AbortController();
    const probing = probeLoop(silent, { milliseconds: 60_000, signal: stopping.signal });
    stopping.abort();
    expect(await probing.catch((error: unknown) => (error as Error).name)).to.equal("AbortError");
    expect(made.map(({ connectionState }) => connectionState)).to.deep.equal(["closed", "closed"]);
  });
});
