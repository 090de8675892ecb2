import { expect, oneEvent } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import { FirstPicture } from "../../../../src/elements/call-view/pictures/pictures.ts";
import { plainTrack } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";

const tracks = (
  remoteCamera: MediaStreamTrack | null = null,
  localCamera: MediaStreamTrack | null = null,
) => ({
  remoteCamera,
  localCamera,
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
    const [track, own] = [plainTrack("#456"), plainTrack("#654")];
    const ringing = { snapshot: aSnapshot("ringing"), tracks: tracks(null, own) };
    expect(first.follow(ringing).isAwaited).to.be.true;
    await play(first, own);
    const connected = { snapshot: aSnapshot("connected"), tracks: tracks(track, own) };
    expect(first.follow(connected)).to.deep.equal({
      isDecoded: false,
      isAwaited: true,
      isOwnDecoded: true,
    });
    await play(first, track);
    expect(pictures).to.equal(2);
    expect(first.follow(connected)).to.deep.equal({
      isDecoded: true,
      isAwaited: false,
      isOwnDecoded: true,
    });
    // Nothing is awaited a second time.
    expect(first.follow({ ...connected, tracks: tracks(null, own) }).isAwaited).to.be.false;
    track.stop();
    own.stop();
  });

  it("is not awaited any more where the call is faster than the own camera, which would be large for a moment only", async () => {
    const first = new FirstPicture(() => undefined);
    const own = plainTrack("#654");
    first.follow({ snapshot: aSnapshot("connecting"), tracks: tracks(null, own) });
    const connected = { snapshot: aSnapshot("connected"), tracks: tracks(null, own) };
    expect(first.follow(connected).isAwaited).to.be.false;
    await play(first, own);
    expect(first.follow(connected)).to.deep.equal({
      isDecoded: false,
      isAwaited: false,
      isOwnDecoded: true,
    });
    own.stop();
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
