import { flutterChannel } from "../../../src/hosts/transports/flutter-channel.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { flutterChannelPlatform } from "../../support/hosts/platforms.ts";

describe("a channel of webview_flutter", () => {
  checksOfTransport(flutterChannelPlatform, () => flutterChannel());
});
