import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// The globals of the page.
import type {} from "../../src/pages/simplex-page.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { builtPages, PageWatch } from "../support/interop/simplex-pages.ts";

/** How many commands. The page of its source gets some thousand in `npm test`. */
const amounts = [10_000, 100_000];

/** Sends messages of a hostile app. Runs in the page, so that a hundred thousand messages need not cross to it. */
async function fuzz(
  count: number,
  seed: number,
): Promise<{ replies: number; unanswered: number; strays: string[] }> {
  // Mulberry32: the same commands in every run.
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const text = () =>
    String.fromCharCode(
      ...Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 0x250)),
    );
  const key = `${"A".repeat(42)}8=`;
  // Of an empty list, and of `{"type":"offer","sdp":"v=0\r\n"}`.
  const packed = ["NoXSA===", "N4IgLglmA2CmIC4QDMD2AnAhgYzAZxABoQEAHPBEAN1QEYBdIA=", "Q===", ""];
  const hostile: readonly (() => unknown)[] = [
    () => null,
    () => random(),
    () => text(),
    () => [],
    () => ({ toString: text() }),
    () => "x".repeat(2000),
    () => JSON.parse('{"__proto__":{"type":"end"}}') as unknown,
    () => Number.NaN,
    () => [[[[[[[[[[[]]]]]]]]]]],
  ];
  const value = (usual: () => unknown) => (random() < 0.25 ? pick(hostile)() : usual());
  const setUp = () => ({
    media: value(() => pick(["audio", "video"])),
    aesKey: value(() => pick([key, undefined])),
    iceServers: value(() =>
      pick([undefined, [], [{ urls: "stun:192.0.2.1" }], [{ urls: text() }]]),
    ),
    relay: value(() => pick([true, false, undefined])),
  });
  const kinds: readonly (() => Record<string, unknown>)[] = [
    () => ({
      type: "answer",
      answer: value(() => pick(packed)),
      iceCandidates: value(() => pick(packed)),
    }),
    () => ({ type: "ice", iceCandidates: value(() => pick(packed)) }),
    () => ({
      type: "media",
      source: value(() => pick(["mic", "camera", "screenAudio", "screenVideo"])),
      enable: value(() => true),
    }),
    () => ({ type: "camera", camera: value(() => pick(["user", "environment"])) }),
    () => ({ type: "description", state: value(text), description: value(text) }),
    () => ({ type: "layout", layout: value(() => pick(["default", "localVideo", "remoteVideo"])) }),
    () => ({ type: "permission", title: value(text), chrome: value(text), safari: value(text) }),
    () => ({ type: text() }),
    () => ({
      type: "offer",
      offer: value(() => pick(packed)),
      iceCandidates: value(() => pick(packed)),
      ...setUp(),
    }),
  ];
  // These make and end calls, each with devices and a connection of its own: one command in two hundred.
  const calls: readonly (() => Record<string, unknown>)[] = [
    () => ({ type: "capabilities", media: pick(["audio", "video"]) }),
    () => ({ type: "start", ...setUp() }),
    () => ({ type: "end" }),
  ];
  const waiting = new Set<number>();
  let replies = 0;
  /** Replies without a command. */
  const strays: string[] = [];
  globalThis.sendMessageToNative = (message) => {
    if (message.command === undefined && message.resp.type !== "error") return;
    replies += 1;
    if (typeof message.corrId !== "number" || !waiting.delete(message.corrId))
      strays.push(JSON.stringify(message));
  };
  for (let id = 0; id < count; id++) {
    const command =
      random() < 0.05 ? pick(hostile)() : random() < 0.005 ? pick(calls)() : pick(kinds)();
    const message = { corrId: id, command };
    waiting.add(id);
    processCommand(random() < 0.5 ? JSON.stringify(message) : message);
    if (id % 500 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  waiting.add(count);
  processCommand({ corrId: count, command: { type: "end" } });
  while (waiting.size > 0 && replies < 2 * count) {
    const before = waiting.size;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    if (waiting.size === before) break;
  }
  return { replies, unanswered: waiting.size, strays };
}

describe("the built Android page", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    page = await browser.newPage();
  });

  afterAll(() => browser.close());

  for (const commands of amounts)
    it(
      `answers each of ${commands.toLocaleString("en")} hostile commands once, and goes on answering`,
      { tags: "long" },
      async () => {
        const watch = new PageWatch(page);
        await page.goto(builtPages.fileUrl("android"));
        const { replies, unanswered, strays } = await page.evaluate(fuzz, commands, 20_261_122);
        expect(strays).toEqual([]);
        expect(unanswered).toBe(0);
        expect(replies).toBe(commands + 1);
        const answer = await page.evaluate(
          () =>
            new Promise<string>((resolve) => {
              sendMessageToNative = ({ resp }) => {
                resolve(resp.type);
              };
              processCommand({ command: { type: "capabilities", media: "audio" } });
            }),
        );
        expect(answer).toBe("capabilities");
        expect(watch.problems).toEqual([]);
      },
    );
});
