import { expect } from "@open-wc/testing";
import { isPathAwaited } from "../../src/media/path-search.ts";

/** As they say it themselves: whoever is told has another origin in its own copy. */
const firefox = "o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0";
const chromium = "o=- 1 2 IN IP4 127.0.0.1";

interface Situation {
  readonly local?: string;
  readonly candidates?: boolean;
  /** The pairs that the engine counts: the generation of this side's end, where it tells it, and how far each is. */
  readonly pairs?: readonly { generation?: string; state: string; nominated: boolean; responsesReceived?: number }[];
}

/** Of a connection whose last new path is generation `new1`. */
function connection({ local = chromium, candidates = true, pairs = [] }: Situation) {
  const lines = ["v=0", local, "a=ice-ufrag:new1", ...(candidates ? ["a=candidate:1 1 udp 1 192.0.2.1 9 typ host"] : [])];
  const stats = new Map<string, object>();
  pairs.forEach(({ generation, ...pair }, at) => {
    stats.set(`end ${at}`, { id: `end ${at}`, type: "local-candidate", ...(generation && { usernameFragment: generation }) });
    stats.set(`pair ${at}`, { id: `pair ${at}`, type: "candidate-pair", localCandidateId: `end ${at}`, ...pair });
  });
  return {
    localDescription: new RTCSessionDescription({ type: "offer", sdp: lines.join("\r\n") }),
    // A map with these entries is all that is read of a report.
    getStats: () => Promise.resolve(stats as unknown as RTCStatsReport),
  };
}

const found = { state: "succeeded", nominated: true };
const looking = { state: "in-progress", nominated: false };

describe("the wait for a new path", () => {
  it("is for Firefox alone, on either side", async () => {
    const waits = [
      await isPathAwaited(connection({}), chromium),
      await isPathAwaited(connection({ local: firefox }), chromium),
      await isPathAwaited(connection({}), firefox),
    ];
    expect(waits).to.deep.equal([false, true, true]);
  });

  it("goes on while only an older path is in use", async () => {
    const pairs = [
      { generation: "old1", ...found },
      { generation: "new1", ...looking },
      { generation: "new1", state: "succeeded", nominated: false },
    ];
    expect(await isPathAwaited(connection({ pairs }), firefox)).to.equal(true);
  });

  it("ends with a path of the last generation", async () => {
    const pairs = [
      { generation: "old1", ...found },
      { generation: "new1", ...found },
    ];
    expect(await isPathAwaited(connection({ pairs }), firefox)).to.equal(false);
  });

  it("is over for a path that was found, and is checked once more because it has died", async () => {
    const checked = { generation: "new1", state: "in-progress", nominated: true };
    expect(await isPathAwaited(connection({ pairs: [{ ...checked, responsesReceived: 3 }] }), firefox)).to.equal(false);
    expect(await isPathAwaited(connection({ pairs: [{ ...checked, responsesReceived: 0 }] }), firefox)).to.equal(true);
  });

  it("ends with any path where the engine does not tell of generations", async () => {
    expect(await isPathAwaited(connection({ local: firefox, pairs: [found] }), chromium)).to.equal(false);
    expect(await isPathAwaited(connection({ local: firefox, pairs: [looking] }), chromium)).to.equal(true);
  });

  it("is none where this side had no address to tell: nothing would come of it", async () => {
    expect(await isPathAwaited(connection({ local: firefox, candidates: false }), chromium)).to.equal(false);
  });
});
