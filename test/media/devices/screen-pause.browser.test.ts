import { expect } from "@open-wc/testing";
import { limited } from "../../../src/media/limited.ts";
import { ScreenPause } from "../../../src/media/devices/screen-pause.ts";
import { waitUntil } from "../../support/wait-until.ts";
import { longIt } from "../../support/long-it.ts";

/** A screen that changes its colour, and the tracks as they lie on the wire. */
function aShare() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const context = canvas.getContext("2d")!;
  const paint = (colour: string) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 64, 48);
  };
  paint("red");
  const painting = setInterval(() => {
    paint(context.fillStyle as string);
  }, 50);
  const screen = canvas.captureStream(20).getVideoTracks()[0]!;
  const tracks: { screen: MediaStreamTrack | null; screenSound: MediaStreamTrack | null } = {
    screen,
    screenSound: new MediaStreamAudioDestinationNode(
      new AudioContext(),
    ).stream.getAudioTracks()[0]!,
  };
  const placed: (MediaStreamTrack | null | undefined)[] = [];
  const pause = new ScreenPause(
    (name) => tracks[name],
    (index, track) => {
      placed[index] = track;
      return Promise.resolve();
    },
  );
  const end = () => {
    clearInterval(painting);
    screen.stop();
    pause.end();
  };
  return { paint, tracks, placed, pause, end };
}

/** Returns the colour of a picture of a track, once it has one. */
async function colourOf(track: MediaStreamTrack): Promise<string> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  await limited(video.play(), 5000);
  const context = new OffscreenCanvas(1, 1).getContext("2d")!;
  context.drawImage(video, 0, 0, 1, 1);
  const [red = 0, green = 0] = context.getImageData(0, 0, 1, 1).data;
  video.srcObject = null;
  return red > 200 ? "red" : green > 100 ? "green" : "another";
}

describe("a shared screen that is paused", () => {
  let share: ReturnType<typeof aShare>;
  beforeEach(() => {
    share = aShare();
  });
  afterEach(() => {
    share.end();
  });

  it("is seen as it was, without sound, whatever it shows now, and goes on as it is", async () => {
    await share.pause.set(true);
    const still = share.placed[3]!;
    expect([share.placed[2], still === share.tracks.screen]).to.deep.equal([null, false]);
    share.paint("green");
    await waitUntil(async () => (await colourOf(share.tracks.screen!)) === "green");
    expect(await colourOf(still)).to.equal("red");
    expect(share.tracks.screen!.readyState).to.equal("live");

    await share.pause.set(false);
    expect([share.placed[3] === share.tracks.screen, share.placed[2]?.kind]).to.deep.equal([
      true,
      "audio",
    ]);
    expect(still.readyState).to.equal("ended");
  });

  longIt("sends a picture again and again: whoever has lost one gets another", async () => {
    await share.pause.set(true);
    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = new MediaStream([share.placed[3]!]);
    await limited(video.play(), 5000);
    for (let pictures = 0; pictures < 3; pictures += 1)
      await limited(new Promise((resolve) => video.requestVideoFrameCallback(resolve)), 5000);
    video.srcObject = null;
  });

  it("goes on where that is asked for while the still is being made", async () => {
    const paused = share.pause.set(true);
    await share.pause.set(false);
    await paused;
    expect([share.placed[3] === share.tracks.screen, share.pause.isPaused]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("sends nothing where the engine cannot draw it, and does nothing where nothing is shared", async () => {
    const usual = HTMLCanvasElement.prototype.captureStream;
    HTMLCanvasElement.prototype.captureStream = () => {
      throw new DOMException("Not here.", "NotSupportedError");
    };
    await share.pause.set(true);
    HTMLCanvasElement.prototype.captureStream = usual;
    expect(share.placed[3] === null).to.equal(true);
    share.pause.end();
    share.tracks.screen = null;
    share.placed.length = 0;
    await share.pause.set(true);
    expect([share.placed, share.pause.isPaused]).to.deep.equal([[], false]);
  });
});
