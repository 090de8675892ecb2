import type { Page } from "puppeteer-core";
import { describe, expect, it } from "vitest";
import type { Conversation } from "../../src/call/rules/text.ts";
import { skipsFirefox } from "../support/interop/browsers.ts";
import type { InteropCall } from "../support/interop/call.ts";
import { Stage } from "../support/interop/stage.ts";

const textIn = (page: Page) => page.evaluate(() => window.interop.conversation());
const write = (page: Page, line: string) =>
  page.evaluate((given) => window.interop.write(given), line);
const say = (page: Page, text: string) => page.evaluate((given) => window.interop.say(given), text);

/** Waits until the text in a page is so. */
async function untilText(
  page: Page,
  isSo: (conversation: Conversation) => boolean,
): Promise<Conversation> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const conversation = await textIn(page);
    if (conversation !== null && isSo(conversation)) return conversation;
    if (Date.now() > deadline)
      throw new Error(`The text did not become so: ${JSON.stringify(conversation)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const textsOf = ({ messages }: Conversation) => messages.map(({ from, text }) => [from, text]);

/** Both sides write, correct themselves and send. */
async function bothWrite({ caller, callee }: InteropCall): Promise<void> {
  await Promise.all([caller, callee].map((page) => untilText(page, (text) => text.isPossible)));
  await write(caller, "I cannot speak hear");
  await untilText(callee, ({ theirLine }) => theirLine === "I cannot speak hear");
  await write(caller, "I cannot speak here 👩‍👩‍👧");
  await untilText(callee, ({ theirLine }) => theirLine === "I cannot speak here 👩‍👩‍👧");
  await write(callee, "لا بأس");
  await untilText(caller, ({ theirLine }) => theirLine === "لا بأس");
  await say(caller, "I cannot speak here 👩‍👩‍👧");
  await untilText(callee, ({ messages, theirLine }) => messages.length === 1 && theirLine === "");
  await say(callee, "لا بأس\nWrite!");
  const seen = await untilText(caller, ({ messages }) => messages.length === 2);
  expect(textsOf(seen)).toEqual([
    ["local", "I cannot speak here 👩‍👩‍👧"],
    ["remote", "لا بأس\nWrite!"],
  ]);
}

describe("text in a call between two Chromium pages", () => {
  const stage = new Stage("chromium");

  it("comes through as it is typed and as messages, on hold too, and nobody else can read it", async () => {
    const carried: string[] = [];
    const call = await stage.connectedCall({ listen: (said) => carried.push(said) });
    const { caller, callee } = call;
    await bothWrite(call);

    await caller.evaluate(() => window.interop.hold(true));
    await say(caller, "said on hold");
    await untilText(callee, ({ messages }) => messages.at(-1)?.text === "said on hold");
    await caller.evaluate(() => window.interop.hold(false));

    // Every message of the data channel and of the host's channel went through the script's hands.
    const sealed = carried.filter((said) => said.includes('"type":"text"'));
    expect(sealed.length).toBeGreaterThan(6);
    for (const words of ["speak", "Write", "said on", "بأس"])
      expect(carried.join()).not.toContain(words);

    await caller.evaluate(() => window.interop.hangUp());
    await call.until(({ state }) => state === "ended").catch(() => undefined);
    for (const page of [caller, callee]) expect((await textIn(page))?.messages ?? []).toEqual([]);
  });

  it("comes through once there is a path again", { tags: "long" }, async () => {
    const carried: string[] = [];
    const call = await stage.connectedCall({ listen: (said) => carried.push(said) });
    const { caller, callee } = call;
    await bothWrite(call);
    call.relay.isCut = true;
    await call.until(({ state }) => state === "reconnecting");
    await say(caller, "said without a path");
    const waiting = await untilText(caller, ({ messages }) => messages.length === 3);
    expect(waiting.messages.at(-1)).toMatchObject({ isSent: false });
    call.relay.isCut = false;
    const seen = await untilText(callee, ({ messages }) => messages.length === 3);
    expect(textsOf(seen).slice(2)).toEqual([["remote", "said without a path"]]);
    await untilText(caller, ({ messages }) => messages.every(({ isSent }) => isSent));
    expect(carried.join()).not.toContain("said without");
  });
});

describe.skipIf(skipsFirefox)("text in a call between Chromium and Firefox", () => {
  const stage = new Stage("chromium", "firefox");

  it("comes through, where Chromium calls", { tags: "long" }, async () => {
    await bothWrite(await stage.connectedCall({ from: "chromium", to: "firefox" }));
  });

  it("comes through, where Firefox calls", { tags: "long" }, async () => {
    await bothWrite(await stage.connectedCall({ from: "firefox", to: "chromium" }));
  });
});
