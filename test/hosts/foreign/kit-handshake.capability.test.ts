import { expect } from "@open-wc/testing";
import {
  addKitAnswer,
  addKitOffer,
  readKitAnswer,
  readKitOffer,
  withoutCapability,
} from "../../../src/hosts/foreign/kit-handshake.ts";
import { CallError } from "../../../src/errors.ts";
import { callId, zeros } from "../../support/signals.ts";
import { sdp } from "../simplex/wire.ts";

const offer = {
  callId,
  media: "video",
  keys: { x25519: zeros(32), mlkem768: zeros(1184) },
  commitment: zeros(64),
} as const;
const answer = {
  keys: { x25519: zeros(32), mlkem768: zeros(1088) },
  nonce: zeros(32),
  mac: zeros(64),
};
const line = (text: string) =>
  text.split("\r\n").find((one) => one.startsWith("a=x-sx-call-kit:"))!;

describe("the capability of a kit in a description", () => {
  it("is read as it was written, and leaves no trace where it is taken out", () => {
    expect(readKitOffer(addKitOffer(sdp, offer))).to.deep.equal(offer);
    expect(readKitAnswer(addKitAnswer(sdp, answer))).to.deep.equal(answer);
    expect(withoutCapability(addKitOffer(sdp, offer))).to.equal(sdp);
    expect(withoutCapability(addKitAnswer(sdp, answer))).to.equal(sdp);
    const withLineFeeds = sdp.replaceAll("\r\n", "\n");
    expect(withoutCapability(addKitOffer(withLineFeeds, offer))).to.equal(withLineFeeds);
  });

  it("stands before the first media section, whatever else has an m= in it", () => {
    const other = sdp.replace("s=-", "s=m=1");
    const written = addKitOffer(other, offer).split("\r\n");
    expect(written.findIndex((one) => one.startsWith("a=x-sx"))).to.equal(
      written.findIndex((one) => one.startsWith("m=")) - 1,
    );
    expect(withoutCapability(written.join("\r\n"))).to.equal(other);
  });

  it("is none where there is no trace of it", () => {
    expect(readKitOffer(sdp)).to.equal(null);
    expect(readKitAnswer(sdp)).to.equal(null);
  });

  const good = addKitOffer(sdp, offer);
  const own = line(good);
  for (const [how, bad] of Object.entries({
    "of another version": good.replace("kit:1 ", "kit:2 "),
    "of no version": good.replace("kit:1 ", "kit:"),
    "without a value": good.replace(own, "a=x-sx-call-kit"),
    twice: good.replace(own, `${own}\r\n${own}`),
    "twice, once damaged": good.replace(own, `${own}\r\n${own.slice(0, -1)}`),
    cut: good.replace(own, own.slice(0, -1)),
    longer: good.replace(own, `${own}A`),
    "with a space too many": good.replace(own, `${own} `),
    "in capital letters": good.replace("x-sx-call-kit", "X-SX-Call-Kit"),
    "with a character of no alphabet": good.replace(own, own.replace(/.$/, "!")),
    "with other media": good.replace(" video ", " screen "),
    "in a media section": sdp.replace("a=setup:actpass", own),
    "of the other kind": addKitAnswer(sdp, answer),
  })) {
    it(`is refused ${how}: nobody writes it so, and a call must not be talked down in silence`, () => {
      const isAnswer = how === "of the other kind";
      for (const read of [() => readKitOffer(bad), () => readKitAnswer(isAnswer ? good : bad)])
        expect(read).to.throw(CallError).with.property("code", "insecure");
      expect(withoutCapability(bad)).not.to.match(/x-sx-call-kit/i);
    });
  }
});
