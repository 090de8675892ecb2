import { expect } from "@open-wc/testing";
import { sensingPlan } from "../../../src/call/rules/own-devices.ts";
import type { Sense } from "../../../src/call/state/devices.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { inSituation, off, on, say } from "../../support/call-script.ts";
import type { CallScript } from "../../support/call-script.ts";

const hints = (script: CallScript) => toSnapshot(script.model).hints;
const feel = (script: CallScript, ...senses: Sense[]) => {
  for (const sense of senses) script.do({ type: "sensed", sense });
};
const look = (light: number, variance: number): Sense => ({ of: "picture", light, variance });

/** Hears a muted microphone, ten times a second: these levels, one after another. */
class Ear {
  at = 0;
  readonly script = inSituation("the caller connected");

  constructor() {
    this.script.do(say.device("microphone", off));
  }

  hear(seconds: number, level: number, remote = 0): boolean {
    for (let looks = Math.round(seconds * 10); looks > 0; looks--) {
      this.at += 100;
      feel(this.script, { of: "voice", at: this.at, level, remote });
    }
    return this.isReported;
  }

  get isReported(): boolean {
    return hints(this.script).includes("speaking-while-muted");
  }
}

describe("the sensing plan", () => {
  it("is a muted microphone for a voice, an open one for silence, and a camera that is on", () => {
    const script = inSituation("the caller connected");
    expect(sensingPlan(script.model)).to.deep.equal({ microphone: "silence", camera: null });
    script.do(say.device("microphone", off), say.device("camera", on));
    expect(sensingPlan(script.model)).to.deep.equal({ microphone: "voice", camera: "closely" });
  });

  it("is a camera that gave a picture less often, and one that may be black closely", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    const seen = [look(60, 400), look(2, 0), look(60, 400)].map((sense) => {
      feel(script, sense);
      return sensingPlan(script.model).camera;
    });
    expect(seen).to.deep.equal(["rarely", "closely", "rarely"]);
  });

  it("is nothing on hold, before the call is connected and after it", () => {
    for (const situation of [
      "idle",
      "ringing",
      "incoming",
      "accepted",
      "the caller on hold",
      "ended",
    ] as const) {
      expect(sensingPlan(inSituation(situation).model), situation).to.deep.equal({
        microphone: null,
        camera: null,
      });
    }
  });

  it("is no silence where the voice is isolated: whoever does not speak is silent", () => {
    const script = inSituation("the caller connected");
    const { devices } = say.listed(1);
    script.do({
      type: "devices-listed",
      devices,
      voice: { noiseSuppression: true, voiceIsolation: true },
    });
    expect(sensingPlan(script.model).microphone).to.equal(null);
  });
});

describe("speaking while muted", () => {
  it("is hinted after 0.4 s within a second, until four seconds after the last word", () => {
    const ear = new Ear();
    expect(ear.hear(1, 0.002)).to.equal(false);
    expect(ear.hear(0.3, 0.1)).to.equal(false);
    expect(ear.hear(0.1, 0.1)).to.equal(true);
    expect(ear.hear(3.9, 0.002)).to.equal(true);
    expect(ear.hear(0.1, 0.002)).to.equal(false);
  });

  it("stays hinted at a lower threshold", () => {
    const ear = new Ear();
    ear.hear(1, 0.002);
    ear.hear(0.4, 0.1);
    for (let words = 0; words < 3; words++) {
      ear.hear(3, 0.002);
      expect(ear.hear(0.2, 0.1)).to.equal(true);
    }
    expect(ear.hear(3.9, 0.002)).to.equal(true);
  });

  it("is not reported for a cough, a hum, a whisper, or the other side's echo", () => {
    const cough = new Ear();
    for (let times = 0; times < 10; times++) {
      cough.hear(0.3, 0.3);
      expect(cough.hear(1, 0.002)).to.equal(false);
    }
    expect(new Ear().hear(20, 0.1)).to.equal(false);
    expect(new Ear().hear(20, 0.009)).to.equal(false);
    const echo = new Ear();
    echo.hear(1, 0.002);
    expect(echo.hear(5, 0.1, 0.1)).to.equal(false);
  });

  it("is not reported any more once the microphone is on, nor at once when it is muted again", () => {
    const ear = new Ear();
    ear.hear(1, 0.002);
    ear.hear(1, 0.1);
    ear.script.do(say.device("microphone", on));
    expect(ear.isReported).to.equal(false);
    feel(ear.script, { of: "voice", at: ear.at, level: 0.1, remote: 0 });
    ear.script.do(say.device("microphone", off));
    expect(ear.isReported).to.equal(false);
  });
});

describe("a microphone that gives nothing", () => {
  const silence = (script: CallScript, from: number, seconds: number, level: number) => {
    for (let at = 0; at <= seconds; at++)
      feel(script, { of: "silence", at: from + at * 1000, level });
    return hints(script).includes("microphone-silent");
  };

  it("is hinted after five seconds, until there is sound", () => {
    const script = inSituation("the caller connected");
    expect(silence(script, 0, 4, 0)).to.equal(false);
    expect(silence(script, 5000, 0, 0)).to.equal(true);
    expect(silence(script, 6000, 0, 0.001)).to.equal(false);
    expect(silence(script, 7000, 4, 0)).to.equal(false);
  });

  it("is not one in a quiet room", () => {
    expect(silence(inSituation("the caller connected"), 0, 60, 0.00015)).to.equal(false);
  });

  it("is not hinted on hold, and restarts after it", () => {
    const script = inSituation("the caller connected");
    silence(script, 0, 5, 0);
    script.do({ type: "hold" }, say.device("microphone", off));
    expect(hints(script)).to.deep.equal([]);
    script.do({ type: "resume" }, say.device("microphone", on));
    expect(silence(script, 60_000, 4, 0)).to.equal(false);
  });
});

describe("a camera that shows nothing", () => {
  it("is hinted after three consecutive black pictures, until one is not", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    feel(script, look(2, 0), look(2, 0), look(60, 400), look(2, 0), look(2, 0));
    expect(hints(script)).to.deep.equal([]);
    feel(script, look(2, 0));
    expect(hints(script)).to.deep.equal(["camera-black"]);
    feel(script, look(60, 400));
    expect(hints(script)).to.deep.equal([]);
  });

  it("is not one in a dark room, where there is noise, nor before a plain wall", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    for (let times = 0; times < 5; times++) feel(script, look(8, 30), look(100, 0));
    expect(hints(script)).to.deep.equal([]);
  });

  it("is reset when another camera opens", () => {
    const script = inSituation("the caller connected");
    script.do(say.device("camera", on));
    feel(script, look(2, 0), look(2, 0), look(2, 0));
    script.do(say.device("camera", off));
    feel(script, look(2, 0), look(2, 0), look(2, 0));
    script.do(say.device("camera", on));
    expect(hints(script)).to.deep.equal([]);
  });
});
