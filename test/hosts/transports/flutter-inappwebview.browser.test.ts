import { expect } from "@open-wc/testing";
import { flutterInAppWebView } from "../../../src/hosts/transports/flutter-inappwebview.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { flutterInAppPlatform } from "../../support/hosts/platforms.ts";
import { codeThrownBy } from "../../support/thrown.ts";

for (const answers of [false, true]) {
  describe(`flutter_inappwebview, whose handler ${answers ? "answers by texts" : "answers by nothing"}`, () => {
    checksOfTransport(
      () => {
        const platform = flutterInAppPlatform({ answers });
        // Long after the page has begun to ask.
        setTimeout(platform.ready, 120);
        return platform;
      },
      () => flutterInAppWebView(),
    );
  });
}

describe("flutter_inappwebview", () => {
  it("is missed until the platform is ready", () => {
    const transport = flutterInAppWebView();
    expect(codeThrownBy(() => transport.post("text"))).to.equal("not-possible");
    const { ready, remove } = flutterInAppPlatform();
    expect(() => transport.post("text")).to.throw();
    ready();
    expect(() => transport.post("text")).not.to.throw();
    remove();
  });
});
