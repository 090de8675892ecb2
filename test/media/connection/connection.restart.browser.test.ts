import { expect } from "@open-wc/testing";
import { ConnectionPair } from "../../support/connection-pair.ts";
import { longIt } from "../../support/long-it.ts";

/** As Firefox names itself (RFC 8866 section 5.2). */
const asFirefox = (sdp: string) => sdp.replace(/^o=\S+/m, "o=mozilla...THIS_IS_SDPARTA-99.0");
/** RFC 8445 section 9: each path that is asked for has a name of its own. */
const pathOf = (sdp: string) => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];

/** RFC 9429 section 5.2.2: the number of the negotiation. */
const versionOf = (sdp: string) => Number(/^o=\S+ \d+ (\d+)/m.exec(sdp)?.[1]);

describe("a new path that is asked for again", () => {
  let pair: ConnectionPair;

  beforeEach(() => {
    pair = new ConnectionPair();
  });

  afterEach(() => {
    pair.close();
  });

  /** Connects, and asks the caller for a path once; the other side does not answer. */
  async function ask(disguise: (answer: string) => string): Promise<string> {
    const offer = await pair.a.createOffer();
    await pair.a.applyAnswer(disguise(await pair.b.answerOffer(offer)));
    await pair.watchA.until(() => pair.watchA.isOpen);
    // No path is found before the test says where.
    for (const watch of [pair.watchA, pair.watchB]) watch.onCandidates = () => undefined;
    const asked = await pair.a.restart();
    await pair.watchA.until(() =>
      pair.watchA.candidates.some(({ usernameFragment }) => usernameFragment === pathOf(asked)),
    );
    return asked;
  }

  it("is another one between two Chromiums", async () => {
    const asked = await ask((answer) => answer);
    expect(pathOf(await pair.a.restart())).not.to.equal(pathOf(asked));
  });

  longIt(
    "is the same one where the other side named itself Firefox, until that is found",
    async () => {
      const asked = await ask(asFirefox);
      expect(await pair.a.restart()).to.equal(asked);
      await pair.a.applyRestartAnswer(asFirefox(await pair.b.answerRestart(asked)));
      const again = await pair.a.restart();
      expect(pathOf(again)).to.equal(pathOf(asked));
      // Another negotiation all the same: without one Firefox gives the search up.
      expect(versionOf(again)).to.be.greaterThan(versionOf(asked));
      await Promise.all([
        pair.b.addCandidates(pair.watchA.candidates),
        pair.a.addCandidates(pair.watchB.candidates),
      ]);
      while (pathOf(await pair.a.restart()) === pathOf(asked));
    },
  );
});
