const [width, height] = [16, 12];

/**
 * Measures one picture of a track.
 *
 * @param patience milliseconds to wait for it.
 * @returns its mean brightness, 0 to 255, and variance; `null` without a picture in time.
 */
export async function lookAt(
  track: MediaStreamTrack,
  patience: number,
): Promise<{ readonly light: number; readonly variance: number } | null> {
  // A player for one picture: a permanent one would receive every picture of the camera.
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  try {
    const isThere = await new Promise<boolean>((resolve) => {
      video.addEventListener("loadeddata", () => {
        resolve(true);
      });
      setTimeout(resolve, patience, false);
      video.srcObject = new MediaStream([track]);
      // Phones provide no picture to a paused player.
      void video.play().catch(() => undefined);
    });
    return isThere ? measure(video) : null;
  } finally {
    video.srcObject = null;
  }
}

function measure(video: HTMLVideoElement): { light: number; variance: number } | null {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const lights = Array.from({ length: width * height }, (_, at) => lightOf(data.subarray(at * 4)));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const light = mean(lights);
  return { light, variance: mean(lights.map((one) => (one - light) ** 2)) };
}

/** ITU-R BT.601 luma. */
function lightOf([red = 0, green = 0, blue = 0]: ArrayLike<number> & Iterable<number>): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
