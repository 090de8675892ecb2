import { describe } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import { describeCalls } from "../support/interop/engine-calls.ts";

// One of each kind; calls.long.test.ts has them all.

describe("a call between two Chromium pages", () => {
  describeCalls([{ from: "chromium", to: "chromium", codec: "VP8", network: "lossy" }]);
});

describe.skipIf(skipsFirefox)("a call between Chromium and Firefox", () => {
  describeCalls([{ from: "chromium", to: "firefox", codec: "VP8", network: "clean" }]);
});
