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

/** Keeps the connections that a page makes: one of them may be there before the call. */
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
    await builtPage(by, served.origin, keepsConnections),
    await builtPage(seenBy, served.origin, keepsConnections),
  ];
  const stop = carry(ending, other);
  try {
    await other.evaluate("view.reconnectTimeout = 5");
    await ending.bringToFront();
    await ending.evaluate(`void view.startCall({ media: "audio" })`);
    await until(other, `view.state === "incoming"`);
    await other.bringToFront();
    await other.evaluate(`void view.acceptCall({ media: "audio" })`);
    for (const page of [ending, other])
      await until(page, `view.snapshot.protection.status === "protected"`);

    const ofCall = `connections.find(({ connectionState }) => connectionState === "connected")`;
    await ending.evaluate(`${ofCall}.close()`);
    await until(other, `view.state === "reconnecting"`);
    // What made it stay in the call: the engine has noticed nothing that it would tell.
    expect(await other.evaluate(`${ofCall} !== undefined`)).toBe(true);
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
