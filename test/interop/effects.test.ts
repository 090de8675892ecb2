import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestOptions } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { skipsFirefox, startBrowser, type EngineName } from "../support/interop/browsers.ts";

/*
 * Background blur and noise suppression as a host has them: the built entries, with the libraries and the model that they stand on. Reads
 * `dist/`, which `npm test` builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** What a page does: text, because it runs there. */
const inPage = `
  // A person before stripes as sharp as a picture can have them.
  globalThis.person = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const context = canvas.getContext("2d");
    const oval = (colour, x, y, width, height, from = 0, to = 7) => {
      context.fillStyle = colour;
      context.beginPath();
      context.ellipse(x, y, width, height, 0, from, to);
      context.fill();
    };
    const draw = () => {
      context.fillStyle = "#fff";
      context.fillRect(0, 0, 640, 360);
      context.fillStyle = "#000";
      for (let x = 0; x < 640; x += 16) context.fillRect(x, 20, 8, 120);
      oval("#345", 330, 420, 150, 160);
      context.fillStyle = "#c68863";
      context.fillRect(305, 220, 50, 60);
      oval("#c68863", 330, 160, 62, 82);
      oval("#2b1a10", 330, 105, 68, 45, Math.PI, 2 * Math.PI);
      for (const x of [305, 355]) {
        oval("#fff", x, 155, 11, 7);
        oval("#211", x, 155, 5, 5);
      }
      oval("#a55", 330, 205, 22, 7);
    };
    draw();
    setInterval(draw, 40);
    return canvas.captureStream(25);
  };
  // How sharp a picture is: the mean difference of two pixels that are eight apart, 0 to 255.
  globalThis.sharpness = (picture) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, 640, 360);
    const { data } = context.getImageData(10, 80, 170, 1);
    let sum = 0;
    for (let x = 0; x < 160; x += 1) sum += Math.abs(data[4 * x] - data[4 * (x + 8)]);
    return sum / 160;
  };
  globalThis.videoOf = async (track) => {
    const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    video.srcObject = new MediaStream([track]);
    document.body.append(video);
    await video.play();
    await new Promise((seen) => video.requestVideoFrameCallback(seen));
    return video;
  };`;

async function openPage(engine: EngineName): Promise<{ browser: Browser; page: Page }> {
  const browser = await startBrowser(engine);
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(served.origin);
  await page.evaluate(inPage);
  await page.waitForFunction("globalThis.effects !== undefined");
  return { browser, page };
}

/** Firefox and Safari have no streams of frames in a page: there every picture goes through a canvas. */
const ways = {
  "streams of frames": "",
  "a canvas": "delete globalThis.MediaStreamTrackProcessor",
};

describe.each(Object.entries(ways))("the background of a camera, by %s", (_, without) => {
  const kind: TestOptions = without === "" ? {} : { tags: "long" };
  let page: Page;

  beforeEach(async () => {
    ({ page } = await openPage("chromium"));
    await page.evaluate(without);
    return () => page.browserContext().close();
  });

  it(
    "is blurred from the first picture on, until the camera is closed",
    { ...kind, timeout: 60_000 },
    async () => {
      const seen = await page.evaluate(`(async () => {
      const life = new AbortController();
      const [source] = person().getVideoTracks();
      const before = sharpness(await videoOf(source));
      const effect = effects.backgroundBlur({ folder: "/effects/" });
      const track = await effect.process(source, { kind: "camera", signal: life.signal });
      const video = await videoOf(track);
      const pictures = [sharpness(video)];
      for (let more = 0; more < 5; more += 1) {
        await new Promise((seen) => video.requestVideoFrameCallback(seen));
        pictures.push(sharpness(video));
      }
      life.abort();
      return { feature: effect.feature, kind: track.kind, before, sharpest: Math.max(...pictures) };
    })()`);
      expect(seen).toMatchObject({ feature: "backgroundBlur", kind: "video" });
      const { before, sharpest } = seen as { before: number; sharpest: number };
      expect(before).toBeGreaterThan(150);
      expect(sharpest).toBeLessThan(before / 5);
    },
  );

  it(
    "is not shown where a file of the effect is missing",
    { ...kind, timeout: 60_000 },
    async () => {
      const result = await page.evaluate(`(async () => {
      const [source] = person().getVideoTracks();
      const effect = effects.backgroundBlur({ folder: "/nowhere/", model: "none.tflite", library: "none.mjs" });
      const signal = new AbortController().signal;
      return effect.process(source, { kind: "camera", signal }).then(() => "a track", (error) => error.message);
    })()`);
      expect(result).toBe("The background cannot be blurred.");
    },
  );

  it(
    "waits for nobody where the camera is closed while the effect starts",
    { ...kind, timeout: 60_000 },
    async () => {
      const result = await page.evaluate(`(async () => {
      const life = new AbortController();
      const [source] = person().getVideoTracks();
      const effect = effects.backgroundBlur({ folder: "/effects/" });
      const result = effect.process(source, { kind: "camera", signal: life.signal });
      life.abort();
      return result.then(() => "a track", (error) => error.message);
    })()`);
      expect(result).toBe("The background cannot be blurred.");
    },
  );
});

describe.skipIf(skipsFirefox)("the background of a camera in Firefox", () => {
  it(
    "is blurred, or not shown where there is no WebGL",
    { tags: "long", timeout: 60_000 },
    async () => {
      const { page } = await openPage("firefox");
      const seen = (await page.evaluate(`(async () => {
      const hasGraphics = new OffscreenCanvas(1, 1).getContext("webgl2") !== null;
      const [source] = person().getVideoTracks();
      const effect = effects.backgroundBlur({ folder: "/effects/" });
      const signal = new AbortController().signal;
      const result = await effect.process(source, { kind: "camera", signal }).then(
        async (track) => (sharpness(await videoOf(track)) < 50 ? "blurred" : "sharp"),
        () => "not shown",
      );
      return { hasGraphics, result };
    })()`)) as { hasGraphics: boolean; result: string };
      expect(seen.result).toBe(seen.hasGraphics ? "blurred" : "not shown");
      await page.browserContext().close();
    },
  );
});

describe("noise at a microphone", () => {
  it("is suppressed where the voice before it was heard, and a failure gives no track", async () => {
    const { page } = await openPage("chromium");
    const seen = (await page.evaluate(`(async () => {
      const context = new AudioContext({ sampleRate: 48000 });
      const seconds = 2;
      const bufferOf = (sampleAt) => {
        const buffer = context.createBuffer(1, seconds * 48000, 48000);
        const samples = buffer.getChannelData(0);
        for (let at = 0; at < samples.length; at += 1) samples[at] = sampleAt(at / 48000);
        return buffer;
      };
      // Pink noise, as of a fan: white noise has more treble than what a room has, and is suppressed less.
      let seed = 1;
      const slow = [0, 0, 0];
      const noise = bufferOf(() => {
        seed = (seed * 16807) % 2147483647;
        const white = seed / 1073741824 - 1;
        slow[0] = 0.99765 * slow[0] + 0.099046 * white;
        slow[1] = 0.963 * slow[1] + 0.2965164 * white;
        slow[2] = 0.57 * slow[2] + 1.0526913 * white;
        return 0.04 * (slow[0] + slow[1] + slow[2] + 0.1848 * white);
      });
      // A voice: the harmonics of 130 Hz with the two formants of a vowel, in four syllables a second.
      const near = (frequency, formant) => 1 / (1 + ((frequency - formant) / 130) ** 2);
      const voice = bufferOf((time) => {
        const formants = [[700, 1200], [300, 2300], [500, 900]][Math.floor(4 * time) % 3];
        let sum = 0;
        for (let harmonic = 1; harmonic <= 24; harmonic += 1) {
          const frequency = 130 * harmonic;
          const loudness = near(frequency, formants[0]) + 0.6 * near(frequency, formants[1]) + 0.1 / harmonic;
          sum += loudness * Math.sin(2 * Math.PI * frequency * time);
        }
        return 0.12 * sum * Math.max(0, Math.sin(8 * Math.PI * time)) ** 0.7;
      });
      const sink = context.createMediaStreamDestination();
      const play = (buffer) => {
        const source = new AudioBufferSourceNode(context, { buffer, loop: true });
        source.connect(sink);
        source.start();
        return source;
      };
      const speaking = play(voice);
      const [track] = sink.stream.getAudioTracks();
      const life = new AbortController();
      const effect = effects.noiseSuppression({ folder: "/effects/" });
      const clean = await effect.process(track, { kind: "microphone", signal: life.signal });
      // Over two thirds of a second: more than a syllable.
      const levelOf = (of) => {
        const analyser = new AnalyserNode(context, { fftSize: 32768 });
        context.createMediaStreamSource(new MediaStream([of])).connect(analyser);
        const data = new Float32Array(32768);
        return () => {
          analyser.getFloatTimeDomainData(data);
          return Math.sqrt(data.reduce((sum, one) => sum + one * one, 0) / data.length);
        };
      };
      const [before, after] = [levelOf(track), levelOf(clean)];
      const isSeen = async (condition) => {
        const until = performance.now() + 20000;
        for (;;) {
          const loud = before();
          if (loud > 0.05 && condition(after() / loud)) return true;
          if (performance.now() > until) return false;
          await new Promise((go) => setTimeout(go, 50));
        }
      };
      const isHeard = await isSeen((part) => part > 0.25);
      speaking.stop();
      play(noise);
      const isQuiet = await isSeen((part) => part < 0.05);
      const result = { feature: effect.feature, kind: clean.kind, isHeard, isQuiet };
      life.abort();
      const broken = effects.noiseSuppression({ folder: "/nowhere/", wasm: "none", simdWasm: "none", worklet: "none" });
      result.broken = await broken.process(track, { kind: "microphone", signal: new AbortController().signal })
        .then(() => "a track", () => "no track");
      return result;
    })()`)) as object;
    await page.browserContext().close();
    expect(seen).toEqual({
      feature: "voiceIsolation",
      kind: "audio",
      isHeard: true,
      isQuiet: true,
      broken: "no track",
    });
  }, 90_000);
});

describe("a call with effects", () => {
  it(
    "has a switch in its device menu, which blurs what the other side sees without a new request",
    { tags: "long", timeout: 90_000 },
    async () => {
      const { page } = await openPage("chromium");
      await page.evaluate(`(() => {
      const [a, b] = document.querySelectorAll("sx-call-view");
      globalThis.views = [a, b];
      const requests = (globalThis.requests = []);
      const fake = (name) => ({
        async getUserMedia(constraints) {
          requests.push(name + (constraints.video ? " camera" : " microphone"));
          if (constraints.video) return person();
          const context = new AudioContext();
          return context.createMediaStreamDestination().stream;
        },
        async enumerateDevices() { return []; },
      });
      [a.mediaDevices, b.mediaDevices] = [fake("a"), fake("b")];
      a.effects = [effects.backgroundBlur({ folder: "/effects/" })];
      a.addEventListener("sx-signal", ({ detail }) => b.receiveSignal(detail.message, "a"));
      b.addEventListener("sx-signal", ({ detail }) => a.receiveSignal(detail.message, "b"));
      void a.startCall({ media: "video" });
    })()`);
      await page.waitForFunction('views[1].snapshot.state === "incoming"', { polling: 50 });
      await page.evaluate(`void views[1].acceptCall({ media: "video" })`);
      const seen = `views[1].shadowRoot.querySelector("video.picture")`;
      const sharpness = () => page.evaluate(`${seen} ? sharpness(${seen}) : 0`) as Promise<number>;
      await expect.poll(sharpness, { timeout: 30_000 }).toBeGreaterThan(100);
      expect(
        await page.evaluate("views.map(({ snapshot }) => snapshot.voice.backgroundBlur)"),
      ).toEqual([false, null]);
      const asked = await page.evaluate("requests.join()");
      await page.evaluate(`views[0].performScreenAction("devices")`);
      const item = `[...views[0].shadowRoot.querySelector("sx-device-menu").shadowRoot.querySelectorAll("label")].find((one) => one.textContent.trim() === "Blur background")?.querySelector("input")`;
      await page.waitForFunction(`${item} !== undefined`, { polling: 50 });
      await page.evaluate(`${item}.click()`);
      await expect.poll(sharpness, { timeout: 30_000 }).toBeLessThan(30);
      expect(
        await page.evaluate(
          `[views[0].snapshot.voice.backgroundBlur, views[0].snapshot.local.camera.state, ${item}.ariaChecked]`,
        ),
      ).toEqual([true, "on", "true"]);
      expect(await page.evaluate("requests.join()")).toBe(asked);
      await page.evaluate(`${item}.click()`);
      await expect.poll(sharpness, { timeout: 30_000 }).toBeGreaterThan(100);
      await page.browserContext().close();
    },
  );
});
