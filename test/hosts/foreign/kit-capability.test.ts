import { expect } from "@open-wc/testing";
import {
  addKitAnswer,
  addKitOffer,
  readKitAnswer,
  readKitOffer,
  withoutCapability,
} from "../../../src/hosts/foreign/kit-capability.ts";
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
  });

  it("stands before the first media section, whatever else has an m= in it", () => {
    const other = sdp.replace("s=-", "s=m=1");
    const written = addKitOffer(other, offer).split("\r\n");
    expect(written.findIndex((one) => one.startsWith("a=x-sx"))).to.equal(
      written.findIndex((one) => one.startsWith("m=")) - 1,
    );
    expect(withoutCapability(written.join("\r\n"))).to.equal(other);
  });

  it("is ignored if missing, of another version, repeated, truncated, in a media section, or of the other kind", () => {
    const good = addKitOffer(sdp, offer);
    const [own] = [line(good)];
    for (const bad of [
      sdp,
      good.replace("kit:1 ", "kit:2 "),
      good.replace(own, `${own}\r\n${own}`),
      good.replace(own, own.slice(0, -1)),
      good.replace(own, `${own} `),
      sdp.replace("a=setup:actpass", own),
      addKitAnswer(sdp, answer),
    ]) {
      expect(readKitOffer(bad)).to.equal(null);
    }
    expect(readKitAnswer(good)).to.equal(null);
  });
});
