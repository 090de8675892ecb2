import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import { PreparedAnswer } from "../../src/controller/call-set-up.ts";
import { InitiatorAgreement } from "../../src/crypto/agreement/key-agreement.ts";
import { fingerprintOf } from "../../src/media/connection/certificate.ts";
import type { SignalOf } from "../../src/signalling/messages.ts";

const callId = "AAAAAAAAAAAAAAAAAAAAAA";

async function invitation(): Promise<{
  invite: SignalOf<"invite">;
  initiator: InitiatorAgreement;
}> {
  const initiator = await InitiatorAgreement.create({ callId, media: "audio" });
  const connection = new RTCPeerConnection();
  connection.addTransceiver("audio");
  const { sdp: offer = "" } = await connection.createOffer();
  connection.close();
  const envelope = {
    protocol: "sx-call/1",
    callId,
    seq: 0,
    type: "invite",
    media: "audio",
    sentAt: 0,
  } as const;
  return { initiator, invite: { ...envelope, offer, ...initiator.share } };
}

describe("an answer that is prepared while it rings", () => {
  it("agrees with the caller, calculated ahead or afterwards", async () => {
    for (const createCertificate of [browserPorts.createCertificate, () => Promise.resolve(null)]) {
      const { invite, initiator } = await invitation();
      const prepared = await PreparedAnswer.prepare(
        { ...browserPorts, createCertificate },
        invite,
        {},
      );
      const offerFingerprint = fingerprintOf(invite.offer);
      const answerFingerprint = prepared.certificate
        ? certificateFingerprint(prepared.certificate)
        : new Uint8Array(32);
      const { accept } = await prepared.agree({ offerFingerprint, answerFingerprint });
      const agreed = await initiator.agree(accept, { offerFingerprint, answerFingerprint });
      const { securityCode } = await prepared.confirm(agreed.confirm);
      expect(securityCode).to.deep.equal(agreed.securityCode);
    }
  });

  it("is refused where the connection turns out to have another fingerprint than its description", async () => {
    const { invite } = await invitation();
    const offerFingerprint = fingerprintOf(invite.offer);
    for (const part of ["offerFingerprint", "answerFingerprint"] as const) {
      const prepared = await PreparedAnswer.prepare(browserPorts, invite, {});
      const answerFingerprint = certificateFingerprint(prepared.certificate!);
      const fingerprints = { offerFingerprint, answerFingerprint, [part]: new Uint8Array(32) };
      const code = await prepared.agree(fingerprints).then(
        () => null,
        (thrown: unknown) => (thrown as { code?: unknown }).code,
      );
      expect(code).to.equal("insecure");
    }
  });
});

function certificateFingerprint(certificate: RTCCertificate): Uint8Array {
  const [{ value = "" } = {}] = certificate.getFingerprints();
  return Uint8Array.from(value.split(":"), (byte) => Number.parseInt(byte, 16));
}
