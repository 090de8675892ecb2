import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { connectHost } from "../../../src/hosts/bridge/connect-host.ts";
import { readMessage } from "../../../src/hosts/bridge/envelope.ts";
import { hostVerbs, pageVerbs } from "../../../src/hosts/bridge/verbs.ts";
import { HostedCall, parsed } from "../../support/hosts/hosted-call.ts";
import { WireEnd } from "../../support/hosts/wire.ts";
import { longIt } from "../../support/long-it.ts";

const marker = "do-not-repeat-me";
const verbs = [...Object.keys(hostVerbs), "ok", "error", "__proto__", "toString"];
const callId = "c3RvcmllcyBhbmQgdGVzdA";
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    marker,
    callId,
    true,
    -1,
    Infinity,
    "",
    null,
    [],
    {},
    "video",
    btoa("x".repeat(32)),
    { id: marker },
  ),
);
const names = fc.constantFrom(
  ...[
    "on",
    "media",
    "contact",
    "callId",
    "message",
    "theme",
    "iceServers",
    "hostSecret",
    "routes",
    "snapshot",
    "host",
  ],
  ...["page", "textSize", "lang", "active", "__proto__", "constructor", "length"],
);
const messages = fc.record(
  {
    v: fc.constantFrom<unknown>(1, 1, 1, 1, 2, "1", null),
    id: fc.oneof(fc.nat(), values),
    re: fc.oneof(fc.nat(), values),
    type: fc.oneof(fc.constantFrom(...verbs), fc.constantFrom(...verbs), fc.string()),
    data: fc.oneof(fc.dictionary(names, values), values),
  },
  { requiredKeys: ["v", "type"] },
);
/** Good JSON of bad messages, the same with characters changed, texts that are nothing, and what is no text. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: messages.map((message) => JSON.stringify(message)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(messages, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([message, at, other]) => {
        const text = JSON.stringify(message);
        return text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1);
      }),
  },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc
      .nat({ max: 50_000 })
      .map((depth) => '{"v":1,"type":"receive-signal","data":'.padEnd(depth, "[")),
  },
  { weight: 1, arbitrary: fc.anything() },
);

describe("anything at all", () => {
  for (const [register, texts] of [
    [it, 1000],
    [longIt, 10_000],
  ] as const)
    register(
      `is a message or a refusal, and neither throws nor takes long: ${String(texts)} texts`,
      () => {
        const started = performance.now();
        let longest = 0;
        const seen = { taken: 0, refused: 0 };
        fc.assert(
          fc.property(hostile, (text) => {
            const before = performance.now();
            const [message] = [readMessage(hostVerbs, text), readMessage(pageVerbs, text)];
            longest = Math.max(longest, performance.now() - before);
            seen[message.type === null ? "refused" : "taken"]++;
            if (message.type === null) expect(message.message).not.to.contain(marker);
          }),
          { numRuns: texts, endOnFailure: true },
        );
        expect(seen.taken).to.be.above(texts / 100);
        expect(seen.refused).to.be.above(texts / 10);
        // Not a measure of speed: one text that takes a second would be one that hangs.
        expect(longest).to.be.below(1000);
        expect(performance.now() - started).to.be.below(120_000);
      },
    );

  it("is answered by the page, which stays as it was and answers the next message: 2,000 texts", async () => {
    const hosted = await HostedCall.mount();
    const page = new WireEnd();
    const connection = connectHost(hosted.view, { transport: page });
    const { page: name } = parsed(page.posted[0]).data;
    page.hear(JSON.stringify({ v: 1, type: "hello", data: { host: "h", page: name } }));
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        page.hear(text);
        await Promise.resolve();
      }),
      { numRuns: 2000, endOnFailure: true },
    );
    page.hear(JSON.stringify({ v: 1, type: "hello", data: { host: "last", page: name } }));
    page.posted.length = 0;
    page.hear('{"v":1,"id":"last","type":"back-button"}');
    await Promise.resolve();
    await Promise.resolve();
    expect(parsed(page.posted.at(-1))).to.deep.equal({
      v: 1,
      re: "last",
      type: "ok",
      data: { handled: false },
    });
    connection.close();
    // The fuzz may have set the size of the page's text.
    document.documentElement.style.fontSize = "";
  });
});
