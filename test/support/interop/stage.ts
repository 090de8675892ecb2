import { startDevServer } from "@web/dev-server";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import config from "../../../web-dev-server.config.mjs";
import { startBrowser } from "./browsers.ts";
import type { EngineName } from "./browsers.ts";
import { InteropCall } from "./call.ts";
import type { InteropOptions } from "./call.ts";

/** What a test chooses of a call; the rest is Chromium, VP8, and a network that loses nothing. */
export type StageOptions = Partial<Omit<InteropOptions, "address" | "caller" | "callee">> & {
  readonly from?: EngineName;
  readonly to?: EngineName;
};

/** A dev server and a browser of each engine, for the tests of one file. */
export class Stage {
  readonly #browsers = new Map<EngineName, Browser>();
  #server: Awaited<ReturnType<typeof startDevServer>> | null = null;

  /** Has everything started before the tests of a file, and ended after them. */
  constructor(...engines: EngineName[]) {
    beforeAll(async () => {
      const once = { logStartMessage: false, readCliArgs: false, readFileConfig: false, autoExitProcess: false };
      // Without watching: a file that is saved meanwhile would reload the pages. `--watch false` is true.
      this.#server = await startDevServer({ ...once, config: { ...config, watch: false, open: false } });
      await Promise.all(engines.map(async (engine) => this.#browsers.set(engine, await startBrowser(engine))));
    });
    afterAll(async () => {
      await Promise.all([...this.#browsers.values()].map((browser) => browser.close()));
      await this.#server?.stop();
    });
  }

  /** Calls and accepts. The call is closed with the test. */
  async call({ from = "chromium", to = "chromium", ...options }: StageOptions = {}): Promise<InteropCall> {
    const call = await InteropCall.make({
      address: `http://127.0.0.1:${this.#server!.config.port}/test/support/interop/`,
      caller: this.#browsers.get(from)!,
      callee: this.#browsers.get(to)!,
      codec: "video/VP8",
      network: { loss: 0, delay: 20, seed: 1 },
      ...options,
    });
    onTestFinished(() => call.close());
    return call;
  }

  /** Calls, and waits until sound and picture come through on both sides. */
  async connectedCall(options: StageOptions = {}): Promise<InteropCall> {
    const call = await this.call(options);
    await call.until(({ state, decoded, heard }) => state === "connected" && decoded >= 10 && heard);
    return call;
  }
}
