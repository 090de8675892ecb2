import { describe } from "vitest";
import { networks, describeCalls } from "../support/interop/engine-calls.ts";
import type { CallCase } from "../support/interop/engine-calls.ts";
import { skipsFirefox } from "../support/interop/browsers.ts";

const conditions = Object.keys(networks) as CallCase["network"][];

describe("calls between two Chromium pages", () => {
  const codecs = ["VP8", "VP9", "AV1", "H264"] as const;
  describeCalls(
    codecs.map((codec) => ({ from: "chromium", to: "chromium", codec, network: "lossy" })),
  );
});

describe.skipIf(skipsFirefox)("calls between Chromium and Firefox", () => {
  // Firefox downloads its H264 encoder from a server of its own, so that it has none here.
  const codecs = ["VP8", "VP9", "AV1"] as const;
  const directions = [
    { from: "chromium", to: "firefox" },
    { from: "firefox", to: "chromium" },
  ] as const;
  describeCalls(
    conditions.flatMap((network) =>
      directions.flatMap((direction) => codecs.map((codec) => ({ ...direction, codec, network }))),
    ),
  );
});
