import { expect } from "@open-wc/testing";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { Side } from "../support/call-pair.ts";
import { brightSamples, decodedPicture } from "../support/playback.ts";
import { longIt } from "../support/long-it.ts";

type Name = "ann" | "bob" | "cem";

/**
 * People with one view each and a channel between every two of them. The host knows the contact of each call and the sender of
 * each message.
 */
class People {
  readonly sides: Record<Name, Side>;
  readonly #routes = new Map<string, readonly [Name, Name]>();

  constructor(options: Partial<CallOptions> = {}) {
    this.sides = { ann: new Side(options), bob: new Side(options), cem: new Side(options) };
    for (const name of Object.keys(this.sides) as Name[]) this.#connect(name);
  }

  /** The same person in a page that was loaded anew: nobody closes the old one, it just is not heard any more. */
  reload(name: Name): { readonly old: Side; readonly fresh: Side } {
    const old = this.sides[name];
    const fresh = new Side();
    this.sides[name] = fresh;
    this.#connect(name);
    return { old, fresh };
  }

  /** Whom a call that somebody is about to make goes to. */
  readonly dials: Partial<Record<Name, Name>> = {};

  close(): void {
    for (const side of Object.values(this.sides)) side.source.close();
  }

  #connect(name: Name): void {
    const side = this.sides[name];
    side.source.subscribe((notice) => {
      if (notice.type === "signal" && this.sides[name] === side) this.#carry(name, notice.message);
    });
  }

  #carry(from: Name, message: SignalMessage): void {
    const dialled = this.dials[from];
    if (message.type === "invite" && dialled !== undefined)
      this.#routes.set(message.callId, [from, dialled]);
    const to = this.#routes.get(message.callId)?.find((name) => name !== from);
    if (to !== undefined)
      setTimeout(() => this.sides[to].source.receive(JSON.parse(JSON.stringify(message)), from));
  }
}

const isRunning = (side: Side) =>
  side
    .until(({ state, protection }) => state === "connected" && protection.since !== null)
    .then(() => undefined);

describe("three people and two calls", () => {
  let people: People;

  beforeEach(() => {
    people = new People();
    people.dials.ann = "bob";
    people.dials.cem = "ann";
  });

  afterEach(() => {
    people.close();
  });

  async function annCallsBob(media: "audio" | "video"): Promise<void> {
    const { ann, bob } = people.sides;
    await ann.source.perform({ type: "start", media, to: "bob" });
    await bob.untilState("incoming");
    await bob.source.perform({ type: "accept", media });
    await Promise.all([isRunning(ann), isRunning(bob)]);
  }

  longIt(
    "hold and swap: what is on hold sends no picture, plays nothing and stays connected, and comes back with both",
    async () => {
      const { ann, bob, cem } = people.sides;
      await annCallsBob("video");
      const first = ann.snapshot.callId!;
      await bob.until(() => bob.source.tracks.remoteCamera !== null);
      const camera = ann.source.tracks.localCamera!;

      await cem.source.perform({ type: "start", media: "audio", to: "ann" });
      await ann.until(() => ann.source.others.length === 1);
      const second = cem.snapshot.callId!;
      expect(ann.snapshot.callId).to.equal(first);
      await ann.source.perform({
        type: "accept-waiting",
        callId: second,
        media: "audio",
        active: "hold",
      });
      await Promise.all([isRunning(ann), isRunning(cem)]);
      expect([
        ann.snapshot.callId,
        ann.source.others.map(({ callId, held }) => [callId, held.local]),
      ]).to.deep.equal([second, [[first, true]]]);

      // The light is out, and the other side knows why.
      expect(camera.readyState).to.equal("ended");
      await bob.until(({ held }) => held.remote);
      await bob.until(({ remote }) => !remote.camera && !remote.microphone);
      expect([bob.snapshot.state, bob.source.tracks.remoteCamera === null]).to.deep.equal([
        "connected",
        true,
      ]);
      await brightSamples(ann.source.tracks.remoteMicrophone!);

      await ann.source.perform({ type: "swap", callId: first });
      expect([ann.snapshot.callId, ann.snapshot.local.camera.state]).to.deep.equal([first, "on"]);
      await cem.until(({ held }) => held.remote);
      await bob.until(({ held }) => !held.remote);
      await bob.until(() => bob.source.tracks.remoteCamera !== null);
      await decodedPicture(bob.source.tracks.remoteCamera!, 3);
      await brightSamples(bob.source.tracks.remoteMicrophone!);
      await ann.until(() => ann.source.tracks.remoteCamera !== null);
      await decodedPicture(ann.source.tracks.remoteCamera!, 2);

      await ann.source.perform({ type: "hang-up" });
      await bob.untilState("ended");
      expect([ann.snapshot.callId, ann.snapshot.held.local]).to.deep.equal([second, true]);
      await ann.source.perform({ type: "resume" });
      await cem.until(({ held, remote }) => !held.remote && remote.microphone);
      await brightSamples(cem.source.tracks.remoteMicrophone!);
      await cem.source.perform({ type: "hang-up" });
      await ann.untilState("ended");
      expect(ann.records.map(({ callId, outcome }) => [callId, outcome])).to.deep.equal([
        [first, "completed"],
        [second, "completed"],
      ]);
      expect([...ann.errors, ...bob.errors, ...cem.errors]).to.deep.equal([]);
    },
  );

  it("end one to take the other: the first one is notified, and every device of it is released", async () => {
    const { ann, bob, cem } = people.sides;
    await annCallsBob("video");
    const camera = ann.source.tracks.localCamera!;
    await cem.source.perform({ type: "start", media: "audio", to: "ann" });
    await ann.until(() => ann.source.others.length === 1);
    const callId = cem.snapshot.callId!;
    await ann.source.perform({ type: "accept-waiting", callId, media: "audio", active: "end" });
    await Promise.all([bob.untilState("ended"), isRunning(ann), isRunning(cem)]);
    expect([camera.readyState, ann.source.others.length, bob.records[0]?.outcome]).to.deep.equal([
      "ended",
      0,
      "completed",
    ]);
  });

  it("go on after a page was reloaded: the call is there again without a ring, with its clock", async () => {
    const { bob } = people.sides;
    await annCallsBob("audio");
    const { callId, connectedAt } = people.sides.ann.snapshot;
    const last: unknown = JSON.parse(JSON.stringify(people.sides.ann.snapshot));
    await bob.untilText((text) => text.isPossible);
    bob.source.text?.sendMessage("Are you there?");
    const { old, fresh } = people.reload("ann");
    await fresh.source.perform({ type: "resume-call", last, to: "bob" });
    await Promise.all([
      isRunning(fresh),
      bob.until((now) => now.callId !== callId && now.protection.since !== null),
    ]);
    expect(fresh.snapshot).to.include({ connectedAt, reconnections: 1 });
    expect(bob.snapshot).to.include({
      callId: fresh.snapshot.callId,
      reconnections: 1,
      state: "connected",
    });
    expect([
      bob.records,
      bob.notices.filter(({ type }) => type === "incoming").length,
    ]).to.deep.equal([[], 1]);
    await brightSamples(bob.source.tracks.remoteMicrophone!);
    // Each call has keys of its own for its text. Who stayed still has what was written.
    await fresh.untilText((text) => text.isPossible);
    fresh.source.text?.sendMessage("I am back");
    const kept = await bob.untilText(({ messages }) => messages.length === 2);
    expect(kept.messages.map(({ from, text }) => [from, text])).to.deep.equal([
      ["local", "Are you there?"],
      ["remote", "I am back"],
    ]);
    await fresh.source.perform({ type: "hang-up" });
    await bob.untilState("ended");
    expect(bob.records.map(({ outcome, reconnections }) => [outcome, reconnections])).to.deep.equal(
      [["completed", 1]],
    );
    old.source.close();
  });

  it("end at once on the other side after a page was reloaded, where its person does not take the call up again", async () => {
    const { bob } = people.sides;
    await annCallsBob("audio");
    const last: unknown = JSON.parse(JSON.stringify(people.sides.ann.snapshot));
    const { old, fresh } = people.reload("ann");
    await fresh.source.perform({ type: "leave-call", last });
    await bob.untilState("ended");
    expect(bob.records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
    expect([...bob.errors, ...fresh.errors]).to.deep.equal([]);
    old.source.close();
  });
});
