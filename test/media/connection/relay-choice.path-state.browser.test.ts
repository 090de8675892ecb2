import { expect } from "@open-wc/testing";
import { ConnectionPair } from "../../support/connection-pair.ts";

describe("the path of a connection whose other side has ended DTLS", () => {
  it("is lost at once, although the engine says that it is connected", async () => {
    const pair = new ConnectionPair();
    try {
      await pair.a.applyAnswer(await pair.b.answerOffer(await pair.a.createOffer()));
      await pair.watchA.until(() => pair.watchA.isOpen && pair.watchA.paths.includes("connected"));
      pair.b.close();
      await pair.watchA.until(() => pair.watchA.paths.at(-1) === "failed");
      expect(pair.a.states.connectionState).to.equal("connected");
    } finally {
      pair.close();
    }
  });
});
