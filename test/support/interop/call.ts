import type { Browser, Page } from "puppeteer-core";
import type { SignalMessage } from "../../../src/signalling/messages.ts";
import type { Look, PageOptions } from "./side.ts";
import { UdpRelay } from "./udp-relay.ts";
import type { RelayOptions } from "./udp-relay.ts";

/** Options of a call between two browsers. */
export interface InteropOptions {
  /** The folder of the pages, as the dev server serves it. */
  readonly address: string;
  readonly caller: Browser;
  readonly callee: Browser;
  /** The codec of the picture that both sides put first. */
  readonly codec: string;
  readonly network: RelayOptions;
  /** `true` if the pictures of both sides cost bits. */
  readonly isBusy?: boolean;
  /** More of the pages' addresses, as `side.ts` says. */
  readonly wishes?: Partial<Record<"caller" | "callee", string>>;
  /** Options of the hosts. */
  readonly options?: Partial<Record<"caller" | "callee", PageOptions>>;
  /** `true` if candidates are left as they are: for calls that go another way than through the relay. */
  readonly isDirect?: boolean;
  /** Sees every message, and the text of everything that the pages say on the data channel. */
  readonly listen?: (said: string, by: "caller" | "callee", channel: "host" | "control") => void;
  /** Hears every packet of the call. */
  readonly hearPacket?: (packet: Buffer) => void;
  /** Runs while it rings at the callee. */
  readonly whileRinging?: (call: InteropCall) => Promise<void>;
}

const waitMilliseconds = 45_000;
const lookMilliseconds = 250;

/** One call between two browsers. Its media goes through a relay, and nothing of it can go another way. */
export class InteropCall {
  readonly caller: Page;
  readonly callee: Page;
  readonly relay: UdpRelay;
  /** `true` if the hosts' channel loses everything. */
  isSignallingDead = false;
  readonly #options: InteropOptions;
  #isClosed = false;

  private constructor(caller: Page, callee: Page, relay: UdpRelay, options: InteropOptions) {
    this.caller = caller;
    this.callee = callee;
    this.relay = relay;
    this.#options = options;
  }

  static async make(all: InteropOptions): Promise<InteropCall> {
    const { address, caller, callee, codec, network, options, isBusy = false, wishes = {} } = all;
    const relay = new UdpRelay(network);
    if (all.hearPacket) relay.hear = all.hearPacket;
    // Contexts, not tabs: each has a window of its own, and none is in the background.
    const [a, b] = await Promise.all(
      [caller, callee].map(async (browser) => (await browser.createBrowserContext()).newPage()),
    );
    const call = new InteropCall(a!, b!, relay, all);
    await Promise.all([call.#join(a!, b!, "caller"), call.#join(b!, a!, "callee")]);
    await Promise.all(
      (
        [
          [a, wishes.caller],
          [b, wishes.callee],
        ] as const
      ).map(([page, more = ""]) =>
        page!.goto(
          `${address}side.html?codec=${encodeURIComponent(codec)}${isBusy ? "&busy" : ""}${more}`,
        ),
      ),
    );
    await Promise.all([a, b].map((page) => page!.waitForFunction(() => "interop" in window)));
    for (const [page, own] of [
      [a!, options?.caller],
      [b!, options?.callee],
    ] as const)
      if (own !== undefined) await page.evaluate((given) => window.interop.configure(given), own);
    await a!.evaluate(() => window.interop.call());
    await call.until(({ state }, side) => side === "caller" || state === "incoming");
    await all.whileRinging?.(call);
    await b!.evaluate(() => window.interop.accept());
    return call;
  }

  /** Waits until both sides are as the condition wants it, and says how they were where they do not become so. */
  async until(
    condition: (look: Look, side: "caller" | "callee") => boolean,
    milliseconds = waitMilliseconds,
  ): Promise<{ caller: Look; callee: Look }> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const looks = await this.look();
      // Both are asked each time: a condition may note what it sees.
      if ([condition(looks.caller, "caller"), condition(looks.callee, "callee")].every(Boolean))
        return looks;
      const isOver = [looks.caller, looks.callee].some(
        ({ state, errors }) => state === "ended" || errors.length > 0,
      );
      if (isOver || Date.now() > deadline) {
        const text = JSON.stringify(looks, null, 1);
        throw new Error(
          `The call did not come to be as it was waited for (relay: ${this.relay.passed} passed). ${text}`,
        );
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
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([this.caller, this.callee].map((page) => page.browserContext().close()));
    await this.relay.close();
  }

  /** The channel from one page to the other, with the relay's addresses in place of the page's own. */
  async #join(from: Page, to: Page, side: "caller" | "callee"): Promise<void> {
    const { listen } = this.#options;
    await from.exposeFunction("interopSend", async (message: SignalMessage) => {
      listen?.(JSON.stringify(message), side, "host");
      const relayed = await this.#relayed(message, side);
      if (this.isSignallingDead) return;
      await to
        .evaluate((signal) => {
          window.interop.receive(signal);
        }, relayed)
        .catch(() => undefined);
    });
    // Candidates of a new path also go over the data channel, where nobody else could rewrite them.
    await from.exposeFunction("interopRelayed", async (text: string) => {
      listen?.(text, side, "control");
      return JSON.stringify(await this.#relayed(JSON.parse(text) as SignalMessage, side));
    });
  }

  async #relayed(message: SignalMessage, side: "caller" | "callee"): Promise<SignalMessage> {
    return this.#options.isDirect ? message : relayed(this.relay, message, side);
  }
}

/** The message as the other side may see it: with the relay's addresses in place of its sender's own. */
export async function relayed(
  relay: UdpRelay,
  message: SignalMessage,
  side: string,
): Promise<SignalMessage> {
  if (message.type !== "candidates") return message;
  const candidates = await Promise.all(
    message.candidates.map(async (candidate) => {
      const text = candidate.candidate === "" ? "" : await relay.rewrite(candidate.candidate, side);
      return text === null ? [] : [{ ...candidate, candidate: text }];
    }),
  );
  return { ...message, candidates: candidates.flat() };
}
