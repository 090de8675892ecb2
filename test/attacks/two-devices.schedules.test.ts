import { expect } from "@open-wc/testing";
import * as fc from "fast-check";
import type { CallEvent } from "../../src/call/events.ts";
import { transition } from "../../src/call/rules/transition.ts";
import { type CallModel, idleModel } from "../../src/call/state/model.ts";
import { type SignalMessage, toSignal } from "../../src/signalling/messages.ts";
import { on, say, settings } from "../support/call-script.ts";

type Name = "caller" | "phone" | "tablet";
const names: readonly Name[] = ["caller", "phone", "tablet"];
const deviceOf = (name: Name) => name.padEnd(21, "0") + "A";

/**
 * A caller and two devices of one person, with their rules only. Every task and message has its own duration. The host's
 * channel carries messages of both devices to the caller, and those of the caller to both.
 */
class World {
  readonly models: Record<Name, CallModel>;
  readonly sent: SignalMessage[] = [];
  readonly #delays: readonly number[];
  readonly #queue: { readonly at: number; readonly name: Name; readonly event: CallEvent }[] = [];
  #now = 1_000_000;
  #used = 0;
  /** The device whose answer the caller has applied. */
  #answered: string | undefined;

  constructor(delays: readonly number[]) {
    this.#delays = delays;
    const idle = (name: Name) => idleModel({ ...settings, device: deviceOf(name) });
    this.models = { caller: idle("caller"), phone: idle("phone"), tablet: idle("tablet") };
    for (const event of [say.start(), say.offerReady, say.device("microphone", on)])
      this.#after(0, "caller", event);
  }

  run(): void {
    for (let steps = 0; this.#queue.length > 0 && steps < 2000; steps++) {
      this.#queue.sort((one, other) => one.at - other.at);
      const { at, name, event } = this.#queue.shift()!;
      this.#now = at;
      const before = this.models[name];
      const [model, effects] = transition(before, event, at);
      this.models[name] = model;
      if (before.state === "idle" && model.state === "incoming")
        this.#after(this.#delay(), name, { type: "accept", media: "audio" });
      for (const effect of effects) {
        if (effect.type === "send") this.#send(name, toMessage(model, name, effect));
        if (effect.type === "answer") this.#after(this.#delay(), name, say.answerReady());
        if (effect.type === "apply-answer") {
          this.#answered = effect.accept.device;
          this.#after(this.#delay(), name, say.answerVerified);
          this.#after(this.#delay(), name, say.path("connected"));
          const chosen = names.find((each) => deviceOf(each) === this.#answered)!;
          this.#after(this.#delay(), chosen, say.path("connected"));
        }
        if (effect.type === "check-confirm") {
          const isMine = deviceOf(name) === this.#answered;
          const failed: CallEvent = { type: "failed", code: "insecure" };
          this.#after(this.#delay(), name, isMine ? say.confirmed : failed);
        }
      }
    }
  }

  #send(from: Name, message: SignalMessage): void {
    this.sent.push(message);
    const to: readonly Name[] = from === "caller" ? ["phone", "tablet"] : ["caller"];
    for (const name of to) this.#after(this.#delay(), name, say.signal(message));
  }

  #after(milliseconds: number, name: Name, event: CallEvent): void {
    this.#queue.push({ at: this.#now + milliseconds, name, event });
  }

  #delay(): number {
    return this.#delays[this.#used++ % this.#delays.length] ?? 0;
  }
}

function toMessage(
  model: CallModel,
  name: Name,
  { seq, body }: Extract<ReturnType<typeof transition>[1][number], { type: "send" }>,
): SignalMessage {
  const to = model.exchange.peer?.id;
  const devices = { device: deviceOf(name), ...(to && { to }) };
  return toSignal(model.identity.callId, seq, body, devices);
}

describe("two devices of one person that accept, in any order of everything", () => {
  it("leave one good call, and the other one is answered elsewhere, without a word", () => {
    const delays = fc.array(fc.nat({ max: 2000 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(delays, (times) => {
        const world = new World(times);
        world.run();
        const { caller, phone, tablet } = world.models;
        expect(caller.state).to.equal("connected");
        const states = [phone, tablet].map(({ state }) => state).sort();
        expect(states).to.deep.equal(["connected", "ended"]);
        const loser = phone.state === "ended" ? phone : tablet;
        expect(loser.ending).to.deep.equal({
          ...{ reason: "answered-elsewhere", by: "none", problem: null },
        });
        expect(loser.record?.outcome).to.equal("answered-elsewhere");
        expect(world.sent.filter(({ type }) => type === "end")).to.deep.equal([]);
        expect(caller.exchange.peer?.id).to.equal(
          deviceOf(phone.state === "connected" ? "phone" : "tablet"),
        );
      }),
      { seed: 17, numRuns: 100 },
    );
  });
});
