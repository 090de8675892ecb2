import { expect } from "@open-wc/testing";
import { Successors } from "../../src/crypto/agreement/resumption.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { longIt } from "../support/long-it.ts";
import { waitUntil } from "../support/wait-until.ts";

/** What the two hosts were handed at the end of a call. */
const givenTo = (side: Side) =>
  side.notices.flatMap((notice) => (notice.type === "ended" ? [notice.continuity] : []))[0];

const isConfirmed = ({ state, securityCode, protection }: Side["snapshot"]) =>
  state === "connected" && securityCode !== null && protection.since !== null;

/** Runs something, and counts the secrets for later calls that the engine has handed out meanwhile, to both sides. */
async function counting(
  run: (count: { wanted: number; given: number }) => Promise<void>,
): Promise<void> {
  const count = { wanted: 0, given: 0 };
  const { exportContinuity } = Successors.prototype;
  Successors.prototype.exportContinuity = async function counted(this: Successors) {
    count.wanted += 1;
    const bytes = await exportContinuity.call(this);
    count.given += 1;
    return bytes;
  };
  await run(count).finally(() => {
    Successors.prototype.exportContinuity = exportContinuity;
  });
}

/** A call that ends by a person, after both, one or none of them has compared the code. */
const callOf = (pair: CallPair, comparing: readonly ("a" | "b")[]) =>
  counting(async (count) => {
    const { a, b } = pair;
    await pair.connect("audio");
    await Promise.all([a.until(isConfirmed), b.until(isConfirmed)]);
    for (const name of comparing)
      await pair[name].source.perform({ type: "check-code", match: true });
    if (comparing.length === 2)
      for (const side of [a, b])
        await side.until(
          ({ verification: { local, remote } }) => local === true && remote === true,
        );
    // Of whoever has compared alone the other side has heard.
    if (comparing.length === 1) {
      const other = comparing[0] === "a" ? b : a;
      await other.until(({ verification }) => verification.remote === true);
    }
    // What is at hand when the call ends is made ready in the engine, and only where both have compared.
    const expected = comparing.length === 2 ? 2 : 0;
    await waitUntil(() => count.given >= expected, "no secret is made");
    await a.source.perform({ type: "hang-up" });
    await b.untilState("ended");
    expect(count).to.deep.equal({ wanted: expected, given: expected });
    pair.close();
  });

const pairWith = (a?: Uint8Array | null, b?: Uint8Array | null) =>
  new CallPair({
    a: new Side({ hostSecret: a ?? null }),
    b: new Side({ hostSecret: b ?? null }),
  });

/** A first call, compared by both. @returns the secret that the two hosts were handed. */
async function comparedOnce(): Promise<Uint8Array> {
  const pair = pairWith();
  await callOf(pair, ["a", "b"]);
  return givenTo(pair.a)!;
}

/** The next call, whose two hosts bring what they have. */
async function tried(pair: CallPair): Promise<CallPair> {
  await pair.a.source.perform({ type: "start", media: "audio" });
  await pair.b.untilState("incoming");
  await pair.b.source.perform({ type: "accept", media: "audio" });
  return pair;
}

describe("a contact who was verified once", () => {
  it("is known by a secret of that call: the same for both hosts, and of that call alone", async () => {
    const pair = pairWith();
    await callOf(pair, ["a", "b"]);
    const [a, b] = [givenTo(pair.a)!, givenTo(pair.b)!];
    expect(a.length).to.equal(32);
    expect(a).to.deep.equal(b);
    expect(await comparedOnce()).not.to.deep.equal(a);
    // Nothing of it is in anything that is reported, shown or stored besides.
    const reported = JSON.stringify([pair.a.sent, pair.a.records, pair.a.snapshot]);
    const text = btoa(String.fromCharCode(...a));
    for (const form of [text, text.replaceAll("+", "-").replaceAll("/", "_"), a.join(",")])
      expect(reported).not.to.include(form.slice(0, 40));
  });

  for (const comparing of [[], ["a"], ["b"]] as const) {
    it(`has no secret of a call that ${comparing[0] ?? "nobody"} alone has compared`, async () => {
      const pair = pairWith();
      await callOf(pair, comparing);
      expect([givenTo(pair.a), givenTo(pair.b)]).to.deep.equal([undefined, undefined]);
    });
  }

  longIt(
    "is called as ever where both hosts bring it, also with another code, call after call",
    async () => {
      const secret = await comparedOnce();
      for (let call = 0; call < 2; call++) {
        const pair = pairWith(secret, secret);
        await callOf(pair, []);
        for (const side of [pair.a, pair.b]) {
          expect(side.snapshot.ending).to.include({ reason: "hung-up", problem: null });
          expect(side.errors).to.deep.equal([]);
        }
      }
    },
  );
});

describe("somebody in the place of a contact who was verified once", () => {
  for (const [who, secrets] of Object.entries({
    "who answers without the secret": (secret: Uint8Array) => [secret, null],
    "who calls without the secret": (secret: Uint8Array) => [null, secret],
    "who has the secret of another call": (secret: Uint8Array) => [
      secret,
      secret.map((byte) => byte ^ 1),
    ],
  } satisfies Record<string, (secret: Uint8Array) => (Uint8Array | null)[]>)) {
    const register = who === "who calls without the secret" ? it : longIt;
    register(`is detected loudly, before any media: ${who}`, async () => {
      const [a, b] = secrets(await comparedOnce());
      const { a: caller, b: callee } = await tried(pairWith(a, b));
      const endings = await Promise.all([caller.untilState("ended"), callee.untilState("ended")]);
      // What its person sees: that the keys do not match, on the screen of whoever finds it, and in the host's hands.
      expect(endings.map(({ ending }) => ending?.reason)).to.deep.equal(["failed", "failed"]);
      expect(endings.some(({ ending }) => ending?.problem === "insecure")).to.equal(true);
      expect([...caller.errors, ...callee.errors]).to.include("insecure");
      for (const side of [caller, callee]) {
        expect(side.snapshot.protection.since).to.equal(null);
        expect(side.records[0]).to.include({ outcome: "failed", durationSeconds: 0 });
        expect(side.snapshot.securityCode).to.equal(null);
        side.source.close();
      }
    });
  }
});
