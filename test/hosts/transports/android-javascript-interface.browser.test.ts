import { androidJavascriptInterface } from "../../../src/hosts/transports/android-javascript-interface.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { androidJavascriptInterfacePlatform } from "../../support/hosts/platforms.ts";

describe("a JavaScript interface of Android", () => {
  checksOfTransport(androidJavascriptInterfacePlatform, () => androidJavascriptInterface());
});
