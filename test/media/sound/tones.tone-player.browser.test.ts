import { expect } from "@open-wc/testing";
import {
  scheduleTone,
  TonePlayer,
  durationOf,
  toneOf,
  type Tone,
} from "../../../src/media/sound/tones.ts";
import { waitUntil } from "../../support/wait-until.ts";

const rate = 8000;

/** A tone as it is heard from its beginning, at 8,000 samples a second. */
async function heard(tone: Tone, seconds: number): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, seconds * rate, rate);
  scheduleTone(context, context.destination, tone);
  return (await context.startRendering()).getChannelData(0);
}

/** Returns the amplitude of one frequency in a section of sound (Goertzel's algorithm). */
function amplitude(samples: Float32Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + turn * last - before];
  return (2 * Math.sqrt(before * before + last * last - turn * before * last)) / samples.length;
}

/** When it sounds: from and until, in seconds, to a hundredth. Pauses under 0.1 s are of the beat of two frequencies. */
function stretches(samples: Float32Array, loudest: number): [from: number, until: number][] {
  const found: [number, number][] = [];
  const window = rate / 100;
  for (let at = 0; at + window <= samples.length; at += window) {
    const peak = Math.max(...samples.subarray(at, at + window).map(Math.abs));
    if (peak < loudest * 0.2) continue;
    const last = found.at(-1);
    if (last && at / rate - last[1] < 0.1) last[1] = (at + window) / rate;
    else found.push([at / rate, (at + window) / rate]);
  }
  return found;
}

/** From the first to the last hundredth, where rise and fall may take one or two of them. */
function expectCadence(found: [number, number][], expected: [number, number][]): void {
  expect(found.length).to.equal(expected.length);
  for (const [index, [from, until]] of expected.entries()) {
    expect(found[index]![0], `stretch ${index}`).to.be.closeTo(from, 0.025);
    expect(found[index]![1], `stretch ${index}`).to.be.closeTo(until, 0.025);
  }
}

const part = (samples: Float32Array, from: number, until: number) =>
  samples.subarray(from * rate, until * rate);

describe("the ringback as it is heard", () => {
  it("is 440 and 480 Hz, 2 s of 6, in the United States", async () => {
    const tone = toneOf("ringback", "US");
    const samples = await heard(tone, 13);
    expectCadence(stretches(samples, tone.level), [
      [0, 2],
      [6, 8],
      [12, 13],
    ]);
    const loud = part(samples, 0.1, 1.9);
    expect(amplitude(loud, 440)).to.be.closeTo(tone.level / 2, 0.005);
    expect(amplitude(loud, 480)).to.be.closeTo(tone.level / 2, 0.005);
    for (const other of [400, 425, 460, 620, 880])
      expect(amplitude(loud, other), `${other} Hz`).to.be.below(0.003);
  });

  it("is 400 and 450 Hz, twice 0.4 s of 3, in the United Kingdom", async () => {
    const tone = toneOf("ringback", "GB");
    const samples = await heard(tone, 5);
    expectCadence(stretches(samples, tone.level), [
      [0, 0.4],
      [0.6, 1],
      [3, 3.4],
      [3.6, 4],
    ]);
    const loud = part(samples, 0.02, 0.38);
    expect(amplitude(loud, 400)).to.be.closeTo(tone.level / 2, 0.01);
    expect(amplitude(loud, 450)).to.be.closeTo(tone.level / 2, 0.01);
    expect(amplitude(loud, 425)).to.be.below(0.01);
  });

  it("is 425 Hz, 1 s of 5, in most of Europe", async () => {
    const tone = toneOf("ringback", "");
    const samples = await heard(tone, 7);
    expectCadence(stretches(samples, tone.level), [
      [0, 1],
      [5, 6],
    ]);
    expect(amplitude(part(samples, 0.1, 0.9), 425)).to.be.closeTo(tone.level, 0.005);
  });

  it("is 400 Hz that swells 16 times a second, 1 s of 3, in Japan", async () => {
    const tone = toneOf("ringback", "JP");
    const samples = await heard(tone, 5);
    expectCadence(stretches(samples, tone.level), [
      [0, 1],
      [3, 4],
    ]);
    // Eight whole swells.
    const loud = part(samples, 0.25, 0.75);
    const carrier = amplitude(loud, 400);
    expect(carrier).to.be.closeTo(tone.level / 2, 0.01);
    for (const side of [384, 416])
      expect(amplitude(loud, side) / carrier, `${side} Hz`).to.be.closeTo(0.5, 0.05);
  });
});

describe("a tone", () => {
  it("never clicks: no sample is further from the last than its own sine goes", async () => {
    for (const name of ["ringback", "connected", "ended", "knock", "busy", "ring"] as const) {
      const tone = toneOf(name, "US");
      const samples = await heard(tone, 4);
      const steepest = (2 * Math.PI * Math.max(...tone.notes.flatMap(({ hertz }) => hertz))) / rate;
      const jumps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? 0)));
      expect(Math.max(...jumps), name).to.be.within(0.001, tone.level * steepest * 1.05);
    }
  });

  it("is not louder than its level, and silent at its end", async () => {
    const tone = toneOf("connected", "");
    const samples = await heard(tone, 1);
    expect(Math.max(...samples.map(Math.abs))).to.be.within(tone.level * 0.9, tone.level * 1.001);
    expect(Math.max(...part(samples, durationOf(tone), 1).map(Math.abs))).to.equal(0);
  });

  it("fades out within 60 ms where it is stopped", async () => {
    const context = new OfflineAudioContext(1, 2 * rate, rate);
    const stop = scheduleTone(context, context.destination, toneOf("ringback", "US"));
    // In the middle of a wave: at whole seconds every tone of whole hertz passes through silence.
    const at = 1.056;
    void context.suspend(at).then(() => {
      stop();
      return context.resume();
    });
    const samples = (await context.startRendering()).getChannelData(0);
    const from = Math.ceil(at * rate);
    expect(Math.max(...samples.subarray(from - rate / 10, from))).to.be.above(0.1);
    expect(Math.max(...samples.subarray(from + 0.07 * rate).map(Math.abs))).to.equal(0);
    const jumps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? 0)));
    expect(Math.max(...jumps)).to.be.below(0.2 * ((2 * Math.PI * 480) / rate) * 1.05);
  });
});

describe("the player of tones", () => {
  /** A player, and every context it has opened. */
  function aPlayer(make = () => new AudioContext()) {
    const contexts: AudioContext[] = [];
    const player = new TonePlayer(() => {
      const context = make();
      contexts.push(context);
      return context;
    });
    return { player, contexts, states: () => contexts.map(({ state }) => state) };
  }

  /** It sounds at once, and for ten minutes. */
  const steady: Tone = { ...toneOf("ringback", "US"), lead: 0 };

  it("opens nothing while a tone is still silent, and nothing at all where it is stopped before its first note", async () => {
    const { player, contexts } = aPlayer();
    player.play(toneOf("ringback", "US"))();
    player.play({ ...steady, lead: 0.05 })();
    const stop = player.play({ ...steady, lead: 0.1 });
    expect(player.isOpen).to.be.false;
    await waitUntil(() => player.isOpen);
    expect(contexts.length).to.equal(1);
    stop();
    await waitUntil(() => contexts[0]!.state === "closed");
  });

  it("opens nothing before the first tone, and one context for all", async () => {
    const { player, contexts } = aPlayer();
    player.volume = 0.3;
    player.resume();
    expect([contexts.length, player.isOpen]).to.deep.equal([0, false]);
    const stops = [player.play(steady), player.play(toneOf("connected", ""))];
    expect([contexts.length, player.isOpen]).to.deep.equal([1, true]);
    for (const stop of stops) stop();
    await waitUntil(() => !player.isOpen);
  });

  it("plays a tone that follows another in the same context: opening one blocks the page", async () => {
    const { player, contexts } = aPlayer();
    player.play(steady)();
    player.play({ ...toneOf("connected", ""), lead: 0.2 });
    await new Promise<void>((resolve) => {
      contexts[0]!.createOscillator = () => {
        resolve();
        return AudioContext.prototype.createOscillator.call(contexts[0]);
      };
    });
    expect(contexts.length).to.equal(1);
    await waitUntil(() => !player.isOpen);
  });

  it("closes the context after the last tone, and opens another for the next", async () => {
    const { player, contexts, states } = aPlayer();
    const stop = player.play(steady);
    player.play(toneOf("ended", ""))();
    await waitUntil(() => contexts[0]!.state === "running");
    stop();
    stop();
    await waitUntil(() => states().join() === "closed");
    player.play(steady)();
    await waitUntil(() => states().join() === "closed,closed");
    expect(player.isOpen).to.be.false;
  });

  it("closes by itself after a tone that nobody stops", async () => {
    const { player, states } = aPlayer();
    player.play(toneOf("connected", ""));
    await waitUntil(() => states().join() === "closed");
  });

  it("closes by itself where the browser lets nothing sound", async () => {
    const { player, contexts, states } = aPlayer(() => {
      const context = new AudioContext();
      void context.suspend();
      return context;
    });
    player.play(toneOf("connected", ""));
    await waitUntil(() => states().join() === "closed");
    expect(contexts[0]!.currentTime).to.be.below(0.3);
  });

  it("sounds after a press where the browser has held it back", async () => {
    const { player, contexts } = aPlayer();
    const stop = player.play(steady);
    await contexts[0]!.suspend();
    player.resume();
    await waitUntil(() => contexts[0]!.state === "running");
    stop();
  });

  it("does without where there is no Web Audio, and never throws", () => {
    const player = new TonePlayer(() => {
      throw new DOMException("No device.", "NotSupportedError");
    });
    player.play(steady)();
    player.resume();
    player.volume = 1;
    expect(player.isOpen).to.be.false;
  });

  it("has the volume of its master, now and at the next opening", async () => {
    let master: GainNode | undefined;
    class Watched extends AudioContext {
      override createGain(): GainNode {
        const gain = super.createGain();
        master ??= gain;
        return gain;
      }
    }
    const player = new TonePlayer(() => new Watched());
    player.volume = 0.25;
    const stop = player.play(steady);
    expect(master!.gain.value).to.equal(0.25);
    player.volume = 0.75;
    expect(master!.gain.value).to.equal(0.75);
    stop();
    await waitUntil(() => !player.isOpen);
  });

  for (const [engine, hasChoice] of [
    ["by its context", true],
    ["by an element, where contexts have no choice", false],
  ] as const)
    it(`plays on the chosen speaker, now and at the next opening: ${engine}`, async () => {
      const chosen: string[] = [];
      const usual = HTMLMediaElement.prototype.setSinkId;
      HTMLMediaElement.prototype.setSinkId = (id) => {
        chosen.push(`element ${id}`);
        return id === "gone" ? Promise.reject(new Error("gone")) : Promise.resolve();
      };
      const outputs: string[] = [];
      class Watched extends AudioContext {
        setSinkId = hasChoice
          ? (id: string) => {
              chosen.push(`context ${id}`);
              return Promise.resolve();
            }
          : undefined;
        override createGain(): GainNode {
          const gain = super.createGain();
          const connect = gain.connect.bind(gain);
          gain.connect = ((to: AudioNode) => {
            if (to instanceof AudioDestinationNode || to instanceof MediaStreamAudioDestinationNode)
              outputs.push(to.constructor.name);
            return connect(to);
          }) as typeof gain.connect;
          return gain;
        }
      }
      try {
        const player = new TonePlayer(() => new Watched());
        player.speaker = "headset";
        const stop = player.play(steady);
        player.speaker = "loud";
        const by = hasChoice ? "context" : "element";
        expect(chosen).to.deep.equal([`${by} headset`, `${by} loud`]);
        if (!hasChoice) {
          await waitUntil(() => outputs.at(-1) === "MediaStreamAudioDestinationNode");
          // One that is gone is replaced by the system's default, and so is none.
          player.speaker = "gone";
          await waitUntil(() => outputs.at(-1) === "AudioDestinationNode");
          player.speaker = "loud";
          await waitUntil(() => outputs.at(-1) === "MediaStreamAudioDestinationNode");
          player.speaker = "";
          expect(outputs.at(-1)).to.equal("AudioDestinationNode");
        }
        stop();
        await waitUntil(() => !player.isOpen);
      } finally {
        HTMLMediaElement.prototype.setSinkId = usual;
      }
    });
});
