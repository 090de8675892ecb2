import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import type { SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { watchCounters } from "../../src/controller/counters.ts";
import type { CallEvent } from "../../src/call/events.ts";
import type { CipherPort, ConnectionPort } from "../../src/controller/ports.ts";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import { limited, NoAnswer } from "../../src/media/limited.ts";
import { TonePlayer } from "../../src/media/sound/tone-player.ts";
import { parseSignal } from "../../src/signalling/codec.ts";
import { parseControl } from "../../src/signalling/control.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { signal } from "../support/signals.ts";
import { settled, VirtualClock } from "../support/virtual-clock.ts";

/* Engines have slow statistics, delayed pictures, and candidates of unknown types. None of this may end a call. */

describe("counters that take their time", () => {
  /** A connection and a cipher that answer after so long. Milliseconds. */
  function watched(engine: number, worker: number) {
    const clock = new VirtualClock();
    const after = <T>(milliseconds: number, value: T): Promise<T> =>
      new Promise((resolve) => clock.setTimer(milliseconds, () => resolve(value)));
    let asked = 0;
    const connection = {
      measure: () => {
        asked += 1;
        return after(engine, { counts: [], relayed: null, searching: false });
      },
      quality: () => after(engine, {}),
    } as unknown as ConnectionPort;
    const cipher = { counts: () => after(worker, []) } as unknown as CipherPort;
    const events: CallEvent[] = [];
    const stop = watchCounters(
      connection,
      cipher,
      { now: clock.now, setTimer: clock.setTimer },
      (event) => events.push(event),
    );
    return { clock, events, stop, asked: () => asked };
  }
  const types = (events: readonly CallEvent[]) => new Set(events.map(({ type }) => type));

  for (const engine of [0, 900, 2500, 20_000]) {
    it(`end no call where the engine needs ${String(engine)} ms`, async () => {
      const { clock, events, stop, asked } = watched(engine, 0);
      await clock.advance(60_000);
      stop();
      expect(types(events)).to.deep.equal(new Set(["measured", "quality-sampled"]));
      // One question at a time.
      expect(asked()).to.be.at.most(Math.ceil(60_000 / Math.max(500, engine)) + 1);
    });
  }

  it("end no call where the engine never counts", async () => {
    const { clock, events, stop } = watched(1e9, 0);
    await clock.advance(60_000);
    stop();
    expect(events).to.deep.equal([]);
  });

  it("end the call where the worker is dead, also behind a slow engine", async () => {
    for (const engine of [0, 2500]) {
      const { clock, events, stop } = watched(engine, 1e9);
      await clock.advance(10_000);
      stop();
      const ends = events.filter(({ type }) => type === "failed");
      expect(ends).to.deep.equal([{ type: "failed", code: "encryption-lost" }]);
    }
  });

  it("of a real call do not end it", async () => {
    const slow: typeof browserPorts = {
      ...browserPorts,
      createConnection: (...given) => {
        const connection = browserPorts.createConnection(...given);
        const measure = connection.measure.bind(connection);
        connection.measure = async () => {
          await new Promise((resolve) => setTimeout(resolve, 2500));
          return measure();
        };
        return connection;
      },
    };
    const pair = new CallPair({ a: new Side({}, slow), b: new Side({}, slow) });
    await pair.connect();
    const since = performance.now();
    await waitUntil(() => performance.now() - since > 6000, "", { timeout: 10_000 });
    expect([pair.a.snapshot.state, pair.b.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    pair.close();
  }).timeout(60_000);

  it("are waited for no longer than a step of a call may take", async () => {
    const error: unknown = await limited(new Promise(() => undefined), 10).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(NoAnswer);
    expect(await limited(Promise.resolve(7), 1000)).to.equal(7);
  });
});

describe("a batch of candidates", () => {
  const good = {
    candidate: "candidate:1 1 udp 1 192.0.2.1 5000 typ host",
    sdpMid: "0",
    sdpMLineIndex: 0,
  };
  const odd: [name: string, one: unknown][] = [
    ["null", null],
    ["a text", "candidate:1"],
    ["one without a text", { sdpMid: "0" }],
    ["one whose text is another attribute", { ...good, candidate: "a=mid:0" }],
    ["one with letters of another alphabet", { ...good, candidate: "candidate:ü" }],
    ["one of 10 kB", { ...good, candidate: `candidate:${"1".repeat(10_000)}` }],
    ["one with an index as text", { ...good, sdpMLineIndex: "0" }],
    ["one with an index of 99", { ...good, sdpMLineIndex: 99 }],
    ["one with a number as section", { ...good, sdpMid: 0 }],
    ["a list", [good]],
  ];
  for (const [name, one] of odd) {
    it(`keeps the good ones beside ${name}`, () => {
      const message = { ...signal("candidates"), candidates: [good, one, good] };
      expect(parseSignal(message)).to.deep.include({ candidates: [good, good] });
      const control = { type: "candidates", candidates: [one, good] };
      expect(parseControl(JSON.stringify(control))).to.deep.include({ candidates: [good] });
    });
  }

  it("keeps one whose null fields a channel has left out", () => {
    const message = {
      ...signal("candidates"),
      candidates: [{ candidate: good.candidate, sdpMid: "0" }],
    };
    const parsed = parseSignal(message);
    expect(parsed).to.deep.include({ candidates: [{ ...good, sdpMLineIndex: null }] });
  });
});

describe("what the engine holds back", () => {
  /** Real media elements that play when a person allows it. */
  function holdBack(): { allow(): void; restore(): void; played: HTMLMediaElement[] } {
    const usual = HTMLMediaElement.prototype.play;
    const played: HTMLMediaElement[] = [];
    let isAllowed = false;
    HTMLMediaElement.prototype.play = function play(this: HTMLMediaElement) {
      if (!isAllowed) return Promise.reject(new DOMException("Not yet.", "NotAllowedError"));
      played.push(this);
      return usual.call(this);
    };
    return {
      played,
      allow: () => (isAllowed = true),
      restore: () => (HTMLMediaElement.prototype.play = usual),
    };
  }

  function pictureTrack(): MediaStreamTrack {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")!.fillRect(0, 0, 4, 4);
    return canvas.captureStream(5).getVideoTracks()[0]!;
  }

  for (const name of ["remoteCamera", "remoteScreen", "localCamera"] as const) {
    it(`gets a button and a second try where it is a picture: ${name}`, async () => {
      const held = holdBack();
      const track = pictureTrack();
      try {
        const calls = fixedCalls(aSnapshot("connected"), { [name]: track });
        const view = await fixture<SxCallView>(html`<sx-call-view .calls=${calls}></sx-call-view>`);
        const root = view.shadowRoot!;
        await waitUntil(() => root.textContent.includes("Tap"), "no button", { timeout: 5000 });
        held.allow();
        view.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
        await waitUntil(() => !root.textContent.includes("Tap"), "the button stays");
        expect(held.played.some(({ tagName }) => tagName === "VIDEO")).to.equal(true);
      } finally {
        held.restore();
        track.stop();
      }
    });
  }
});

describe("the chosen speaker", () => {
  it("plays the other side's sound, and another one when that is chosen", async () => {
    const asked: string[] = [];
    const usual = HTMLMediaElement.prototype.setSinkId;
    HTMLMediaElement.prototype.setSinkId = function setSinkId(this: HTMLMediaElement, id: string) {
      asked.push(`${this.tagName} ${id}`);
      return id === "gone"
        ? Promise.reject(new DOMException("None.", "NotFoundError"))
        : Promise.resolve();
    };
    try {
      const withSpeaker = (speaker: string | null) => {
        const snapshot = aSnapshot("connected");
        return { ...snapshot, devices: { ...snapshot.devices, speaker } };
      };
      const calls = fixedCalls(withSpeaker("headset"));
      const view = await fixture<SxCallView>(html`<sx-call-view .calls=${calls}></sx-call-view>`);
      await waitUntil(() => asked.length === 2);
      expect(asked).to.deep.equal(["AUDIO headset", "AUDIO headset"]);
      calls.show(withSpeaker("gone"));
      await view.updateComplete;
      await settled();
      expect(asked.slice(2)).to.deep.equal(["AUDIO gone", "AUDIO gone", "AUDIO ", "AUDIO "]);
    } finally {
      HTMLMediaElement.prototype.setSinkId = usual;
    }
  });

  it("plays the tones", () => {
    const asked: string[] = [];
    class Context extends AudioContext {
      setSinkId(id: string): Promise<void> {
        asked.push(id);
        return Promise.resolve();
      }
    }
    const player = new TonePlayer(() => new Context());
    player.speaker = "headset";
    const stop = player.play({
      ...{ times: 1, lead: 0, level: 0.1, notes: [{ hertz: [440], seconds: 0.1 }] },
    });
    player.speaker = "";
    stop();
    expect(asked).to.deep.equal(["headset", ""]);
  });
});
