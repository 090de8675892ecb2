import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { startBrowser } from "./browsers.ts";
import type { EngineName } from "./browsers.ts";
import { InteropCall } from "./call.ts";
import type { InteropOptions } from "./call.ts";
import { Namespaces } from "./namespaces.ts";
import { untilBothHearAndSee } from "./recovery.ts";
import { serveShared, sideProgram } from "./serve.ts";
import type { Server } from "./serve.ts";

/** Options of a test's call. Defaults: Chromium, VP8, and a network without loss. */
export type StageOptions = Partial<Omit<InteropOptions, "address" | "callee">> & {
  readonly from?: EngineName;
  readonly to?: EngineName;
};

/** A dev server and a browser of each engine, for the tests of one file. */
export class Stage {
  readonly #browsers = new Map<EngineName, Browser>();
  #server: Server | null = null;

  /** Has everything started before the tests of a file, and ended after them. */
  constructor(...engines: EngineName[]) {
    beforeAll(async () => {
      this.#server = await serveShared(sideProgram);
      await Promise.all(
        engines.map(async (engine) => this.#browsers.set(engine, await startBrowser(engine))),
      );
    });
    afterAll(async () => {
      await Promise.all([...this.#browsers.values()].map((browser) => browser.close()));
    });
  }

  /** Calls and accepts. The call is closed with the test. */
  async call({
    from = "chromium",
    to = "chromium",
    caller = this.#browsers.get(from)!,
    ...options
  }: StageOptions = {}): Promise<InteropCall> {
    const call = await InteropCall.make({
      address: addressOf(this.#server!),
      caller,
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
    await untilBothHearAndSee(call);
    return call;
  }
}

/** A dev server, and two Chromiums that live in network namespaces of their own. */
export class StageApart {
  #server: Server | null = null;
  #networks: Namespaces | null = null;

  constructor() {
    beforeAll(async () => {
      this.#server = await serveShared(sideProgram);
      this.#networks = await Namespaces.start(portOf(this.#server));
    });
    afterAll(async () => {
      await this.#networks?.stop();
    });
  }

  /** The networks between the two. */
  get networks(): Namespaces {
    return this.#networks!;
  }

  /** Calls, and waits until sound and picture come through on both sides. The call is closed with the test. */
  async connectedCall(): Promise<InteropCall> {
    const { caller, callee } = this.networks;
    const call = await InteropCall.make({
      ...{ address: addressOf(this.#server!), caller, callee, codec: "video/VP8" },
      ...{ network: { loss: 0, delay: 0, seed: 1 }, isDirect: true },
    });
    onTestFinished(() => call.close());
    await untilBothHearAndSee(call);
    return call;
  }
}

function portOf({ config: { port } }: Server): number {
  return port!;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}/test/support/interop/`;
}
