// How the tests, the benches and the pictures start their browsers.
import { ensureBrowser } from "../.tools/ensure-browser.mjs";

/**
 * What a window of Chromium has beside its page: each context of a test has a window, and its suggestions and the spare process take half of
 * the processor time of a short test. The others are Playwright's, whose list ours replaces: they ask the network.
 */
const withoutFeatures = [
  ...["SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  ...["AimEnabled", "DialMediaRouteProvider", "HttpsUpgrades", "MediaRouter", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "PaintHolding", "PreconnectToSearch", "Translate"],
];

/** Fake devices, and timers that run as fast in a background page as in front. */
export const browserArguments = [
  `--disable-features=${withoutFeatures.join(",")}`,
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--autoplay-policy=no-user-gesture-required",
];

/** Devices and sound without a question, and plain addresses on this machine. */
export const firefoxPreferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
};

/** @returns Playwright's launch options. @throws {Error} with one line of advice where no browser is found and none can be installed. */
export const launchOptions = () => ({ executablePath: ensureBrowser(), args: browserArguments });
