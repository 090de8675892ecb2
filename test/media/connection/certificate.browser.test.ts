import { expect } from "@open-wc/testing";
import { createCertificate, fingerprintOf } from "../../../src/media/connection/certificate.ts";

describe("a certificate that is made ahead", () => {
  it("has the fingerprint that a connection made with it shows in its description", async () => {
    const made = await createCertificate();
    const connection = new RTCPeerConnection({ certificates: [made!.certificate] });
    connection.addTransceiver("audio");
    await connection.setLocalDescription();
    expect([...fingerprintOf(connection.localDescription!.sdp)]).to.deep.equal([
      ...made!.fingerprint,
    ]);
    connection.close();
  });
});
