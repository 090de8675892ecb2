import { expect, oneEvent } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import { FirstPicture } from "../../../../src/elements/call-view/pictures/pictures.ts";
import { plainTrack } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";

const tracks = (remoteCamera: MediaStreamTrack | null = null) => ({
  remoteCamera,
  remoteScreen: null,
});

/** Plays a track, and tells of its first picture. */
async function play(first: FirstPicture, track: MediaStreamTrack): Promise<void> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  video.addEventListener("loadeddata", first.onData);
  const heard = oneEvent(video, "loadeddata");
  await video.play();
  await heard;
}

describe("the first picture of the other side", () => {
  it("is awaited from dialling on, until it is decoded", async () => {
    let pictures = 0;
    const first = new FirstPicture(() => (pictures += 1));
    expect(first.follow({ snapshot: aSnapshot("ringing"), tracks: tracks() }).isAwaited).to.be.true;
    const track = plainTrack("#456");
    const connected = { snapshot: aSnapshot("connected"), tracks: tracks(track) };
    expect(first.follow(connected)).to.deep.equal({ isDecoded: false, isAwaited: true });
    await play(first, track);
    expect(pictures).to.equal(1);
    expect(first.follow(connected)).to.deep.equal({ isDecoded: true, isAwaited: false });
    // Nothing is awaited a second time.
    expect(first.follow({ ...connected, tracks: tracks() }).isAwaited).to.be.false;
    track.stop();
  });

  it("does not take the picture of another track for it", async () => {
    const first = new FirstPicture(() => undefined);
    const [one, other] = [plainTrack("#456"), plainTrack("#654")];
    first.follow({ snapshot: aSnapshot("connected"), tracks: tracks(one) });
    await play(first, other);
    expect(first.follow({ snapshot: aSnapshot("connected"), tracks: tracks(one) }).isDecoded).to.be
      .false;
    one.stop();
    other.stop();
  });

  const none: readonly (readonly [why: string, snapshot: CallSnapshot])[] = [
    [
      "the other side's camera is off",
      aSnapshot("connected", "video", {
        remote: { known: true, microphone: true, camera: false, screen: false },
      }),
    ],
    ["the call is on hold", { ...aSnapshot("connected"), held: { local: true, remote: false } }],
    ["the call has ended", aSnapshot("ended")],
  ];
  for (const [why, snapshot] of none) {
    it(`is not awaited where ${why}`, () => {
      const first = new FirstPicture(() => undefined);
      first.follow({ snapshot: aSnapshot("connecting"), tracks: tracks() });
      expect(first.follow({ snapshot, tracks: tracks() }).isAwaited).to.be.false;
    });
  }
});
