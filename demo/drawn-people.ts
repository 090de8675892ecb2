import type { CallMediaDevices } from "sx-call-kit";
import { drawPortrait, portraitSize } from "./portraits.ts";
import type { Portrait } from "./portraits.ts";
import { drawSlides, slideSize } from "./drawn-slides.ts";
import { isMotionReduced, voiceAt, voiceTrack } from "./drawn-voice.ts";

/** Pictures a second: few, because both sides are encoded and decoded by one machine. */
const rate = 20;

/** Of the drawing: 432 × 768 pixels. */
const scale = 0.6;

/**
 * Creates the devices of a drawn person: a portrait as camera, a hummed voice as microphone, slides as screen. They are opened and closed
 * like real ones; the call does not know the difference.
 *
 * @param turn 0 or 1: the two speak in turns.
 * @param hasOwnScreen `true` to share the machine's real screen, where the browser can.
 */
export function createPersonDevices(
  person: Portrait,
  turn: 0 | 1,
  hasOwnScreen = false,
): CallMediaDevices {
  const drawnScreen = () =>
    Promise.resolve(new MediaStream([capture(slideSize, 1, drawSlides, 10)]));
  const ownScreen = (options?: DisplayMediaStreamOptions) =>
    navigator.mediaDevices.getDisplayMedia(options);
  const isDrawn = !hasOwnScreen || !("getDisplayMedia" in navigator.mediaDevices);
  return {
    async getUserMedia({ audio, video } = {}) {
      const tracks = [
        ...(audio ? [await voiceTrack(turn)] : []),
        ...(video ? [cameraOf(person, turn)] : []),
      ];
      return new MediaStream(tracks);
    },
    getDisplayMedia: isDrawn ? drawnScreen : ownScreen,
    enumerateDevices: () => Promise.resolve([]),
  };
}

/** @returns a person's head as a picture of a contact: a `data:` address. */
export function avatarOf(person: Portrait): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 256;
  const context = canvas.getContext("2d", { alpha: false });
  context?.scale(256 / 620, 256 / 620);
  context?.translate(-50, -310);
  if (context) drawPortrait(context, person, 0.9, 0.1);
  return canvas.toDataURL("image/jpeg", 0.85);
}

function cameraOf(person: Portrait, turn: 0 | 1): MediaStreamTrack {
  return capture(
    portraitSize,
    scale,
    (context, seconds) => {
      drawPortrait(context, person, seconds + turn * 7, voiceAt(seconds, turn));
    },
    rate,
  );
}

/** Draws into a track until it is stopped. */
function capture(
  { width, height }: { readonly width: number; readonly height: number },
  size: number,
  draw: (context: CanvasRenderingContext2D, seconds: number) => void,
  perSecond: number,
): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = width * size;
  canvas.height = height * size;
  const context = canvas.getContext("2d", { alpha: false });
  const [track] = canvas.captureStream(perSecond).getVideoTracks();
  if (context === null || track === undefined)
    throw new DOMException("Drawing is not possible here.", "NotReadableError");
  context.scale(size, size);
  const drawNow = () => {
    // Who asks for less motion sees a person who sits still: a picture is sent all the same.
    draw(context, isMotionReduced() ? 0.9 : performance.now() / 1000);
  };
  drawNow();
  // Not an animation frame: those stop when the tab is in the background, and the other side is still looking.
  const timer = setInterval(() => {
    if (track.readyState === "live") drawNow();
    else clearInterval(timer);
  }, 1000 / perSecond);
  return track;
}

/** Returns `true` without a camera or a microphone. */
export async function lacksDevices(): Promise<boolean> {
  // Absent in an insecure context, contrary to its type.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const kinds = new Set(
    (await devices?.enumerateDevices().catch(() => []))?.map(({ kind }) => kind),
  );
  return !kinds.has("audioinput") || !kinds.has("videoinput");
}
