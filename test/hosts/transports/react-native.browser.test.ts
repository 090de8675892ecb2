import { reactNative } from "../../../src/hosts/transports/react-native.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { reactNativePlatform } from "../../support/hosts/platforms.ts";

describe("React Native's WebView", () => {
  checksOfTransport(reactNativePlatform, () => reactNative());
});
