import { expect } from "@open-wc/testing";
import { CallError } from "../../../src/errors.ts";
import {
  KitHandshake,
  readKitAnswer,
  readKitOffer,
} from "../../../src/hosts/foreign/kit-handshake.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { codeRejectedBy } from "../../support/thrown.ts";
import { sdp } from "../simplex/wire.ts";

const listener = {
  candidatesFound: () => undefined,
  pathChanged: () => undefined,
  controlOpened: () => undefined,
  controlReceived: () => undefined,
};

/** One side of a call, with fakes for everything. */
function side(newInitiator?: () => Promise<never>) {
  const ports = new FakePorts();
  const bound = async () => ({
    callId: "AAAAAAAAAAAAAAAAAAAAAA",
    initiator: await ports.createInitiator({ callId: "", media: "audio" }),
  });
  return {
    ports,
    handshake: new KitHandshake(ports, newInitiator ?? bound),
    cipher: ports.createCipher({ opened: () => undefined, lost: () => undefined }, {}),
    connection: ports.createConnection(
      { iceServers: [], relayOnly: false, control: { label: "", id: 0 } },
      null,
      listener,
    ),
    get keys() {
      return ports.cipher.keys;
    },
  };
}

describe("the handshake of two kits over a foreign protocol", () => {
  it("goes in the descriptions: both sides have keys, and the offerer a proof and a code", async () => {
    const [a, b] = [side(), side()];
    const offer = (await a.handshake.prepareOffer("video"))(sdp);
    expect(readKitOffer(offer)?.media).to.equal("video");
    expect(await b.handshake.prepareAnswer(offer)).to.equal(true);
    const answer = await b.handshake.answer(sdp, b.connection, b.cipher, null);
    expect(readKitAnswer(answer)).not.to.equal(null);
    const agreed = await a.handshake.takeAnswer(answer, a.connection, a.cipher, null);
    expect([a.keys, b.keys]).to.deep.equal([["initiator"], ["responder"]]);
    expect(await b.handshake.check(agreed!.confirm)).to.deep.equal(agreed!.securityCode);
  });

  it("leaves a call with any other page as it is", async () => {
    const [a, b] = [side(), side()];
    (await a.handshake.prepareOffer("audio"))(sdp);
    expect(await a.handshake.takeAnswer(sdp, a.connection, a.cipher, null)).to.equal(null);
    expect(await b.handshake.prepareAnswer(sdp)).to.equal(false);
    expect(await b.handshake.answer(sdp, b.connection, b.cipher, null)).to.equal(sdp);
    expect([a.keys, b.keys]).to.deep.equal([[], []]);
    expect(await b.handshake.check({ nonce: "", mac: "" })).to.equal(null);
  });

  it("answers the offer that came last, whichever keys are there first", async () => {
    const [first, last, b] = [side(), side(), side()];
    const make = b.ports.createResponder;
    let goOn = (): void => undefined;
    const slow = new Promise<void>((resolve) => (goOn = resolve));
    let made = 0;
    Object.assign(b.ports, {
      createResponder: async (...parameters: Parameters<typeof make>) => {
        if (made++ === 0) await slow;
        return make(...parameters);
      },
    });
    const offerOf = async ({ handshake }: typeof first, id: string) =>
      (await handshake.prepareOffer("audio"))(sdp.replace("s=-", `s=${id}`));
    const early = b.handshake.prepareAnswer(await offerOf(first, "first"));
    await b.handshake.prepareAnswer(await offerOf(last, "last"));
    goOn();
    await early;
    const [kept, dropped] = b.ports.responders;
    expect([kept?.isReleased, dropped?.isReleased]).to.deep.equal([false, true]);
    await b.handshake.answer(sdp, b.connection, b.cipher, null);
    expect(b.keys).to.deep.equal(["responder"]);
  });

  it("holds no keys any more for an offer that another page's has replaced", async () => {
    const [a, b] = [side(), side()];
    await b.handshake.prepareAnswer((await a.handshake.prepareOffer("audio"))(sdp));
    expect(await b.handshake.prepareAnswer(sdp)).to.equal(false);
    expect(b.ports.responders[0]?.isReleased).to.equal(true);
    expect(await b.handshake.answer(sdp, b.connection, b.cipher, null)).to.equal(sdp);
  });

  it("offers nothing where this engine cannot make keys, and then refuses an answer with some", async () => {
    const a = side(() => Promise.reject(new CallError("encryption-unsupported", "")));
    const b = side();
    expect((await a.handshake.prepareOffer("audio"))(sdp)).to.equal(sdp);
    const offer = (await side().handshake.prepareOffer("audio"))(sdp);
    await b.handshake.prepareAnswer(offer);
    const answer = await b.handshake.answer(sdp, b.connection, b.cipher, null);
    expect(
      await codeRejectedBy(a.handshake.takeAnswer(answer, a.connection, a.cipher, null)),
    ).to.equal("insecure");
    expect(a.keys).to.deep.equal([]);
  });

  it("refuses keys that were damaged on the way, in an offer and in an answer: nothing is talked down in silence", async () => {
    const [a, b] = [side(), side()];
    const offer = (await a.handshake.prepareOffer("audio"))(sdp);
    const damage = (text: string) => text.replace(/^(a=x-sx-call-kit:.*).$/m, "$1!");
    expect(await codeRejectedBy(b.handshake.prepareAnswer(damage(offer)))).to.equal("insecure");
    await b.handshake.prepareAnswer(offer);
    const answer = await b.handshake.answer(sdp, b.connection, b.cipher, null);
    expect(
      await codeRejectedBy(a.handshake.takeAnswer(damage(answer), a.connection, a.cipher, null)),
    ).to.equal("insecure");
    expect(a.keys).to.deep.equal([]);
  });

  it("refuses a half of the keys that is none, and answers without keys only where this engine has none", async () => {
    const offer = (await side().handshake.prepareOffer("audio"))(sdp);
    for (const [code, found] of [
      ["insecure", "insecure"],
      ["encryption-unsupported", false],
    ] as const) {
      const b = side();
      Object.assign(b.ports, { createResponder: () => Promise.reject(new CallError(code, "")) });
      const outcome = await b.handshake
        .prepareAnswer(offer)
        .catch((thrown: unknown) => (thrown as CallError).code);
      expect(outcome).to.equal(found);
    }
  });
});
