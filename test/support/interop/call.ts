import type { Browser, Page } from "puppeteer-core";
import type { SignalMessage } from "../../../src/signalling/messages.ts";
import type { Look } from "./side.ts";
import { UdpRelay } from "./udp-relay.ts";
import type { RelayOptions } from "./udp-relay.ts";

/** What a call between two browsers is made of. */
export interface InteropOptions {
  /** The folder of the pages, as the dev server serves it. */
  readonly address: string;
  readonly caller: Browser;
  readonly callee: Browser;
  /** The codec of the picture that both sides put first. */
  readonly codec: string;
  readonly network: RelayOptions;
}

const waitMilliseconds = 45_000;
const lookMilliseconds = 250;

/** One call between two browsers. Its media goes through a relay, and nothing of it can go another way. */
export class InteropCall {
  readonly caller: Page;
  readonly callee: Page;
  readonly relay: UdpRelay;

  private constructor(caller: Page, callee: Page, relay: UdpRelay) {
    this.caller = caller;
    this.callee = callee;
    this.relay = relay;
  }

  static async make({ address, caller, callee, codec, network }: InteropOptions): Promise<InteropCall> {
    const relay = new UdpRelay(network);
    // Contexts, not tabs: each has a window of its own, and none is in the background.
    const [a, b] = await Promise.all([caller, callee].map(async (browser) => (await browser.createBrowserContext()).newPage()));
    const call = new InteropCall(a!, b!, relay);
    await Promise.all([call.#join(a!, b!), call.#join(b!, a!)]);
    await Promise.all([a, b].map((page) => page!.goto(`${address}side.html?codec=${encodeURIComponent(codec)}`)));
    await Promise.all([a, b].map((page) => page!.waitForFunction(() => "interop" in window)));
    await a!.evaluate(() => window.interop.call());
    await call.until(({ state }, side) => side === "caller" || state === "incoming");
    await b!.evaluate(() => window.interop.accept());
    return call;
  }

  /** Waits until both sides are as the condition wants it, and says how they were where they do not become so. */
  async until(condition: (look: Look, side: "caller" | "callee") => boolean): Promise<{ caller: Look; callee: Look }> {
    const deadline = Date.now() + waitMilliseconds;
    for (;;) {
      const looks = await this.look();
      if (condition(looks.caller, "caller") && condition(looks.callee, "callee")) return looks;
      const isOver = [looks.caller, looks.callee].some(({ state, errors }) => state === "ended" || errors.length > 0);
      if (isOver || Date.now() > deadline) {
        const text = JSON.stringify(looks, null, 1);
        throw new Error(`The call did not come to be as it was waited for (relay: ${this.relay.passed} passed). ${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
  }

  async look(): Promise<{ caller: Look; callee: Look }> {
    const [caller, callee] = await Promise.all(
      [this.caller, this.callee].map((page) => page.evaluate(() => window.interop.look())),
    );
    return { caller: caller!, callee: callee! };
  }

  async close(): Promise<void> {
    await Promise.all([this.caller, this.callee].map((page) => page.browserContext().close()));
    await this.relay.close();
  }

  /** The channel from one page to the other, with the relay's addresses in place of the page's own. */
  async #join(from: Page, to: Page): Promise<void> {
    await from.exposeFunction("interopSend", async (message: SignalMessage) => {
      const relayed = await this.#relayed(message);
      await to
        .evaluate((signal) => {
          window.interop.receive(signal);
        }, relayed)
        .catch(() => undefined);
    });
  }

  async #relayed(message: SignalMessage): Promise<SignalMessage> {
    if (message.type !== "candidates") return message;
    const candidates = await Promise.all(
      message.candidates.map(async (candidate) => {
        const text = candidate.candidate === "" ? "" : await this.relay.rewrite(candidate.candidate);
        return text === null ? [] : [{ ...candidate, candidate: text }];
      }),
    );
    return { ...message, candidates: candidates.flat() };
  }
}
