import { expect } from "@open-wc/testing";
import { html, render } from "lit";
import {
  canSetVolume,
  playTrack,
  type PlayWatch,
} from "../../../src/elements/shared/play-track.ts";
import { settled } from "../../support/virtual-clock.ts";
import { waitUntil } from "../../support/wait-until.ts";

/** An `<audio>` in a browser that allows no sound before a press. */
class HeldBackAudio extends HTMLAudioElement {
  static failure = "NotAllowedError";
  override play(): Promise<void> {
    return Promise.reject(new DOMException("Not now.", HeldBackAudio.failure));
  }
}
customElements.define("held-back-audio", HeldBackAudio, { extends: "audio" });

function aTrack(): MediaStreamTrack {
  return document.createElement("canvas").captureStream(0).getVideoTracks()[0]!;
}

function aPlace() {
  const held = new Set<HTMLMediaElement>();
  const watch: PlayWatch = {
    refused: (element) => held.add(element),
    settled: (element) => held.delete(element),
  };
  const place = document.createElement("div");
  const show = (track: MediaStreamTrack | null, isShown = true) => {
    render(
      isShown ? html`<audio is="held-back-audio" ${playTrack(track, watch)}></audio>` : null,
      place,
    );
    return settled();
  };
  const playing = () =>
    (place.querySelector("audio")?.srcObject as MediaStream | null)?.getTracks().length ?? 0;
  return { held, place, show, playing };
}

describe("a track in its element", () => {
  beforeEach(() => {
    HeldBackAudio.failure = "NotAllowedError";
  });

  it("is reported where the browser blocks it", async () => {
    const { held, show, playing } = aPlace();
    await show(aTrack());
    expect([held.size, playing()]).to.deep.equal([1, 1]);
  });

  it("is not waited for any more once there is nothing to play", async () => {
    const { held, show } = aPlace();
    await show(aTrack());
    await show(null);
    expect(held.size).to.equal(0);
  });

  it("is not waited for any more once its element is gone, also where the refusal comes after that", async () => {
    const { held, show } = aPlace();
    await show(aTrack());
    await show(null, false);
    expect(held.size).to.equal(0);
    void show(aTrack());
    void show(null, false);
    await settled();
    expect(held.size).to.equal(0);
  });

  it("is not held back where another track has taken its place", async () => {
    HeldBackAudio.failure = "AbortError";
    const { held, show } = aPlace();
    await show(aTrack());
    expect(held.size).to.equal(0);
  });

  it("plays without a watch", async () => {
    const place = document.createElement("div");
    document.body.append(place);
    render(html`<video .muted=${true} ${playTrack(aTrack())}></video>`, place);
    await waitUntil(() => !place.querySelector("video")!.paused);
    place.remove();
  });

  it("is as loud as set, by the same element, and by the element's own measure otherwise", async () => {
    const place = document.createElement("div");
    const audio = (volume?: number) => {
      render(html`<audio ${playTrack(null, undefined, null, volume)}></audio>`, place);
      return place.querySelector("audio")!;
    };
    expect(audio().volume).to.equal(1);
    const first = audio(0.25);
    expect(first.volume).to.equal(0.25);
    expect([audio(0) === first, first.volume]).to.deep.equal([true, 0]);
    expect(canSetVolume()).to.equal(true);
  });
});
