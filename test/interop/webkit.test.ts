import { startDevServer } from "@web/dev-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../../web-dev-server.config.mjs";
import { skipsWebKit, WebKitWindow } from "../support/interop/web-driver.ts";

const page = `<!doctype html><title>WebKitGTK</title><link rel="icon" href="data:,">
<sx-call-view></sx-call-view><sx-incoming-call></sx-incoming-call><sx-call-history-item></sx-call-history-item>`;

const record = {
  callId: "AAAAAAAAAAAAAAAAAAAAAA",
  direction: "incoming",
  media: "video",
  outcome: "missed",
  startedAt: 0,
  endedAt: 0,
  durationSeconds: 0,
  protection: "none",
  relayed: null,
  reconnections: 0,
};

describe.skipIf(skipsWebKit())("WebKitGTK, which has no WebRTC", { tags: "long" }, () => {
  let server: Awaited<ReturnType<typeof startDevServer>>;
  let window: WebKitWindow;

  beforeAll(async () => {
    const once = {
      logStartMessage: false,
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    };
    const serve = (
      context: { path: string; type: string; body: unknown },
      next: () => Promise<void>,
    ) => {
      if (context.path !== "/webkit") return next();
      Object.assign(context, { type: "html", body: page });
      return Promise.resolve();
    };
    [server, window] = await Promise.all([
      startDevServer({
        ...once,
        config: { ...config, middleware: [serve], watch: false, open: false },
      }),
      WebKitWindow.start(),
    ]);
    await window.goTo(`http://127.0.0.1:${server.config.port}/webkit`);
    // Imported here, so that a failing module is reported.
    await window.evaluate('await import("/src/define.ts")');
  });

  afterAll(async () => {
    await window.stop();
    await server.stop();
  });

  it("is one", async () => {
    expect(await window.evaluate("return typeof RTCPeerConnection")).toBe("undefined");
  });

  it("renders the elements", async () => {
    const texts = await window.evaluate(`
      const elements = ["sx-call-view", "sx-incoming-call", "sx-call-history-item"].map((name) => document.querySelector(name));
      const contact = { id: "ann", name: "Ann" };
      for (const element of elements) element.contact = contact;
      elements[2].record = ${JSON.stringify(record)};
      await Promise.all(elements.map((element) => element.updateComplete));
      return elements.map((element) => [
        element.shadowRoot.textContent.replace(/\\s+/g, " ").trim(),
        element.getBoundingClientRect().height > 0,
      ]);`);
    expect(texts).toEqual([
      [expect.stringContaining("Ann"), true],
      [expect.stringContaining("Ann"), true],
      [expect.stringContaining("Missed"), true],
    ]);
  });

  it("cannot call, and reports it to the host and on the screen", async () => {
    const found = (await window.evaluate(`
      const view = document.querySelector("sx-call-view");
      view.contact = { id: "ann", name: "Ann" };
      const errors = [];
      view.addEventListener("sx-error", ({ detail }) => errors.push(detail.code ?? detail.error?.code));
      const thrown = await view.startCall({ media: "audio" }).then(() => null, ({ code }) => code);
      await view.updateComplete;
      const { state, ending } = view.snapshot;
      return { thrown, errors, state, problem: ending?.problem ?? null, text: view.shadowRoot.textContent.replace(/\\s+/g, " ") };
    `)) as { text: string };
    process.stdout.write(`  ${JSON.stringify(found)}\n`);
    expect(found).toMatchObject({
      thrown: "webrtc-unsupported",
      errors: ["webrtc-unsupported"],
      state: "ended",
      problem: "webrtc-unsupported",
    });
    expect(found.text).toContain("This app can’t make calls");
  });
});
