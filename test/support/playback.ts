/** Plays a track and waits until so many different pictures have been decoded. */
export async function decodedPicture(
  track: MediaStreamTrack,
  pictures: number,
): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  await video.play();
  const seen = new Set<string>();
  while (seen.size < pictures) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    seen.add(fingerprint(video));
  }
  video.remove();
  return video;
}

/** A picture in 16 × 16 pixels, as text. All black is no picture. */
function fingerprint(video: HTMLVideoElement): string {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext("2d")!;
  context.drawImage(video, 0, 0, 16, 16);
  return context.getImageData(0, 0, 16, 16).data.join();
}

/** Waits until a track gives a sound that is not silence. The fake microphone beeps once a second. */
export async function brightSamples(track: MediaStreamTrack): Promise<void> {
  // Chromium decodes a remote track only while an element plays it.
  const audio = document.createElement("audio");
  audio.srcObject = new MediaStream([track]);
  audio.muted = true;
  await audio.play();
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  do {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    analyser.getFloatTimeDomainData(samples);
  } while (!samples.some((sample) => Math.abs(sample) > 0.01));
  await context.close();
  audio.srcObject = null;
}
