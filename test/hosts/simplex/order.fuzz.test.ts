import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { CommandId, SessionEvent } from "../../../src/hosts/simplex/session.ts";
import {
  code,
  commands,
  commandTypes,
  confirm,
  found,
  kitPeer,
  oldPeer,
  Script,
  simplexPeer,
} from "./order-script.ts";
import { sdp } from "./wire.ts";

type Happening = Exclude<SessionEvent, { type: "command" }>;

const traits = fc.constantFrom(simplexPeer, kitPeer, oldPeer);
const flag = fc.boolean();
const device = fc.constantFrom("microphone" as const, "camera" as const, "screen" as const);

/** Every event that the resources of a call, a person or another kit may bring, at any time. */
const event: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    type: fc.constant("described" as const),
    sdp: fc.constant(sdp),
    traits: fc.option(traits),
  }),
  fc.record({
    type: fc.constant("answered" as const),
    traits,
    confirm: fc.option(fc.constant(confirm)),
    code: fc.option(fc.constant(code)),
  }),
  fc.record({
    type: fc.constant("refused" as const),
    reason: fc.constant("refused"),
    isFatal: flag,
  }),
  fc.record({
    type: fc.constant("tick" as const),
    name: fc.constantFrom(
      ...(["candidates", "devices", "batch", "unconnected", "report", "poll"] as const),
    ),
  }),
  fc.record({ type: fc.constant("pair-read" as const), pair: fc.constant(null) }),
  fc.record({
    type: fc.constant("polled" as const),
    bytes: fc.array(fc.option(fc.nat(1000)), { minLength: 4, maxLength: 4 }),
    isEarly: flag,
  }),
  fc.record({
    type: fc.constant("candidates-found" as const),
    candidates: fc.constantFrom([], found),
    end: flag,
  }),
  fc.record({
    type: fc.constant("device-changed" as const),
    device,
    status: fc.constantFrom(
      { state: "off" as const, problem: null },
      { state: "starting" as const, problem: null },
      { state: "on" as const, problem: null },
      { state: "failed" as const, problem: "permission-denied" as const },
    ),
    facing: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("path-changed" as const),
    path: fc.constantFrom(
      ...(["new", "connecting", "connected", "disconnected", "failed"] as const),
    ),
  }),
  fc.record({
    type: fc.constant("frame-opened" as const),
    track: fc.constantFrom(...([0, 1, 2, 3] as const)),
  }),
  fc.record({ type: fc.constant("set-device" as const), device, on: flag }),
  fc.record({
    type: fc.constant("timer" as const),
    name: fc.constantFrom(...(["reconnect", "restart"] as const)),
  }),
  fc.constantFrom<Happening>(
    { type: "control-opened" },
    { type: "network-changed" },
    { type: "flip-camera" },
    { type: "control", message: { type: "media", microphone: true, camera: false, screen: true } },
    { type: "control", message: { type: "confirm", ...confirm } },
    { type: "control", message: { type: "restart", attempt: 1, offer: sdp } },
    { type: "control", message: { type: "candidates", candidates: found } },
    { type: "restart-ready", message: { type: "restart", attempt: 1, offer: sdp } },
  ),
);

/** Events that end a call: rare, so that most of the 200 steps belong to a running call. */
const ending = fc.constantFrom<Happening>(
  { type: "hang-up" },
  { type: "failed", code: "encryption-lost" },
  { type: "control", message: { type: "end", reason: "hung-up" } },
);

const command = fc.oneof(
  fc.constantFrom(...commandTypes.filter((type) => type !== "end")).map((type) => commands[type]),
  fc.record({
    type: fc.constant("media" as const),
    source: fc.constantFrom(...(["mic", "camera", "screenAudio", "screenVideo"] as const)),
    enable: flag,
  }),
  fc.constantFrom({ ...commands.start, aesKey: null }, { ...commands.offer, aesKey: null }),
);

const step = fc.oneof(
  { weight: 100, arbitrary: command },
  { weight: 100, arbitrary: event.map((happening) => ({ happening })) },
  { weight: 1, arbitrary: ending.map((happening) => ({ happening })) },
  { weight: 1, arbitrary: fc.constant(commands.end) },
);

describe("any 200 commands and events, in any order", () => {
  it("throw nothing, answer each command once, and do nothing for a call that is over", () => {
    const reached = new Map<string, number>();
    const property = fc.property(
      fc.constantFrom("caller" as const, "callee" as const),
      flag,
      fc.array(step, { minLength: 200, maxLength: 200 }),
      (role, requireKey, steps) => {
        const script = new Script(role, { requireKey });
        const answered = new Set<CommandId>();
        let asked = 0;
        let ends = 0;
        const take = (one: (typeof steps)[number]) => {
          const wasOver = script.session.call.state === "ended";
          const id = "happening" in one ? null : asked++;
          const effects = script.happen(
            "happening" in one ? one.happening : { type: "command", id: id!, command: one },
          );
          script.now += 100;
          for (const effect of effects) {
            if (effect.type === "reply") {
              if (answered.has(effect.id))
                throw new Error(`command ${effect.id} is answered twice`);
              if (effect.id >= asked) throw new Error("an answer to nobody");
              answered.add(effect.id);
            } else if (wasOver) throw new Error(`${effect.type} after the end`);
            if (
              effect.type === "tell" &&
              (effect.resp.type === "end" || effect.resp.type === "ended")
            )
              ends++;
            if (effect.type === "send-control" && script.session.peer !== "kit")
              throw new Error("said to no kit");
          }
          if (ends > 1) throw new Error("the end is reported twice");
          reached.set(script.session.call.state, (reached.get(script.session.call.state) ?? 0) + 1);
        };
        for (const one of steps) take(one);
        take(commands.end);
        if (answered.size !== asked)
          throw new Error(`${asked - answered.size} commands have no answer`);
      },
    );
    fc.assert(property, { numRuns: 400, seed: 20_240_611 });
    // It is no use where nearly every call is over at once, or none ever connects.
    expect([...reached.keys()]).to.include.members([
      "inviting",
      "connecting",
      "connected",
      "reconnecting",
      "ended",
    ]);
    expect(reached.get("connected")).to.be.greaterThan(1000);
  });
});
