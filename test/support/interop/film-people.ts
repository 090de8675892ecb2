import type { CallMediaDevices } from "../../../src/media/devices/device-requests.ts";

/** Hue of every picture in a film, in degrees: so that its owner can be recognised. */
export const hues = {
  caller: 120,
  callee: 220,
  third: 30,
  "caller's screen": 300,
  "callee's screen": 180,
  "caller's back": 60,
} as const;

export type Subject = keyof typeof hues;

/** The device of a person who is filmed. */
export interface Person {
  readonly devices: CallMediaDevices;
  /** Turns the telephone: its pictures get the other shape, as those of a real one. */
  turn(): void;
  /** Stops what is shared, as the browser's own button does. */
  stopScreen(): void;
}

type Side = "caller" | "callee" | "third";

/** Two cameras and a screen, each of one colour of its own. The microphone is the browser's fake one. */
export function personOf(side: Side, shape: readonly [width: number, height: number]): Person {
  let isTurned = false;
  const shapeNow = () => (isTurned ? ([shape[1], shape[0]] as const) : shape);
  const back: Subject = side === "caller" ? "caller's back" : side;
  const cameras: Readonly<Record<string, Subject>> = { front: side, back };
  let screen: MediaStreamTrack | undefined;
  return {
    turn: () => (isTurned = !isTurned),
    stopScreen() {
      screen?.stop();
      // What a page stops itself tells nobody.
      screen?.dispatchEvent(new Event("ended"));
    },
    devices: {
      async getUserMedia({ audio, video } = {}) {
        const sound = audio
          ? (await navigator.mediaDevices.getUserMedia({ audio })).getTracks()
          : [];
        if (!video) return new MediaStream(sound);
        const { deviceId } = video === true ? {} : video;
        const { exact = "front" } = (deviceId ?? {}) as { exact?: string };
        const camera = draw(cameras[exact] ?? side, shapeNow);
        const settings = camera.getSettings();
        camera.getSettings = () => ({ ...settings, deviceId: exact });
        return new MediaStream([...sound, camera]);
      },
      getDisplayMedia() {
        const subject = side === "callee" ? "callee's screen" : "caller's screen";
        screen = draw(subject, () => [640, 360]);
        return Promise.resolve(new MediaStream([screen]));
      },
      enumerateDevices: () =>
        Promise.resolve(
          Object.keys(cameras).map((deviceId) => {
            const about = { deviceId, kind: "videoinput", label: deviceId, groupId: "" } as const;
            return { ...about, toJSON: () => about };
          }),
        ),
    },
  };
}

/** Fifteen pictures a second of hardly different colours: what changes from one to the next is not seen, and no picture is left out. */
function draw(subject: Subject, shape: () => readonly [number, number]): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d")!;
  let turn = 0;
  const drawOne = () => {
    const [width, height] = shape();
    if (canvas.width !== width) Object.assign(canvas, { width, height });
    turn += 1;
    context.fillStyle = `hsl(${String(hues[subject])} 60% ${String(26 + (turn % 2))}%)`;
    context.fillRect(0, 0, width, height);
  };
  drawOne();
  const [track] = canvas.captureStream(15).getVideoTracks();
  // Not an animation frame: those stop in a page that nobody sees.
  const timer = setInterval(() => {
    if (track?.readyState === "live") drawOne();
    else clearInterval(timer);
  }, 1000 / 15);
  return track!;
}
