import { expect } from "@open-wc/testing";
import { auto } from "../../../src/hosts/transports/auto.ts";
import {
  androidJavascriptInterfacePlatform,
  androidWebMessagePlatform,
  electronPlatform,
  flutterChannelPlatform,
  flutterInAppPlatform,
  qtPlatform,
  reactNativePlatform,
  tauriPlatform,
  wkPlatform,
} from "../../support/hosts/platforms.ts";
import type { FakePlatform } from "../../support/hosts/platforms.ts";
import { codeThrownBy } from "../../support/thrown.ts";
import { waitUntil } from "../../support/wait-until.ts";

const ready = () => {
  const platform = flutterInAppPlatform();
  platform.ready();
  return platform;
};
const platforms: Record<string, () => FakePlatform> = {
  "Android with AndroidX WebKit": androidWebMessagePlatform,
  "Android without": androidJavascriptInterfacePlatform,
  webview_flutter: flutterChannelPlatform,
  flutter_inappwebview: ready,
  "React Native": reactNativePlatform,
  WKWebView: () => wkPlatform("texts"),
  Electron: electronPlatform,
  Tauri: tauriPlatform,
  Qt: qtPlatform,
};

describe("the automatic transport", () => {
  for (const [name, install] of Object.entries(platforms)) {
    it(`speaks both ways with ${name}`, async () => {
      const platform = install();
      const inApp: unknown[] = [];
      const inPage: unknown[] = [];
      platform.app.onText((text) => inApp.push(text));
      const transport = auto();
      const leave = transport.onText((text) => inPage.push(text));
      // A channel that has not opened yet takes nothing: what could not be posted is posted again, as the bridge does it.
      const post = async (text: string) => {
        for (;;) {
          try {
            transport.post(text);
            return;
          } catch {
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        }
      };
      await post("from the page");
      await waitUntil(() => inApp.length > 0);
      platform.app.post("from the app");
      // Where an app speaks by its replies only, the page has to say something first.
      transport.post("from the page again");
      await waitUntil(() => inPage.length > 0);
      expect(inApp[0]).to.equal("from the page");
      expect(inPage).to.deep.equal(["from the app"]);
      leave();
      platform.remove();
    });
  }

  it("is refused without an app, also in a frame without a named outer page", () => {
    expect(codeThrownBy(() => auto())).to.equal("not-possible");
  });
});
