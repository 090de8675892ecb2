import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CallPage } from "../../src/hosts/bridge/call-page.ts";
import type { PageFact } from "../../src/hosts/bridge/call-page.ts";
import { callPagePath, serveSources } from "../support/hosts/dev-server.ts";
import { skipsWebKitApp, WebKitApp } from "../support/hosts/webkit-app.ts";

const patience = { timeout: 30_000 };

describe.skipIf(skipsWebKitApp())("a native app with WebKitGTK, which has no WebRTC", () => {
  let server: Awaited<ReturnType<typeof serveSources>>;
  beforeAll(async () => {
    server = await serveSources();
  });

  describe.each(["call", "reply"] as const)("that speaks by %s", (way) => {
    const options = way === "call" ? {} : { tags: "long" };
    let app: WebKitApp;
    let host: CallPage;
    const facts: PageFact[] = [];
    const reported = (type: PageFact["type"]) =>
      facts.filter((fact) => fact.type === type).map(({ data }) => data);

    beforeAll(() => {
      app = new WebKitApp(`${server.origin}${callPagePath}`, way);
      host = new CallPage(app, (fact) => facts.push(fact));
    });
    afterAll(async () => {
      host.close();
      await app.stop();
    });

    it("hears that the page is ready, and what it cannot do", options, async () => {
      await expect.poll(() => reported("ready").length, patience).toBe(1);
      expect(reported("ready")[0]).toMatchObject({
        version: 1,
        capabilities: {
          webrtc: false,
          scriptTransform: false,
          worker: "none",
          secureContext: true,
        },
        snapshot: { state: "idle" },
      });
    });

    it(
      "is answered by the message handler: settings, and every character of a name",
      options,
      async () => {
        const name = `"'\\ \u2028 </script> \u{1f98a} é`;
        expect(
          await host.request("configure", {
            contact: { id: "ann", name },
            lang: "en",
            textSize: 1.2,
          }),
        ).toEqual({ ignored: [] });
        expect(await host.request("back-button", {})).toEqual({ handled: false });
        // A value out of range is named, and has no other effect.
        expect(await host.request("configure", { volume: 2 })).toEqual({ ignored: ["volume"] });
      },
    );

    it(
      "is notified that calls are impossible by the answer, the error and the state",
      options,
      async () => {
        await expect(host.request("start-call", { media: "audio" })).rejects.toMatchObject({
          code: "webrtc-unsupported",
        });
        await expect.poll(() => reported("state-changed").length, patience).toBe(1);
        expect(reported("error")).toMatchObject([{ code: "webrtc-unsupported" }]);
        expect(reported("state-changed")).toMatchObject([
          { state: "ended", snapshot: { ending: { problem: "webrtc-unsupported" } } },
        ]);
      },
    );

    it("meets the page again when it reloads, and had no text refused", options, async () => {
      facts.length = 0;
      app.reload();
      await expect.poll(() => reported("ready").length, patience).toBe(1);
      expect(reported("ready")).toMatchObject([{ snapshot: { state: "idle" } }]);
      expect(await host.request("back-button", {})).toEqual({ handled: false });
      // Before the first load there is no page that could have heard the app's first word.
      expect(app.refused.filter((text) => !text.includes("sxReceive"))).toEqual([]);
    });
  });
});
