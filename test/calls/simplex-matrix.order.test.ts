import { expect } from "@open-wc/testing";
import { delays, repeats } from "../support/simplex/chat.ts";
import { connect, decodesMore, silentServers } from "../support/simplex/pair.ts";
import type { Source } from "../support/simplex/protocol.ts";
import { errorsOf, kitRoles, mixedPair } from "../support/simplex-mixed.ts";
import type { MixedPair } from "../support/simplex-mixed.ts";
import { longIt } from "../support/long-it.ts";

describe("the order of a call of the kit's page with SimpleX's", () => {
  let pair: MixedPair;

  afterEach(() => {
    const violations = [...pair.a.violations, ...pair.b.violations];
    const { said } = pair.kit.sight;
    pair.close();
    expect(violations).to.deep.equal([]);
    expect(said).to.deep.equal([]);
  });

  const bothDecode = (...sources: Source[]) =>
    Promise.all(
      sources.flatMap((source) => [pair.kit.decodesMore(source), decodesMore(pair.page, source)]),
    );

  for (const role of kitRoles) {
    const register = role === "caller" ? it : longIt;
    for (const [who, end] of Object.entries<(mixed: MixedPair) => unknown>({
      "the kit's app": ({ kitApp }) => kitApp.end(),
      "the other app": ({ pageApp }) => pageApp.end(),
      "a person on the kit's page": ({ kit }) => kit.host.perform({ type: "hang-up" }),
      "a person on the other page": ({ page }) => page.pressEnd(),
    })) {
      (who === "the kit's app" ? register : longIt)(
        `ends on both sides by ${who}, and the next call connects: the kit as ${role}`,
        async () => {
          pair = await mixedPair(role);
          await connect(pair, "audio");
          const { kit, kitApp, page } = pair;
          const peer = kit.sight.peer!;
          await end(pair);
          await Promise.all([pair.a.until("Ended"), pair.b.until("Ended")]);
          await kit.until(({ state }) => state === "ended");
          expect(page.isClosed).to.equal(true);
          const reported = kitApp.received.filter(
            ({ resp }) => resp.type === "end" || resp.type === "ended",
          );
          expect(reported.map(({ resp }) => resp.type)).to.deep.equal(
            who === "a person on the kit's page" ? ["end"] : [],
          );
          while (peer.connectionState !== "closed")
            await new Promise((resolve) => setTimeout(resolve, 20));
          await connect(pair, "audio");
          await bothDecode("mic");
        },
      );
    }

    longIt(
      `holds on to a dead peer, tells when that was in vain, and is ready for the next call: the kit as ${role}`,
      async () => {
        // The 15 seconds themselves are held against the rule's own test.
        pair = await mixedPair(role, { kit: { timers: { 15_000: 400 } } });
        await connect(pair, "audio");
        pair.page.die();
        const { reconnection } = await pair.kit.until(({ state }) => state === "reconnecting");
        expect(reconnection!.until - reconnection!.since).to.equal(15_000);
        const ended = await pair.kitApp.untilResponse(({ resp }) => resp.type === "ended");
        expect(ended.command).to.equal(undefined);
        await Promise.all([pair.a.until("Ended"), pair.b.until("Ended")]);
        expect(pair.kit.host.snapshot.ending?.problem).to.equal("connection-failed");
        await connect(pair, "audio");
      },
    );

    longIt(`takes candidates in batches over a slow channel: the kit as ${role}`, async () => {
      pair = await mixedPair(role, {
        ...{ app: { iceServers: silentServers }, chat: { delay: 150 } },
        page: { timings: { firstCandidates: 60, laterCandidates: 100 } },
      });
      await connect(pair, "audio");
      await bothDecode("mic");
      expect([...errorsOf(pair.a), ...errorsOf(pair.b)]).to.deep.equal([]);
    });
  }

  longIt(
    "keeps candidates that come before the offer, and answers them with an error",
    async () => {
      pair = await mixedPair("caller", {
        page: { variants: { sendsCandidatesBeforeOffer: true } },
      });
      await connect(pair, "audio");
      expect(errorsOf(pair.a)).to.deep.equal([
        "ice: there is no connection yet; the candidates are kept",
      ]);
      await bothDecode("mic");
    },
  );

  longIt("waits for an answer that comes late, and reports that it does", async () => {
    const page = { variants: { answersLateBy: 500 } };
    const chat = { delay: 100, fate: delays("x.call.answer", 200) };
    pair = await mixedPair("callee", { kit: { timers: { 30_000: 600 } }, page, chat });
    await connect(pair, "audio");
    await pair.kitApp.untilResponse(
      ({ resp }) => resp.type === "connection" && resp.state.signalingState === "have-local-offer",
    );
    await bothDecode("mic");
  });

  it("reports a call once whose answer never comes, and goes on waiting", async () => {
    const page = { variants: { neverAnswers: true } };
    pair = await mixedPair("callee", { kit: { timers: { 30_000: 600 } }, page });
    pair.a.call("audio");
    await pair.b.untilThat(() => pair.b.isRinging);
    pair.b.accept();
    await pair.b.until("OfferSent");
    const reports = () => pair.b.received.filter(({ resp }) => resp.type === "connection");
    await pair.b.untilThat(() => reports().length > 0);
    expect(pair.kit.host.snapshot.state).to.equal("connecting");
    pair.a.end();
    await pair.b.until("Ended");
    expect(reports()).to.have.length(1);
  });

  longIt("refuses an answer that comes twice, at once or later, and goes on", async () => {
    pair = await mixedPair("callee", {
      ...{
        page: { variants: { answersTwice: true } },
        chat: { fate: repeats("x.call.answer", 300) },
      },
    });
    await connect(pair, "audio");
    const { kitApp, pageApp } = pair;
    await kitApp.untilThat(() => errorsOf(kitApp).length === 3);
    expect(errorsOf(kitApp)).to.deep.equal(
      Array(3).fill("answer: the remote description is already set"),
    );
    await bothDecode("mic");
    expect(kitApp.state).to.equal("Connected");
    // The other page's second reply has no command left that it could answer.
    expect(pageApp.line.violations.splice(0)).to.deep.equal(["answer to no open command"]);
  });
});
