import { expect } from "@open-wc/testing";
import { Side } from "../support/call-pair.ts";
import { asText } from "../support/attackers.ts";

/** One way, each message. Milliseconds. */
const delay = 15_000;

describe("a host's channel that takes 15 seconds each way", function () {
  this.timeout(120_000);

  it("delays the set-up by its own trips alone: the proof of the keys comes over the data channel, and waits for nothing", async () => {
    const [a, b] = [new Side(), new Side()];
    const arrived: string[] = [];
    for (const [from, to, name] of [
      [a, b, "ann"],
      [b, a, "bob"],
    ] as const) {
      from.source.subscribe((notice) => {
        if (notice.type !== "signal") return;
        setTimeout(() => {
          arrived.push(`${name} ${notice.message.type}`);
          to.source.receive(asText(notice.message), name);
        }, delay);
      });
    }
    await a.source.perform({ type: "start", media: "audio", to: "bob" });
    await b.untilState("incoming");
    await b.source.perform({ type: "accept", media: "audio" });
    await a.until(() => arrived.includes("bob accept"));
    const accepted = performance.now();
    const isRunning = ({ state, securityCode, protection }: Side["snapshot"]) =>
      state === "connected" && securityCode !== null && protection.since !== null;
    await Promise.all([a.until(isRunning), b.until(isRunning)]);
    const milliseconds = Math.round(performance.now() - accepted);
    console.log(`Connected, proved and heard ${milliseconds} ms after the answer was there.`);
    // The one that went through the host is still under way: nobody has waited for it.
    expect(a.sent.map(({ type }) => type)).to.include("confirm");
    expect(arrived).not.to.include("ann confirm");
    expect(a.snapshot.securityCode).to.deep.equal(b.snapshot.securityCode);
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    for (const { source } of [a, b]) source.close();
  });
});
