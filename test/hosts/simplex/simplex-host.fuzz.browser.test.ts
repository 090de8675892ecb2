import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { CallPorts } from "../../../src/controller/ports.ts";
import { SimplexHost } from "../../../src/hosts/simplex/simplex-host.ts";
import type { SimplexReply } from "../../../src/hosts/simplex/messages.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { settled } from "../../support/virtual-clock.ts";
import { hostile } from "./hostile.ts";
import { packed, wireSamples, wireTypes } from "./wire.ts";
import { longIt } from "../../support/long-it.ts";

type Make = () => unknown;

/** Good commands, of which those that set a call up come as often as the others together. */
const good = fc.oneof(
  fc.constantFrom(...wireTypes.map((type) => wireSamples[type])),
  fc.constantFrom(
    wireSamples.capabilities,
    wireSamples.offer,
    wireSamples.start,
    wireSamples.answer,
    wireSamples.ice,
  ),
  fc.record({
    type: fc.constant("media"),
    source: fc.constantFrom("mic", "camera", "screenAudio", "screenVideo"),
    enable: fc.boolean(),
  }),
);
const odd = fc.constantFrom<unknown>(
  null,
  "",
  -1,
  "x".repeat(3000),
  "__proto__",
  [],
  {},
  packed([]),
  packed({ type: "offer" }),
);
const changed = fc
  .tuple(good, fc.nat(10), fc.oneof(odd, fc.jsonValue({ maxDepth: 2 })))
  .map(([command, at, value]) => {
    const names = Object.keys(command);
    return { ...command, [names[at % names.length]!]: value };
  });
const message = fc.oneof(
  {
    weight: 6,
    arbitrary: good.map((command): Make => () => ({ corrId: 1, command })),
  },
  {
    weight: 3,
    arbitrary: changed.map(
      (command): Make =>
        () =>
          JSON.stringify({ corrId: 2, command }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.string(), fc.json(), fc.anything()).map(
      (value): Make =>
        () =>
          value,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Make[]>(...Object.values(hostile)) },
);
/** Concurrent events: slow devices, a path that fails and recovers, and passing time. */
const happening = fc.constantFrom("settle", "fail", "connect", "lose", "wait", "settled");

/** Sections of a current page; an old version lacks the screen's. */
const sections = ["audio", "video", "audio", "video"].map((kind, mid) => ({
  ...{ mid: String(mid), kind, isRejected: false },
  direction: "sendrecv" as const,
}));

const commandsEach = 200;

describe("the page, given random, changed and hostile commands", () => {
  for (const [register, runs] of [
    [it, 20],
    [longIt, 100],
  ] as const)
    register(
      `replies to each of ${String(runs * commandsEach)} once, answers capabilities afterwards, and releases everything at the end`,
      async () => {
        const steps = fc.array(fc.tuple(message, fc.option(happening)), {
          minLength: commandsEach,
          maxLength: commandsEach,
        });
        const states = new Set<string>();
        let replies = 0;
        for (const [run, commands] of fc
          .sample(steps, { numRuns: runs, seed: 20_240_611 })
          .entries()) {
          const ports = new FakePorts();
          const isOld = run % 3 === 0;
          const make = ports.createConnection;
          const createConnection: CallPorts["createConnection"] = (...parameters) =>
            Object.assign(make(...parameters), { remoteSections: () => (isOld ? [] : sections) });
          ports.capture = run % 2 === 0 ? "at once" : "on request";
          const reported: SimplexReply[] = [];
          const host = new SimplexHost(
            (reply) => reported.push(JSON.parse(JSON.stringify(reply)) as SimplexReply),
            {},
            Object.assign(ports, { createConnection }),
          );
          const answered = () => reported.filter(isReply).length;
          for (const [make, beside] of commands) {
            host.processCommand(make());
            if (beside !== null) await happen(ports, beside);
            states.add(host.snapshot.state);
          }
          host.processCommand({ corrId: 1, command: { type: "end" } });
          await settled();
          // Nothing waits any more, and nothing was answered twice: the counts are equal.
          expect(answered()).to.equal(commandsEach + 1);
          expect(ports.connections.every(({ isClosed }) => isClosed)).to.equal(true);
          expect(ports.captures.every(({ isClosed }) => isClosed)).to.equal(true);
          ports.capture = "at once";
          host.processCommand({
            corrId: "last",
            command: { type: "capabilities", media: "audio" },
          });
          await settled();
          const last = reported
            .filter(({ corrId }) => corrId === "last")
            .map(({ resp }) => resp.type);
          expect(last).to.deep.equal(["capabilities"]);
          host.close();
          expect(ports.isAllReleased).to.equal(true);
          replies += answered();
        }
        expect(replies).to.equal(runs * (commandsEach + 2));
        // It is no use where no call ever came about.
        expect([...states]).to.include.members([
          "idle",
          "inviting",
          "connecting",
          "connected",
          "reconnecting",
          "ended",
        ]);
      },
    );

  it("goes on where the app's function throws", async () => {
    const ports = new FakePorts();
    const thrown: unknown[] = [];
    const catching = (event: ErrorEvent) => {
      thrown.push(event.error);
      event.preventDefault();
    };
    const runner = window.onerror;
    window.onerror = null;
    window.addEventListener("error", catching);
    let isShut = true;
    const reported: SimplexReply[] = [];
    const host = new SimplexHost(
      (reply) => {
        if (isShut) throw new Error("shut");
        reported.push(reply);
      },
      {},
      ports,
    );
    host.processCommand({ command: { type: "capabilities", media: "audio" } });
    host.processCommand("garbage");
    await settled();
    isShut = false;
    host.processCommand({ command: { type: "end" } });
    expect(reported.map(({ resp }) => resp.type)).to.deep.equal(["ok"]);
    expect(thrown.length).to.equal(2);
    window.removeEventListener("error", catching);
    window.onerror = runner;
    host.close();
  });
});

/** Everything but what a page says by itself. The `ok` with a made-up command, for an old version, has no number. */
function isReply({ resp, corrId }: SimplexReply): boolean {
  if (resp.type === "ok") return corrId !== undefined;
  return (
    resp.type === "error" ||
    resp.type === "capabilities" ||
    resp.type === "offer" ||
    resp.type === "answer"
  );
}

async function happen(ports: FakePorts, what: string): Promise<void> {
  const capture = ports.captures.at(-1);
  const connection = ports.connections.at(-1);
  switch (what) {
    case "settle":
      for (const device of ["microphone", "camera"] as const)
        if (capture?.isClosed === false) capture.settle(device, true);
      break;
    case "fail":
      ports.problems.set("camera", "permission-denied");
      if (capture?.isClosed === false) capture.settle("camera", true);
      ports.problems.clear();
      break;
    case "connect":
      await settled();
      if (connection?.isClosed === false) connection.listener.pathChanged("connected");
      break;
    case "lose":
      if (connection?.isClosed === false) connection.listener.pathChanged("disconnected");
      break;
    case "wait":
      await ports.clock.advance(400);
      break;
    case "settled":
      await settled();
      break;
  }
}
