import type { CallMediaDevices } from "../../../src/media/devices/device-requests.ts";

/** Pixels, and pictures a second. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  /** Number of pieces of another colour each picture has: what makes it cost bits. */
  readonly pieces: number;
}

/** Cheap to encode. */
export const plainDrawing: Drawing = { width: 320, height: 240, rate: 15, pieces: 0 };
/** As much to send as somebody who walks about: about 1.5 Mbit/s where there is room. */
export const busyDrawing: Drawing = { width: 640, height: 480, rate: 30, pieces: 60 };

/**
 * A camera that is a moving drawing, and the engine's own fake microphone. A tone of the test would be silence in Firefox: its
 * AudioContext stays suspended on a machine without a loudspeaker.
 */
export function drawnDevices(drawing: Drawing): CallMediaDevices {
  return {
    async getUserMedia({ audio, video } = {}) {
      const sound = audio ? (await navigator.mediaDevices.getUserMedia({ audio })).getTracks() : [];
      return new MediaStream([...sound, ...(video ? [draw(drawing)] : [])]);
    },
    getDisplayMedia: () => Promise.resolve(new MediaStream([draw(drawing)])),
    enumerateDevices: () => Promise.resolve([]),
  };
}

function draw({ width, height, rate, pieces }: Drawing): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  const [track] = canvas.captureStream(rate).getVideoTracks();
  let turn = 0;
  const drawOne = () => {
    turn += 1;
    context.fillStyle = `hsl(${(turn * 4) % 360} 60% 40%)`;
    context.fillRect(0, 0, width, height);
    for (let piece = 0; piece < pieces; piece++) {
      context.fillStyle = `hsl(${Math.random() * 360} 60% ${Math.random() * 100}%)`;
      context.fillRect(Math.random() * width, Math.random() * height, width / 8, height / 8);
    }
    context.fillStyle = "white";
    context.fillRect((turn * 7) % width, height / 4, height / 3, height / 3);
  };
  drawOne();
  // Not an animation frame: those stop in a page that nobody sees.
  const timer = setInterval(() => {
    if (track?.readyState === "live") drawOne();
    else clearInterval(timer);
  }, 1000 / rate);
  return track!;
}
