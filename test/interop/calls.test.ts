import { describe } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import { describeCalls } from "../support/interop/engine-calls.ts";

// One of them; calls.long.test.ts has them all.

describe.skipIf(skipsFirefox)("a call between Chromium and Firefox", () => {
  describeCalls([{ from: "chromium", to: "firefox", codec: "VP8", network: "clean" }]);
});
