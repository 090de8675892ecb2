import type { CallMediaDevices } from "../../../src/media/device-requests.ts";

/**
 * A camera that is a small moving drawing, cheap to encode, and the engine's own fake microphone: a tone of ours would be silence in
 * Firefox, whose AudioContext stays suspended on a machine without a loudspeaker.
 */
export const drawnDevices: CallMediaDevices = {
  async getUserMedia({ audio, video } = {}) {
    const sound = audio ? (await navigator.mediaDevices.getUserMedia({ audio })).getTracks() : [];
    return new MediaStream([...sound, ...(video ? [drawing()] : [])]);
  },
  getDisplayMedia: () => Promise.resolve(new MediaStream([drawing()])),
  enumerateDevices: () => Promise.resolve([]),
};

const size = { width: 320, height: 240 };
const picturesPerSecond = 15;

function drawing(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), size);
  const context = canvas.getContext("2d")!;
  const [track] = canvas.captureStream(picturesPerSecond).getVideoTracks();
  let turn = 0;
  const draw = () => {
    turn += 1;
    context.fillStyle = `hsl(${(turn * 4) % 360} 60% 40%)`;
    context.fillRect(0, 0, size.width, size.height);
    context.fillStyle = "white";
    context.fillRect((turn * 7) % size.width, 60, 80, 80);
  };
  draw();
  // Not an animation frame: those stop in a page that nobody sees.
  const timer = setInterval(() => {
    if (track?.readyState === "live") draw();
    else clearInterval(timer);
  }, 1000 / picturesPerSecond);
  return track!;
}
