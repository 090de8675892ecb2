import type { CallMediaDevices } from "../../../src/media/devices/device-requests.ts";

/** Frequency of the tone in a call between two pages. */
const toneHertz = 1000;

/** Level of nothing at all, in dB: digital silence has none. */
const silence = -200;

/** Returns these devices with a microphone that is one tone. Chromium only: Firefox's `AudioContext` stays suspended in tests. */
export function withTone(devices: CallMediaDevices): CallMediaDevices {
  return {
    ...devices,
    async getUserMedia({ audio, video } = {}) {
      const pictures = video ? (await devices.getUserMedia({ video })).getTracks() : [];
      return new MediaStream([...pictures, ...(audio ? [tone()] : [])]);
    },
  };
}

function tone(): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: toneHertz });
  const destination = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(destination);
  oscillator.start();
  return destination.stream.getAudioTracks()[0]!;
}

/**
 * Returns these devices with this tab as the screen, as a host may offer it.
 *
 * @param reportsSurface `false` for a host whose source does not say what it shows: the kit takes its sound as it is.
 */
export function withOwnTab(devices: CallMediaDevices, reportsSurface: boolean): CallMediaDevices {
  return {
    ...devices,
    async getDisplayMedia(options) {
      const wanted = { ...options, selfBrowserSurface: "include" };
      const stream = await navigator.mediaDevices.getDisplayMedia(wanted);
      if (stream.getAudioTracks().length === 0) throw new Error("The tab came without sound.");
      if (!reportsSurface) for (const track of stream.getTracks()) track.getSettings = () => ({});
      return stream;
    },
  };
}

/** Measures the tone in a track. */
export class ToneMeter {
  readonly #analyser = new AnalyserNode(new AudioContext(), { fftSize: 4096 });
  readonly #levels = new Float32Array(this.#analyser.frequencyBinCount);

  constructor(track: MediaStreamTrack) {
    const mediaStream = new MediaStream([track]);
    // Chromium decodes sound only while an element plays it.
    const player = Object.assign(document.createElement("audio"), { muted: true });
    player.srcObject = mediaStream;
    void player.play();
    const context = this.#analyser.context as AudioContext;
    new MediaStreamAudioSourceNode(context, { mediaStream }).connect(this.#analyser);
  }

  /** Level of the tone at present, in dB. */
  get level(): number {
    this.#analyser.getFloatFrequencyData(this.#levels);
    const { sampleRate } = this.#analyser.context;
    const bin = Math.round((toneHertz * this.#analyser.fftSize) / sampleRate);
    return Math.max(silence, ...this.#levels.subarray(bin - 1, bin + 2));
  }
}
