import type { CallTracks } from "../../src/controller/call-source.ts";

/** Draws one still picture into a video track: no camera, no network, no motion that a screenshot could catch halfway. */
function drawnTrack(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  const [track] = canvas.captureStream(5).getVideoTracks();
  if (!track) throw new Error("This browser cannot make a video track of a drawing.");
  // A track has a picture only after drawing since its creation; a late subscriber needs another one.
  const paint = () => draw(context);
  paint();
  const stop = () => track.stop();
  const timer = setInterval(() => {
    if (track.readyState !== "ended") {
      paint();
      return;
    }
    clearInterval(timer);
    // It would hold the picture, of megabytes, for as long as the page is there.
    removeEventListener("drawing-over", stop);
  }, 500);
  // Else every story and test of a page would be painted until the last one is over.
  addEventListener("drawing-over", stop, { once: true });
  return track;
}

/** A room with a person in it. */
function portrait(wall: string, floor: string, clothes: string, skin: string, hair: string) {
  return (context: CanvasRenderingContext2D) => {
    const { width, height } = context.canvas;
    const unit = Math.min(width, height);
    const middle = width / 2;
    const gradient = context.createLinearGradient(0, 0, width * 0.4, height);
    gradient.addColorStop(0, wall);
    gradient.addColorStop(1, floor);
    context.fillStyle = gradient;
    context.fillRect(0, 0, width, height);
    // A window, so that there is something bright behind the bars.
    context.fillStyle = "rgb(255 255 255 / 0.55)";
    context.fillRect(width * 0.06, 0, width * 0.26, height * 0.4);
    const ellipse = (x: number, y: number, wide: number, high: number, colour: string) => {
      context.fillStyle = colour;
      context.beginPath();
      context.ellipse(x, y, wide, high, 0, 0, Math.PI * 2);
      context.fill();
    };
    ellipse(middle, height * 0.98, unit * 0.42, unit * 0.36, clothes);
    ellipse(middle, height * 0.5 - unit * 0.05, unit * 0.205, unit * 0.24, hair);
    context.fillStyle = skin;
    context.fillRect(middle - unit * 0.07, height * 0.5 + unit * 0.1, unit * 0.14, unit * 0.16);
    ellipse(middle, height * 0.5, unit * 0.17, unit * 0.21, skin);
  };
}

/** A window with text and a chart, as people share it. */
function sharedWindow(context: CanvasRenderingContext2D) {
  const { width, height } = context.canvas;
  context.fillStyle = "#fdfdfc";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#e9ebef";
  context.fillRect(0, 0, width, height * 0.08);
  for (let line = 0; line < 9; line++) {
    context.fillStyle = line === 0 ? "#22252c" : "#b9bec8";
    context.fillRect(
      width * 0.07,
      height * (0.16 + line * 0.075),
      width * (0.28 + ((line * 37) % 13) / 100),
      height * 0.026,
    );
  }
  ["#5b7be0", "#8fa6ee", "#3853b5", "#c3cff7", "#5b7be0"].forEach((colour, bar) => {
    const high = height * (0.25 + ((bar * 29) % 40) / 100);
    context.fillStyle = colour;
    context.fillRect(width * (0.55 + bar * 0.075), height * 0.84 - high, width * 0.05, high);
  });
}

const remotePerson = portrait("#d9c7ae", "#7d8a94", "#2f4a6d", "#dba98a", "#3b2a22");
const localPerson = portrait("#aebfc9", "#5b6b63", "#8c3f3b", "#c98f6b", "#191715");

/** The tracks of a video call; of a call with a shared screen, where asked. @param shape of both cameras, of upright phones without one. */
export function drawnTracks(
  which: readonly (keyof CallTracks)[] = ["remoteCamera", "localCamera"],
  shape?: { readonly width: number; readonly height: number },
): Partial<CallTracks> {
  const [theirs, own] = shape
    ? [shape, shape]
    : [
        { width: 720, height: 960 },
        { width: 480, height: 640 },
      ];
  const tracks: { -readonly [Name in keyof CallTracks]?: MediaStreamTrack } = {};
  if (which.includes("remoteCamera"))
    tracks.remoteCamera = drawnTrack(theirs.width, theirs.height, remotePerson);
  if (which.includes("localCamera"))
    tracks.localCamera = drawnTrack(own.width, own.height, localPerson);
  if (which.includes("remoteScreen")) tracks.remoteScreen = drawnTrack(1280, 800, sharedWindow);
  return tracks;
}

/** A track of one colour: what words and buttons must be readable over. */
export function plainTrack(colour: string): MediaStreamTrack {
  // As tall as a phone: a picture of another shape than the screen is shown whole, and then nothing stands over it.
  return drawnTrack(480, 960, (context) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  });
}
