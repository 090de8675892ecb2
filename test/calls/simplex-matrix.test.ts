import { expect } from "@open-wc/testing";
import { connect, decodesMore, drops } from "../support/simplex/pair.ts";
import type { Source } from "../support/simplex/protocol.ts";
import type { Inbound } from "../support/simplex/remote-media.ts";
import { kitRoles, mixedPair } from "../support/simplex-mixed.ts";
import type { MixedOptions, MixedPair } from "../support/simplex-mixed.ts";
import { longIt } from "../support/long-it.ts";

describe("the kit's page and SimpleX's", () => {
  let pair: MixedPair;

  afterEach(() => {
    const violations = [...pair.a.violations, ...pair.b.violations];
    // Whatever became of the call: SimpleX's page has nobody who would listen.
    const said = pair.kit.sight.said;
    pair.close();
    expect(violations).to.deep.equal([]);
    expect(said).to.deep.equal([]);
  });

  const bothDecode = (...sources: Source[]) =>
    Promise.all(
      sources.flatMap((source) => [pair.kit.decodesMore(source), decodesMore(pair.page, source)]),
    );

  async function expectSilent(...sources: Source[]): Promise<void> {
    for (const source of sources) {
      for (const inbound of [await pair.kit.inbound(source), await pair.page.inbound(source)]) {
        expect([inbound.framesDecoded, inbound.totalAudioEnergy]).to.deep.equal([0, 0]);
      }
    }
  }

  async function grows(read: () => Promise<Inbound>): Promise<void> {
    const { bytesReceived } = await read();
    while ((await read()).bytesReceived <= bytesReceived)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const keys: Record<string, MixedOptions> = {
    "the same key": {},
    "no key at one side": { appA: { key: "none" } },
    "no key at the other": { appB: { key: "none" } },
    "different keys": { appA: { key: "wrong" } },
  };

  for (const role of kitRoles) {
    for (const media of ["audio", "video"] as const) {
      for (const [what, options] of Object.entries(keys)) {
        const sources: Source[] = media === "audio" ? ["mic"] : ["mic", "camera"];
        const others: Source[] = media === "audio" ? ["camera", "screenVideo"] : ["screenVideo"];

        const standsForAll = role === "caller" && media === "video" && what === "different keys";
        const register = standsForAll ? it : longIt;
        register(`with the kit as ${role}, ${media} and ${what}`, async () => {
          pair = await mixedPair(role, options);
          await connect(pair, media);
          const { kit, page } = pair;
          if (what === "different keys") {
            kit.playAll();
            await Promise.all(sources.map((source) => drops(page, source, 20)));
            await kit.until(({ protection }) => protection.forged > 40);
            for (const source of sources) {
              await grows(() => kit.inbound(source));
              await grows(() => page.inbound(source));
            }
            await expectSilent(...sources, ...others);
            expect(kit.host.snapshot.protection.opened).to.equal(0);
            expect(kit.host.snapshot.protection.receiving).to.equal("tampered");
            const { remoteCamera, remoteMicrophone } = kit.host.tracks;
            expect([remoteCamera === null, remoteMicrophone === null]).to.deep.equal([true, true]);
            return;
          }
          await bothDecode(...sources);
          await expectSilent(...others);
          const isEncrypted = what === "the same key";
          const { protection } = await kit.until((snapshot) =>
            [isEncrypted ? "compatible" : "unencrypted"].includes(snapshot.protection.status),
          );
          expect(protection.cipher).to.equal(isEncrypted ? "AES_256_GCM" : null);
          expect(protection.forged).to.equal(0);
          expect(page.frameCounts("mic").dropped).to.equal(0);
          expect(page.frameCounts("mic").opened > 0).to.equal(isEncrypted);
          expect(kit.host.snapshot.securityCode).to.equal(null);
          const reported = pair.kitApp.peerMedia;
          await pair.kitApp.untilThat(() => sources.every((source) => reported.has(source)));
          expect([...reported].sort()).to.deep.equal([...sources].sort());
          await pair.kitApp.untilResponse(({ resp }) => resp.type === "connected");
          const states = {
            caller: [
              "WaitCapabilities",
              "InvitationSent",
              "OfferReceived",
              "Negotiated",
              "Connected",
            ],
            // A path may be quicker than the reply to the answer.
            callee: ["InvitationAccepted", "OfferSent", "AnswerReceived", "Connected"],
          };
          const passed = pair.kitApp.states.filter(
            (state) => role === "caller" || state !== "Negotiated",
          );
          expect(passed).to.deep.equal(states[role]);
          // The four sections of the document, both ways, whoever offers.
          expect(page.directions).to.deep.equal(["sendrecv", "sendrecv", "sendrecv", "sendrecv"]);
        });
      }
    }

    longIt(`with the kit as ${role}, and the native client of iOS`, async () => {
      pair = await mixedPair(role, { page: { platform: "ios" } });
      await connect(pair, "video");
      await bothDecode("mic", "camera");
      expect(pair.page.frameCounts("camera").dropped).to.equal(0);
    });

    it(`with the kit as ${role}, that needs a key and gets none`, async () => {
      pair = await mixedPair(role, { kit: { requireKey: true }, app: { key: "none" } });
      pair.a.call("audio");
      await pair.b.untilThat(() => pair.b.isRinging);
      pair.b.accept();
      const { resp } = await pair.kitApp.untilResponse((message) => message.resp.type === "error");
      const command = role === "caller" ? "offer" : "start";
      expect(resp).to.deep.equal({
        type: "error",
        message: `${command}: a call without a key is not allowed here`,
      });
      expect(pair.kit.sight.peer === null).to.equal(true);
    });
  }
});
