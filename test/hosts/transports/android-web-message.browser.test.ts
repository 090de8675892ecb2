import { androidWebMessage } from "../../../src/hosts/transports/android-web-message.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { androidWebMessagePlatform } from "../../support/hosts/platforms.ts";

describe("a web message listener of Android", () => {
  checksOfTransport(androidWebMessagePlatform, () => androidWebMessage());
});
