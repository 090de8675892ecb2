import { expect, fixture, html } from "@open-wc/testing";
import { render } from "lit";
import { OpenTrack } from "../../../../src/media/devices/open-track.ts";
import { plainTrack } from "../../../../stories/support/drawn-tracks.ts";
import { freshPicture } from "../../../../src/elements/call-view/pictures/pictures.ts";
import { playTrack } from "../../../../src/elements/shared/play-track.ts";
import { waitUntil } from "../../../support/wait-until.ts";

async function playing() {
  const room = await fixture<HTMLDivElement>(html`<div></div>`);
  const show = (track: MediaStreamTrack | null) =>
    render(
      html`<video autoplay .muted=${true} ${freshPicture(track)} ${playTrack(track)}></video>`,
      room,
    );
  show(null);
  const video = room.querySelector("video")!;
  return {
    show,
    video,
    isStale: () => video.hasAttribute("data-stale"),
    leave: () => render(null, room),
  };
}

/** A track that never has a picture. */
const emptyTrack = () => document.createElement("canvas").captureStream(0).getVideoTracks()[0]!;

describe("a fresh picture", () => {
  it("is covered until the first picture of its track", async () => {
    const { show, isStale } = await playing();
    show(plainTrack("#336699"));
    expect(isStale()).to.be.true;
    await waitUntil(() => !isStale(), "the picture stays covered");
  });

  it("is covered again when its track changes, for as long as the new one has none", async () => {
    const { show, isStale } = await playing();
    show(plainTrack("#336699"));
    await waitUntil(() => !isStale());
    show(emptyTrack());
    expect(isStale()).to.be.true;
    show(plainTrack("#993366"));
    await waitUntil(() => !isStale());
  });

  it("stays as it is while the same track is drawn again", async () => {
    const { show, isStale } = await playing();
    const track = plainTrack("#336699");
    show(track);
    await waitUntil(() => !isStale());
    show(track);
    expect(isStale()).to.be.false;
  });

  it("is covered while the system has taken the camera, and shown with the next picture", async () => {
    const { show, isStale } = await playing();
    const track = plainTrack("#336699");
    show(track);
    await waitUntil(() => !isStale());
    track.dispatchEvent(new Event("mute"));
    expect(isStale()).to.be.true;
    track.dispatchEvent(new Event("unmute"));
    await waitUntil(() => !isStale());
  });

  it("stays when its camera stops, until the screen has followed, and makes room for the next one", async () => {
    const { show, video, isStale } = await playing();
    const track = plainTrack("#336699");
    show(track);
    await waitUntil(() => !isStale());
    new OpenTrack(track).stop();
    expect([track.readyState, video.paused, isStale()]).to.deep.equal(["ended", true, false]);
    show(null);
    expect(isStale()).to.be.true;
    show(plainTrack("#993366"));
    await waitUntil(() => !isStale() && !video.paused);
  });

  it("listens to no track that it does not show any more", async () => {
    const { show, isStale, leave } = await playing();
    const [old, next] = [plainTrack("#336699"), plainTrack("#993366")];
    show(old);
    await waitUntil(() => !isStale());
    show(next);
    await waitUntil(() => !isStale());
    old.dispatchEvent(new Event("mute"));
    expect(isStale()).to.be.false;
    leave();
    next.dispatchEvent(new Event("unmute"));
  });
});
