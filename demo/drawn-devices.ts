import type { CallMediaDevices } from "sx-call-kit";

/**
 * Creates a synthetic camera and a tone as a microphone, for a machine without them. They are opened and closed like real ones.
 *
 * @param name text in the picture.
 * @param hue colour of the picture in degrees.
 */
export function createDrawnDevices(name: string, hue: number): CallMediaDevices {
  return {
    getUserMedia({ audio, video } = {}) {
      const tracks = [...(audio ? [tone(hue)] : []), ...(video ? [drawing(name, hue)] : [])];
      return Promise.resolve(new MediaStream(tracks));
    },
    enumerateDevices: () => Promise.resolve([]),
    ...("getDisplayMedia" in navigator.mediaDevices && {
      getDisplayMedia: (options?: DisplayMediaStreamOptions) =>
        navigator.mediaDevices.getDisplayMedia(options),
    }),
  };
}

function drawing(name: string, hue: number): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  const context = canvas.getContext("2d");
  const [track] = canvas.captureStream(30).getVideoTracks();
  if (context === null || track === undefined)
    throw new DOMException("Drawing is not possible here.", "NotReadableError");
  const draw = () => {
    const time = performance.now() / 1000;
    const sky = context.createLinearGradient(0, 0, 1280, 720);
    sky.addColorStop(0, `hsl(${hue} 45% 28%)`);
    sky.addColorStop(1, `hsl(${hue + 50} 55% 52%)`);
    context.fillStyle = sky;
    context.fillRect(0, 0, 1280, 720);
    for (let ball = 0; ball < 5; ball++) {
      context.fillStyle = `hsl(${hue + 25 * ball} 70% 75% / 0.35)`;
      context.beginPath();
      context.arc(
        640 + 420 * Math.sin(time * (0.4 + ball / 9) + ball),
        360 + 230 * Math.cos(time * (0.3 + ball / 7) + ball),
        60 + 24 * ball,
        0,
        7,
      );
      context.fill();
    }
    context.fillStyle = "#fff";
    context.textAlign = "center";
    context.font = "600 72px system-ui, sans-serif";
    context.fillText(name, 640, 350);
    context.font = "40px system-ui, sans-serif";
    context.fillText(new Date().toLocaleTimeString(), 640, 420);
  };
  draw();
  // Not an animation frame: those stop when the tab is in the background, and the other side is still looking.
  const timer = setInterval(() => {
    if (track.readyState === "live") draw();
    else clearInterval(timer);
  }, 33);
  return track;
}

function tone(hue: number): MediaStreamTrack {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const gain = new GainNode(context, { gain: 0 });
  const oscillator = new OscillatorNode(context, { frequency: 220 + hue });
  oscillator.connect(gain).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined)
    throw new DOMException("A tone is not possible here.", "NotReadableError");
  const timer = setInterval(() => {
    if (track.readyState === "live") {
      // Half a second of sound every three.
      gain.gain.setTargetAtTime(0.08, context.currentTime, 0.05);
      gain.gain.setTargetAtTime(0, context.currentTime + 0.5, 0.05);
    } else {
      clearInterval(timer);
      void context.close();
    }
  }, 3000);
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
