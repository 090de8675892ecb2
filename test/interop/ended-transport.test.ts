import { afterAll, beforeAll, describe, expect } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import type { EngineName } from "../support/interop/browsers.ts";
import { betweenEngines, builtPage, carry, until } from "../support/interop/built-pages.ts";

/*
 * A connection that one side's engine has ended without a word, between the pages of two engines as built. Reads `dist/`, which `npm test`
 * builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** Keeps the connections that a page makes from now on. */
const keepsConnections = `(() => {
  globalThis.connections = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };
})()`;

async function ends(by: EngineName, seenBy: EngineName): Promise<void> {
  const [ending, other] = [
    await builtPage(by, served.origin),
    await builtPage(seenBy, served.origin),
  ];
  const stop = carry(ending, other);
  try {
    for (const page of [ending, other]) await page.evaluate(keepsConnections);
    await other.evaluate("view.reconnectTimeout = 5");
    await ending.bringToFront();
    await ending.evaluate(`void view.startCall({ media: "audio" })`);
    await until(other, `view.state === "incoming"`);
    await other.bringToFront();
    await other.evaluate(`void view.acceptCall({ media: "audio" })`);
    for (const page of [ending, other])
      await until(page, `view.snapshot.protection.status === "protected"`);

    await ending.evaluate("connections.at(-1).close()");
    await until(other, `view.state === "reconnecting"`);
    // What made it stay in the call: the engine has noticed nothing that it would tell.
    expect(await other.evaluate("connections.at(-1).connectionState")).toBe("connected");
    await until(other, `view.state === "ended"`);
    expect(await other.evaluate("view.snapshot.ending.problem")).toBe("connection-failed");
  } finally {
    stop();
    await Promise.all([ending, other].map((page) => page.browserContext().close()));
  }
}

describe(
  "a connection that the other side's engine has ended without a word",
  { tags: "long" },
  () => {
    betweenEngines(
      "is a lost path at once, and ends the call when the host's patience is over",
      ends,
    );
  },
);
