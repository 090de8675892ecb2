import { expect } from "@open-wc/testing";
import { PathSearch } from "../../../src/media/connection/ice.ts";

/** Their own origins; the receiving engine has another one in its copy. */
const firefox = "o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0";
const chromium = "o=- 1 2 IN IP4 127.0.0.1";

interface Situation {
  readonly local?: string;
  readonly candidates?: boolean;
  /** The pairs that the engine counts: the generation of this side's end, where it tells it, and how far each is. */
  readonly pairs?: readonly {
    generation?: string;
    state: string;
    nominated: boolean;
    responsesReceived?: number;
  }[];
}

/**
 * Returns `true` if a path is awaited by a connection whose last new path is generation `new1`, and which has heard this last.
 */
function isAwaited(
  { local = chromium, candidates = true, pairs = [] }: Situation,
  heard: string,
  { search = new PathSearch(), now = 0, name = "new1" } = {},
): boolean {
  const lines = [
    "v=0",
    local,
    `a=ice-ufrag:${name}`,
    ...(candidates ? ["a=candidate:1 1 udp 1 192.0.2.1 9 typ host"] : []),
  ];
  const stats = new Map<string, object>();
  pairs.forEach(({ generation, ...pair }, at) => {
    stats.set(`end ${at}`, {
      id: `end ${at}`,
      type: "local-candidate",
      ...(generation && { usernameFragment: generation }),
    });
    stats.set(`pair ${at}`, {
      id: `pair ${at}`,
      type: "candidate-pair",
      localCandidateId: `end ${at}`,
      ...pair,
    });
  });
  search.received = heard;
  // A map with these entries is all that is read of a report.
  return search.isAwaited(lines.join("\r\n"), stats, now);
}

const found = { state: "succeeded", nominated: true };
const looking = { state: "in-progress", nominated: false };

describe("the wait for a new path", () => {
  it("is for Firefox alone, on either side", () => {
    const waits = [
      isAwaited({}, chromium),
      isAwaited({ local: firefox }, chromium),
      isAwaited({}, firefox),
    ];
    expect(waits).to.deep.equal([false, true, true]);
  });

  it("goes on while only an older path is in use", () => {
    const pairs = [
      { generation: "old1", ...found },
      { generation: "new1", ...looking },
      { generation: "new1", state: "succeeded", nominated: false },
    ];
    expect(isAwaited({ pairs }, firefox)).to.equal(true);
  });

  it("ends with a path of the last generation", () => {
    const pairs = [
      { generation: "old1", ...found },
      { generation: "new1", ...found },
    ];
    expect(isAwaited({ pairs }, firefox)).to.equal(false);
  });

  it("is over for a path that was found, and is checked once more because it has died", () => {
    const checked = { generation: "new1", state: "in-progress", nominated: true };
    expect(isAwaited({ pairs: [{ ...checked, responsesReceived: 3 }] }, firefox)).to.equal(false);
    expect(isAwaited({ pairs: [{ ...checked, responsesReceived: 0 }] }, firefox)).to.equal(true);
  });

  it("ends with any path where the engine does not tell of generations", () => {
    expect(isAwaited({ local: firefox, pairs: [found] }, chromium)).to.equal(false);
    expect(isAwaited({ local: firefox, pairs: [looking] }, chromium)).to.equal(true);
  });

  it("goes on for 3 s after this side has found it, since the other side may find it later", () => {
    const search = new PathSearch();
    const at = (now: number, name: string, pair: object) =>
      isAwaited({ pairs: [{ generation: name, ...found, ...pair }] }, firefox, {
        search,
        now,
        name,
      });
    // The first path of a call was not looked for again.
    expect(at(1000, "old1", found)).to.equal(false);
    expect(at(10_000, "new1", looking)).to.equal(true);
    expect(at(20_000, "new1", found)).to.equal(true);
    expect(at(22_999, "new1", found)).to.equal(true);
    expect(at(23_000, "new1", found)).to.equal(false);
    expect(at(23_500, "new2", looking)).to.equal(true);
    expect(at(24_000, "new2", found)).to.equal(true);
  });

  it("is not awaited without a local address", () => {
    expect(isAwaited({ local: firefox, candidates: false }, chromium)).to.equal(false);
  });
});
