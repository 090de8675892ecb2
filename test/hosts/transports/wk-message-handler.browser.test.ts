import { expect } from "@open-wc/testing";
import { wkMessageHandler } from "../../../src/hosts/transports/wk-message-handler.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { wkPlatform } from "../../support/hosts/platforms.ts";
import { codeThrownBy } from "../../support/thrown.ts";

for (const reply of ["none", "nothing", "texts", "rejects"] as const) {
  describe(`a message handler of WebKit whose app replies by: ${reply}`, () => {
    checksOfTransport(
      () => wkPlatform(reply),
      () => wkMessageHandler(),
    );
  });
}

describe("a message handler of WebKit", () => {
  it("is reported missing at each call without an app", () => {
    const transport = wkMessageHandler();
    expect(codeThrownBy(() => transport.post("text"))).to.equal("not-possible");
    const { remove } = wkPlatform();
    expect(codeThrownBy(() => transport.post("text"))).to.equal(null);
    expect(codeThrownBy(() => wkMessageHandler("other").post("text"))).to.equal("not-possible");
    remove();
  });
});
