import { expect } from "@open-wc/testing";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { CallPair } from "../support/call-pair.ts";
import { LivePair, LiveSide } from "../support/live-side.ts";
import { longIt } from "../support/long-it.ts";

describe("a new path for a call that is connected", () => {
  let pair: LivePair;

  beforeEach(async () => {
    pair = new LivePair();
    await pair.connect("video");
  });

  afterEach(() => {
    pair.close();
  });

  /** The path changes and nothing else: no word on the screen, no key, no error, and media goes on. */
  async function expectOnlyThePathChanges(change: () => void): Promise<void> {
    const before = pair.generations;
    const sides = [pair.a, pair.b];
    const noticesBefore = sides.map(({ notices }) => notices.length);
    const codes = sides.map(({ snapshot }) => snapshot.securityCode);
    change();
    await pair.untilNewPath(before);
    await Promise.all(sides.map(({ sight }) => sight.untilMoreDecoded()));
    for (const [index, side] of sides.entries()) {
      expect(side.errors).to.deep.equal([]);
      const since = side.notices.slice(noticesBefore[index]);
      const states = since.flatMap((notice) =>
        notice.type === "changed" ? [notice.previous.state] : [],
      );
      expect([...new Set([...states, side.snapshot.state])]).to.deep.equal(["connected"]);
      expect(side.sight.keysGiven).to.equal(1);
      expect(side.snapshot.securityCode).to.deep.equal(codes[index]);
      // The proof goes again with a new path; an invitation or an answer does not.
      const said = side.saidToHost.filter((type) => ["invite", "accept"].includes(type));
      expect(said).to.deep.equal([index === 0 ? "invite" : "accept"]);
      expect(side.snapshot.protection).to.include({ forged: 0 });
      expect(side.sight.peer?.signalingState).to.equal("stable");
    }
  }

  for (const [name, who] of [
    ["a", "caller"],
    ["b", "callee"],
  ] as const) {
    const register = who === "callee" ? it : longIt;
    register(
      `is found where the ${who} comes to another network, asked for and answered over both channels`,
      async () => {
        await expectOnlyThePathChanges(() => {
          pair[name].changeNetwork();
        });
        // The caller offers, the callee answers, whoever has noticed.
        const said = (types: string[], type: string) =>
          types.filter((each) => each === type).length;
        for (const types of [pair.a.saidToHost, pair.a.sight.saidTypes])
          expect(said(types, "restart")).to.equal(1);
        for (const types of [pair.b.saidToHost, pair.b.sight.saidTypes]) {
          expect(said(types, "restart")).to.equal(name === "b" ? 1 : 0);
          expect(said(types, "restart-answer")).to.equal(1);
        }
      },
    );
  }

  longIt("is found where both sides come to another network at the same moment", async () => {
    await expectOnlyThePathChanges(() => {
      window.dispatchEvent(new Event("online"));
    });
  });

  longIt(
    "is found where the callee comes to another network a moment before the caller",
    async () => {
      await expectOnlyThePathChanges(() => {
        pair.b.changeNetwork();
        pair.a.changeNetwork();
      });
    },
  );

  longIt("is found over the data channel alone", async () => {
    pair.a.hostCarriesPaths = false;
    pair.b.hostCarriesPaths = false;
    await expectOnlyThePathChanges(() => {
      pair.a.changeNetwork();
    });
  });

  longIt("is found over the host's channel alone", async () => {
    pair.a.sight.isControlDead = true;
    pair.b.sight.isControlDead = true;
    await expectOnlyThePathChanges(() => {
      pair.b.changeNetwork();
    });
  });

  longIt("is found where both ask over one channel only, at the same moment", async () => {
    pair.a.sight.isControlDead = true;
    pair.b.sight.isControlDead = true;
    await expectOnlyThePathChanges(() => {
      window.dispatchEvent(new Event("online"));
    });
  });
});

describe("a new path for a call that is set up", () => {
  let a: LiveSide;
  let b: LiveSide;
  let pair: CallPair;
  /** The user name fragments of the networks in which the two sides described themselves first: nothing reaches anybody there. */
  let dead: Set<string>;

  const carry = (message: SignalMessage): SignalMessage => {
    const first =
      message.type === "invite" ? message.offer : message.type === "accept" ? message.answer : "";
    for (const [, fragment = ""] of first.matchAll(/^a=ice-ufrag:(\S+)/gm)) dead.add(fragment);
    if (message.type !== "candidates") return message;
    return {
      ...message,
      candidates: message.candidates.filter(
        ({ usernameFragment }) => !dead.has(usernameFragment ?? ""),
      ),
    };
  };

  beforeEach(async () => {
    dead = new Set();
    [a, b] = [new LiveSide(), new LiveSide()];
    pair = new CallPair({ a, b, fromA: carry, fromB: carry });
    await a.source.perform({ type: "start", media: "video" });
    await b.untilState("incoming");
  });

  afterEach(() => {
    pair.close();
  });

  /** Accepts, and waits until both sides look for a path that is not there. */
  async function connectInVain(): Promise<void> {
    await b.source.perform({ type: "accept", media: "video" });
    await Promise.all(
      [a, b].map((side) =>
        side.until(({ state, step }) => state === "connecting" && step === "path"),
      ),
    );
  }

  async function expectConnected(): Promise<void> {
    await Promise.all([a.untilState("connected"), b.untilState("connected")]);
    await Promise.all([a, b].map(({ sight }) => sight.untilMoreDecoded()));
    for (const side of [a, b]) {
      expect([side.errors, side.sight.keysGiven, side.snapshot.reconnections]).to.deep.equal([
        [],
        1,
        0,
      ]);
      expect(side.snapshot.protection).to.include({ forged: 0 });
    }
    expect(a.snapshot.securityCode).to.deep.equal(b.snapshot.securityCode);
    // No data channel was there to carry it.
    expect([...a.sight.saidTypes, ...b.sight.saidTypes]).not.to.include("restart");
  }

  longIt("is found where the caller has come to another network while it rang", async () => {
    a.changeNetwork();
    await b.source.perform({ type: "accept", media: "video" });
    await expectConnected();
  });

  for (const [name, change] of [
    ["the caller comes", () => a.changeNetwork()],
    ["the callee comes", () => b.changeNetwork()],
    ["both sides come", () => window.dispatchEvent(new Event("online"))],
  ] as const) {
    const register = name === "the caller comes" ? it : longIt;
    register(`is found where ${name} to another network while they connect`, async () => {
      await connectInVain();
      change();
      await expectConnected();
    });
  }
});
