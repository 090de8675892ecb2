import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { hostile } from "../hosts/simplex/hostile.ts";
import { packed, sdp, wireSamples, wireTypes } from "../hosts/simplex/wire.ts";
import { appPair, connect, decodesMore } from "../support/simplex/pair.ts";
import { ownPage } from "../support/simplex/page-channels.ts";
import type { OpenPage } from "../support/simplex/page-channels.ts";
import { drawnPageDevices, kitPage } from "../support/simplex-kit.ts";
import { longIt } from "../support/long-it.ts";

type Make = () => unknown;

const corrId = "fuzz";

/** Every command that is good, but those that would rightly end the call: `end`, and the beginning of another. */
const harmless = wireTypes.filter(
  (type) => type !== "end" && type !== "start" && type !== "capabilities",
);
const switches = fc.record({
  type: fc.constant("media"),
  source: fc.constantFrom("mic", "camera", "screenAudio", "screenVideo"),
  enable: fc.boolean(),
});
const descriptions = fc.constantFrom(
  sdp,
  sdp.replaceAll("a=mid:1", "a=mid:0"),
  sdp.replace("a=group:BUNDLE 0 1 2 3", "a=group:BUNDLE 9"),
  "v=0\r\n",
);
const negotiations = fc.oneof(
  descriptions.map((text) => ({
    ...wireSamples.offer,
    offer: packed({ type: "offer", sdp: text }),
  })),
  descriptions.map((text) => ({
    ...wireSamples.answer,
    answer: packed({ type: "answer", sdp: text }),
  })),
  fc.string({ maxLength: 200 }).map((text) => ({ type: "ice", iceCandidates: text })),
  fc.constantFrom("0", "1", "7", "").map((sdpMid) => ({
    type: "ice",
    iceCandidates: packed([
      { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid, sdpMLineIndex: 0 },
    ]),
  })),
);
const good = fc.oneof(
  fc.constantFrom(...harmless.map((type) => wireSamples[type])),
  switches,
  negotiations,
);
/** A field of the wrong kind. A name that stays is no legal command any more. */
const broken = fc
  .tuple(
    fc.constantFrom(...wireTypes.filter((type) => type !== "end").map((type) => wireSamples[type])),
    fc.nat(9),
  )
  .map(([command, at]) => {
    const names = Object.keys(command).filter((name) => name !== "type");
    return { ...command, [names[at % names.length]!]: { odd: [null] } };
  });
const message = fc.oneof(
  {
    weight: 5,
    arbitrary: good.map((command): Make => () => ({ corrId, command })),
  },
  {
    weight: 3,
    arbitrary: broken.map(
      (command): Make =>
        () =>
          JSON.stringify({ corrId, command }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.string(), fc.anything()).map(
      (value): Make =>
        () =>
          value,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Make[]>(...Object.values(hostile)) },
);

describe("a call of the kit's page with SimpleX's, under 1,500 commands that are odd, hostile or out of place", () => {
  longIt("goes on, and every command has its one reply", async () => {
    const kit = kitPage();
    let replies = 0;
    const open: OpenPage = (events) =>
      kit.open({
        ...events,
        receive(reported) {
          const {
            corrId: number,
            command,
            resp,
          } = reported as { corrId?: unknown; command?: unknown; resp: { type: string } };
          // An unreadable message has no number and no command.
          if (number === corrId || (resp.type === "error" && command === undefined)) replies++;
          // The app's own commands have no number: nothing else is for it.
          if (number === undefined && resp.type !== "error") events.receive(reported);
        },
      });
    const page = ownPage({ devices: drawnPageDevices() });
    const pair = await appPair(open, page.open);
    await connect(pair, "video");
    await Promise.all([kit.decodesMore("camera"), decodesMore(page.page, "camera")]);
    const connection = kit.sight.peer;
    const commands = fc.sample(message, { numRuns: 1500, seed: 20_240_611 });
    for (const [at, make] of commands.entries()) {
      kit.host.processCommand(make());
      // As they come in life: one after another, while the call goes on.
      if (at % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const source of ["mic", "camera"]) {
      kit.host.processCommand({ corrId, command: { type: "media", source, enable: true } });
    }
    while (replies < commands.length + 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(replies).to.equal(commands.length + 2);
    expect(kit.host.snapshot.state).to.equal("connected");
    expect(kit.sight.peer === connection).to.equal(true);
    await Promise.all([kit.decodesMore("camera"), kit.decodesMore("mic")]);
    await Promise.all([decodesMore(page.page, "camera"), decodesMore(page.page, "mic")]);
    expect(
      pair.a.received.some(({ resp }) => resp.type === "end" || resp.type === "ended"),
    ).to.equal(false);
    expect([...pair.a.violations, ...pair.b.violations]).to.deep.equal([]);
    pair.close();
  });
});
