/** How long one speaks before the other does, in seconds. */
const turnSeconds = 3.5;
/** The voice is a loop of both turns. */
const loopSeconds = 2 * turnSeconds;
const sampleRate = 24_000;

const motion = matchMedia("(prefers-reduced-motion: reduce)");

export const isMotionReduced = () => motion.matches;

/** @returns the loudness of a voice, 0 to 1: syllables and pauses, in the person's turn. */
export function voiceAt(seconds: number, turn: 0 | 1): number {
  const at = seconds % loopSeconds;
  const own = at - turn * turnSeconds;
  if (own < 0 || own > turnSeconds) return 0;
  const syllable = Math.abs(Math.sin(own * 7.3)) * (0.6 + 0.4 * Math.sin(own * 2.9 + turn));
  const edge = Math.min(1, own * 4, (turnSeconds - own) * 4);
  return Math.max(0, syllable * edge);
}

/**
 * A hummed voice as a microphone. It is computed once and played by an element that is muted: an `AudioContext` gives no sound before
 * somebody has pressed something, and the call is there at first sight.
 */
export async function voiceTrack(turn: 0 | 1): Promise<MediaStreamTrack> {
  // Chromium lets a muted `<video>` play by itself, and no `<audio>`.
  const player = document.createElement("video");
  player.src = URL.createObjectURL(await voice(turn));
  player.loop = true;
  player.muted = true;
  const { captureStream } = player as { captureStream?: () => MediaStream };
  if (captureStream === undefined) return toneTrack(turn);
  await player.play();
  const [track] = captureStream.call(player).getAudioTracks();
  if (track === undefined)
    throw new DOMException("A voice is not possible here.", "NotReadableError");
  const timer = setInterval(() => {
    if (track.readyState === "live") return;
    clearInterval(timer);
    player.pause();
    URL.revokeObjectURL(player.src);
  }, 1000);
  return track;
}

/** For engines that capture no element (Firefox, WebKit): heard from the first press on. */
async function toneTrack(turn: 0 | 1): Promise<MediaStreamTrack> {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const source = new AudioBufferSourceNode(context, { buffer: await hum(turn), loop: true });
  source.connect(destination);
  source.start();
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined)
    throw new DOMException("A voice is not possible here.", "NotReadableError");
  addEventListener("pointerdown", () => void context.resume(), { once: true });
  addEventListener("keydown", () => void context.resume(), { once: true });
  return track;
}

const voices = new Map<number, Promise<AudioBuffer>>();

function hum(turn: 0 | 1): Promise<AudioBuffer> {
  const known = voices.get(turn) ?? compute(turn);
  voices.set(turn, known);
  return known;
}

function compute(turn: 0 | 1): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, loopSeconds * sampleRate, sampleRate);
  const pitch = turn === 0 ? 208 : 117;
  const throat = new OscillatorNode(context, { type: "sawtooth", frequency: pitch });
  const mouth = new BiquadFilterNode(context, { type: "bandpass", frequency: 620, Q: 2.2 });
  const lips = new BiquadFilterNode(context, { type: "lowpass", frequency: 1900 });
  const loudness = new GainNode(context, { gain: 0 });
  throat.connect(mouth).connect(lips).connect(loudness).connect(context.destination);
  for (let at = 0; at < loopSeconds; at += 0.03) {
    const level = voiceAt(at, turn);
    loudness.gain.linearRampToValueAtTime(level * 0.22, at);
    throat.frequency.linearRampToValueAtTime(pitch * (1 + 0.12 * Math.sin(at * 3.1)), at);
    mouth.frequency.linearRampToValueAtTime(480 + 520 * level, at);
  }
  throat.start();
  return context.startRendering();
}

/** As a file: RIFF WAVE, 16 bits. */
async function voice(turn: 0 | 1): Promise<Blob> {
  const samples = (await hum(turn)).getChannelData(0);
  const file = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++)
      file.setUint8(at + index, text.charCodeAt(index));
  };
  word(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  word(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, sampleRate, true);
  file.setUint32(28, sampleRate * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  word(36, "data");
  file.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries())
    file.setInt16(44 + index * 2, Math.max(-1, Math.min(1, sample)) * 32_767, true);
  return new Blob([file], { type: "audio/wav" });
}
