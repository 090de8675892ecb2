import { expect, fixture, html } from "@open-wc/testing";
import type { SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { watchCounters } from "../../src/controller/counters.ts";
import type { CallEvent } from "../../src/call/events.ts";
import type { CipherPort, ConnectionPort } from "../../src/controller/ports.ts";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import { limited, NoAnswer } from "../../src/media/limited.ts";
import { TonePlayer } from "../../src/media/sound/tones.ts";
import { parseSignal } from "../../src/signalling/messages.ts";
import { parseControl } from "../../src/signalling/control.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { signal } from "../support/signals.ts";
import { settled, VirtualClock } from "../support/virtual-clock.ts";
import { waitUntil } from "../support/wait-until.ts";
import { longIt } from "../support/long-it.ts";

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

  longIt("of a real call do not end it", async () => {
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
    await waitUntil(() => performance.now() - since > 6000);
    expect([pair.a.snapshot.state, pair.b.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    pair.close();
  });

  it("are waited for no longer than a step of a call may take", async () => {
    const error: unknown = await limited(new Promise(() => undefined), 10).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(NoAnswer);
    expect(await limited(Promise.resolve(7), 1000)).to.equal(7);
  });
});

/** Replaces a function of an engine's objects. @returns a function that puts it back. */
function replaced<T extends object, Name extends keyof T & string>(
  owner: T,
  name: Name,
  make: (usual: T[Name]) => unknown,
): () => void {
  const usual = owner[name];
  Object.assign(owner, { [name]: make(usual) });
  return () => {
    Object.assign(owner, { [name]: usual });
  };
}

/** A call that works: what one side says of its microphone the other one sees, and an end is an end. */
async function goesOn({ a, b }: CallPair): Promise<void> {
  await Promise.all([a.untilState("connected"), b.untilState("connected")]);
  await b.until(({ remote }) => remote.microphone);
  await a.source.perform({ type: "set-device", device: "microphone", on: false });
  await b.until(({ remote }) => !remote.microphone);
  await a.source.perform({ type: "hang-up" });
  const { ending } = await b.untilState("ended");
  expect(ending).to.include({ reason: "hung-up", problem: null });
}

async function dialled(pair: CallPair): Promise<void> {
  await pair.a.source.perform({ type: "start", media: "audio" });
  await pair.b.untilState("incoming");
  await pair.b.source.perform({ type: "accept", media: "audio" });
}

describe("statistics that say nothing", () => {
  const odd = [
    { id: "x", timestamp: 1, type: "a type of next year" },
    { id: "y", timestamp: Number.NaN, type: "inbound-rtp", mid: 7, packetsReceived: "many" },
    { id: "z", timestamp: 1, type: "transport", selectedCandidatePairId: "nowhere" },
    { id: "w", timestamp: 1, type: "candidate-pair", selected: true, localCandidateId: null },
    {},
  ];
  const reports: [name: string, report: () => unknown][] = [
    ["are refused", () => Promise.reject(new DOMException("No.", "InvalidStateError"))],
    ["never come", () => new Promise(() => undefined)],
    ["are empty", () => Promise.resolve(new Map())],
    ["are of unknown types", () => Promise.resolve(new Map(odd.map((one, at) => [at, one])))],
    [
      "throw at once",
      () => {
        throw new TypeError("Not a function.");
      },
    ],
  ];
  for (const [name, report] of reports) {
    it(`end no call where they ${name}, and nothing waits for them`, async () => {
      const restores = [RTCPeerConnection, RTCRtpSender, RTCRtpReceiver].map((of) =>
        replaced(of.prototype as RTCPeerConnection, "getStats", () => report),
      );
      const pair = new CallPair();
      try {
        await dialled(pair);
        await Promise.all([pair.a.untilState("connected"), pair.b.untilState("connected")]);
        // Levels are asked for by the screen.
        expect([pair.a.source.levels.remote(), pair.a.source.levels.remote()]).to.deep.equal([
          0, 0,
        ]);
        await goesOn(pair);
        expect([...pair.a.errors, ...pair.b.errors]).to.deep.equal([]);
      } finally {
        for (const restore of restores) restore();
        pair.close();
      }
    });
  }
});

describe("an engine that takes its time, or refuses a part", () => {
  const later = <T>(work: () => Promise<T>) =>
    new Promise<void>((resolve) => setTimeout(resolve, 700)).then(work);
  type Ports = typeof browserPorts;
  const slow: [name: string, ports: () => Ports, patch?: () => () => void][] = [
    [
      "an offer and an answer that come late",
      () => browserPorts,
      () =>
        replaced(RTCPeerConnection.prototype, "setLocalDescription", (usual) => {
          return function late(this: RTCPeerConnection, ...given: Parameters<typeof usual>) {
            return later(() => usual.apply(this, given));
          };
        }),
    ],
    [
      "a worker that starts late",
      () => ({
        ...browserPorts,
        createCipher: (...given) => {
          const cipher = browserPorts.createCipher(...given);
          const { ready } = cipher;
          Object.defineProperty(cipher, "ready", { value: later(() => ready) });
          return cipher;
        },
      }),
    ],
    [
      "keys that come late",
      () => ({
        ...browserPorts,
        createInitiator: (...given) => later(() => browserPorts.createInitiator(...given)),
        createResponder: (...given) => later(() => browserPorts.createResponder(...given)),
      }),
    ],
    [
      "every second candidate refused",
      () => browserPorts,
      () => {
        let count = 0;
        return replaced(RTCPeerConnection.prototype, "addIceCandidate", (usual) => {
          return function refusing(this: RTCPeerConnection, ...given: Parameters<typeof usual>) {
            count += 1;
            return count % 2 === 1
              ? Promise.reject(new DOMException("Unknown transport.", "OperationError"))
              : usual.apply(this, given);
          };
        });
      },
    ],
    [
      "a description that is applied late",
      () => browserPorts,
      () =>
        replaced(RTCPeerConnection.prototype, "setRemoteDescription", (usual) => {
          return function late(this: RTCPeerConnection, ...given: Parameters<typeof usual>) {
            return later(() => usual.apply(this, given));
          };
        }),
    ],
    [
      "tracks that find their place late",
      () => browserPorts,
      () =>
        replaced(RTCRtpSender.prototype, "replaceTrack", (usual) => {
          return function late(this: RTCRtpSender, ...given: Parameters<typeof usual>) {
            return later(() => usual.apply(this, given));
          };
        }),
    ],
    [
      "limits that every sender refuses",
      () => browserPorts,
      () =>
        replaced(
          RTCRtpSender.prototype,
          "setParameters",
          () => () => Promise.reject(new DOMException("No.", "InvalidModificationError")),
        ),
    ],
  ];
  for (const [name, ports, patch] of slow) {
    // Each makes a whole call; to hang up meanwhile costs nothing.
    const register = name === "an offer and an answer that come late" ? it : longIt;
    register(`has a call: ${name}`, async () => {
      const restore = patch?.();
      const pair = new CallPair({ a: new Side({}, ports()), b: new Side({}, ports()) });
      try {
        await dialled(pair);
        await goesOn(pair);
      } finally {
        restore?.();
        pair.close();
      }
    });

    it(`ends at once where a person hangs up meanwhile: ${name}`, async () => {
      const restore = patch?.();
      const pair = new CallPair({ a: new Side({}, ports()), b: new Side({}, ports()) });
      try {
        void pair.a.source.perform({ type: "start", media: "audio" }).catch(() => undefined);
        await pair.a.untilState("inviting");
        await pair.a.source.perform({ type: "hang-up" });
        expect(pair.a.snapshot.state).to.equal("ended");
        expect(pair.a.snapshot.ending).to.include({ reason: "cancelled", problem: null });
        expect(pair.a.errors).to.deep.equal([]);
      } finally {
        restore?.();
        pair.close();
      }
    });
  }
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
        await waitUntil(() => root.textContent.includes("Tap"), "no button");
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

describe("a media element that does not do as it is set", () => {
  const media = HTMLMediaElement.prototype;
  const failing = () => {
    throw new TypeError("Not in this WebView.");
  };
  const faults: [name: string, of: "play" | "setSinkId", does: () => unknown][] = [
    ["never says that it plays", "play", () => new Promise(() => undefined)],
    ["throws where it should play", "play", failing],
    ["says nothing where it should play", "play", () => undefined],
    ["plays nothing of the kind", "play", () => Promise.reject(new DOMException("", "AbortError"))],
    ["throws where a speaker is chosen", "setSinkId", failing],
    ["says nothing of the speaker", "setSinkId", () => undefined],
    ["never finds the speaker", "setSinkId", () => new Promise(() => undefined)],
    [
      "may choose no speaker at all",
      "setSinkId",
      () => Promise.reject(new DOMException("", "NotAllowedError")),
    ],
  ];
  for (const [name, of, does] of faults) {
    it(`takes no screen away, and asks nobody to tap: it ${name}`, async () => {
      const restore = replaced(media, of, () => does);
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")!.fillRect(0, 0, 4, 4);
      const [track] = canvas.captureStream(5).getVideoTracks();
      try {
        const snapshot = aSnapshot("connected");
        const calls = fixedCalls(
          { ...snapshot, devices: { ...snapshot.devices, speaker: "headset" } },
          { remoteCamera: track!, localCamera: track! },
        );
        const view = await fixture<SxCallView>(html`<sx-call-view .calls=${calls}></sx-call-view>`);
        await settled();
        const root = view.shadowRoot!;
        expect(root.querySelectorAll("video").length).to.be.above(0);
        expect(root.querySelector("[part~=tap-to-hear]")).to.equal(null);
        root
          .querySelector("sx-call-controls")!
          .shadowRoot!.querySelector<HTMLElement>("[part~=hang-up]")!
          .click();
        expect(calls.asked).to.deep.include({ type: "hang-up" });
      } finally {
        restore();
        track!.stop();
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
