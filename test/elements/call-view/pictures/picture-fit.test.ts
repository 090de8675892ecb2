import { expect } from "@open-wc/testing";
import "sx-call-kit/define";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { bestFit } from "../../../../src/elements/call-view/pictures/picture-fit.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { longIt } from "../../../support/long-it.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const upright = { width: 390, height: 844 };
/** A picture that moves: only what is drawn comes as a new frame. */
function movingTrack(canvas: HTMLCanvasElement): MediaStreamTrack {
  const [track] = canvas.captureStream(30).getVideoTracks();
  const timer = setInterval(() => {
    if (track!.readyState === "ended") clearInterval(timer);
    const context = canvas.getContext("2d")!;
    context.fillStyle = `hsl(${String(performance.now() % 360)} 50% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 33);
  tracks.push(track!);
  return track!;
}
const tracks: MediaStreamTrack[] = [];
after(() => {
  for (const track of tracks) track.stop();
});

const wide = { width: 1280, height: 720 };

describe("how a picture is best shown", () => {
  it("fills a room of about its own shape", () => {
    expect(bestFit({ width: 720, height: 1280 }, upright)).to.equal("fill");
    expect(bestFit({ width: 640, height: 480 }, wide)).to.equal("fill");
  });

  it("is whole where filling would take more than three tenths of it away", () => {
    expect(bestFit({ width: 720, height: 960 }, upright)).to.equal("fit");
    expect(bestFit({ width: 1280, height: 720 }, upright)).to.equal("fit");
    expect(bestFit({ width: 720, height: 1280 }, wide)).to.equal("fit");
  });

  it("fills as long as nothing is known of it", () => {
    expect(bestFit({ width: 0, height: 0 }, upright)).to.equal("fill");
    expect(bestFit({ width: 720, height: 960 }, { width: 0, height: 0 })).to.equal("fill");
    expect(bestFit({ width: 720, height: 960 }, { width: 0, height: 700 })).to.equal("fill");
  });
});

describe("the large picture", () => {
  const video = (harness: CallViewHarness) =>
    harness.root.querySelector<HTMLVideoElement>("video.picture")!;
  const objectFit = (harness: CallViewHarness) => getComputedStyle(video(harness)).objectFit;

  async function shown(size: number[]): Promise<CallViewHarness> {
    const harness = await CallViewHarness.show(aSnapshot("connected"), {
      tracks: drawnTracks(),
      size,
    });
    await waitUntil(() => video(harness).videoWidth > 0, "no picture came");
    await waitUntil(() => video(harness).dataset.fit !== undefined);
    return harness;
  }

  it("follows a room that turns", async () => {
    const harness = await shown([390, 700]);
    await waitUntil(() => objectFit(harness) === "cover");
    await harness.resize(844, 390);
    await waitUntil(() => objectFit(harness) === "contain");
  });

  it("keeps what is in its upper third where it is cropped", async () => {
    const harness = await shown([390, 700]);
    expect(getComputedStyle(video(harness)).objectPosition).to.equal("50% 30%");
  });

  const copyOf = (harness: CallViewHarness) =>
    harness.root.querySelector<HTMLCanvasElement>(".large canvas")!;
  const pixel = (canvas: HTMLCanvasElement) => [
    ...canvas.getContext("2d")!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data,
  ];

  it("has a dark copy behind it where it does not fill the room, in which nobody is recognised", async () => {
    const harness = await shown([844, 390]);
    await waitUntil(() => pixel(copyOf(harness))[3] === 255, "no copy was drawn");
    const [red = 255, green = 255, blue = 255] = pixel(copyOf(harness));
    expect(Math.max(red, green, blue)).to.be.within(1, 0x4d);
    const row = copyOf(harness).getContext("2d")!.getImageData(0, 32, 64, 1).data;
    const steps = Array.from({ length: 63 }, (_, at) => Math.abs(row[4 * at]! - row[4 * at + 4]!));
    expect(Math.max(...steps)).to.be.lessThan(12);
    // What was covered as outdated does not shine through behind it.
    video(harness).toggleAttribute("data-stale", true);
    expect(copyOf(harness).checkVisibility()).to.be.false;
  });

  it("has such a copy of one's own picture while it rings, mirrored as that is, and none of a shared screen", async () => {
    const { localCamera } = drawnTracks();
    const harness = await CallViewHarness.show(aSnapshot("ringing"), {
      tracks: { localCamera: localCamera! },
      size: [844, 390],
    });
    await waitUntil(() => pixel(copyOf(harness))[3] === 255, "no copy was drawn");
    expect(getComputedStyle(copyOf(harness)).transform).to.equal("matrix(-1, 0, 0, 1, 0, 0)");
    harness.element.remove();
    const screen = await CallViewHarness.show(aSnapshot("connected"), {
      tracks: { ...drawnTracks(), remoteScreen: drawnTracks().remoteCamera! },
      size: [390, 844],
    });
    await waitUntil(
      () => screen.root.querySelector<HTMLVideoElement>("video.shared")!.videoWidth > 0,
    );
    expect(copyOf(screen)).to.be.null;
  });

  longIt(
    "is copied at most twice a second, less often where that is dear, and not at all while it fills the room or is gone",
    async () => {
      const upright = Object.assign(document.createElement("canvas"), { width: 360, height: 640 });
      const track = movingTrack(upright);
      const harness = await CallViewHarness.show(aSnapshot("connected"), {
        tracks: { remoteCamera: track },
        size: [844, 390],
      });
      const { drawImage } = CanvasRenderingContext2D.prototype;
      let copies = 0;
      /** Milliseconds that a copy takes here. */
      let dear = 0;
      CanvasRenderingContext2D.prototype.drawImage = function (...given: unknown[]) {
        const isCopy = given[0] === video(harness);
        copies += Number(isCopy);
        const end = performance.now() + (isCopy ? dear : 0);
        while (performance.now() < end);
        Reflect.apply(drawImage, this, given);
      };
      // Of another element, which goes on when the view has gone.
      const watched = Object.assign(document.createElement("video"), { muted: true });
      watched.srcObject = new MediaStream([track]);
      document.body.append(watched);
      await watched.play();
      const frames = async (count: number) => {
        for (let at = 0; at < count; at++)
          await new Promise((resolve) => watched.requestVideoFrameCallback(resolve));
      };
      try {
        await waitUntil(() => video(harness).videoWidth > 0);
        const [start, before] = [performance.now(), copies];
        await waitUntil(() => copies >= before + 3, "it is not drawn again");
        expect(copies - before).to.be.at.most((performance.now() - start) / 500 + 1);
        harness.element.performScreenAction("fit");
        const filled = copies;
        await frames(30);
        expect(copies).to.equal(filled);
        harness.element.performScreenAction("fit");
        expect(copies).to.equal(filled + 1);
        // Back and forth before the next one: one loop goes on, not two.
        harness.element.performScreenAction("fit");
        harness.element.performScreenAction("fit");
        const [again, since] = [copies, performance.now()];
        await waitUntil(() => copies >= again + 3, "it is not drawn again");
        expect(performance.now() - since).to.be.at.least(1400);
        dear = 8;
        await waitUntil(() => copies >= again + 4, "it is not drawn again");
        const slow = performance.now();
        await waitUntil(() => copies >= again + 5, "it is not drawn again");
        expect(performance.now() - slow).to.be.at.least(1500);
        const last = copies;
        harness.element.remove();
        await frames(30);
        expect(copies).to.equal(last);
      } finally {
        CanvasRenderingContext2D.prototype.drawImage = drawImage;
        watched.remove();
      }
    },
  );

  it("grows and shrinks into another fit instead of jumping", async () => {
    const harness = await shown([390, 700]);
    harness.element.performScreenAction("fit");
    const { width, height } = harness.element.getBoundingClientRect();
    const [first] = video(harness)
      .getAnimations()
      .map((motion) => (motion.effect as KeyframeEffect).getKeyframes()[0]!)
      .filter(({ scale }) => scale !== undefined);
    expect(Number(first!.scale)).to.be.closeTo(((720 / 960) * height) / width, 0.01);
  });

  it("changes from filling to whole and back by a double tap, not by two slow ones", async () => {
    const harness = await shown([390, 700]);
    const tap = (timeStamp: number) => {
      const event = new MouseEvent("click", {
        bubbles: true,
        composed: true,
        clientX: 100,
        clientY: 100,
      });
      Object.defineProperty(event, "timeStamp", { value: timeStamp });
      video(harness).dispatchEvent(event);
    };
    tap(1000);
    tap(2000);
    expect(objectFit(harness)).to.equal("cover");
    tap(2200);
    expect(objectFit(harness)).to.equal("contain");
    // A third one begins anew.
    tap(2400);
    expect(objectFit(harness)).to.equal("contain");
    tap(2500);
    expect(objectFit(harness)).to.equal("cover");
  });

  it("changes by the action of the toolbar, and keeps what was chosen when the room turns", async () => {
    const harness = await shown([390, 700]);
    const words = async () => {
      harness.controls.part("more").click();
      await harness.settled();
      const item = harness.controls.part("fit");
      const text = item.textContent.trim();
      item.click();
      return text;
    };
    expect(await words()).to.equal("Show whole picture");
    expect(objectFit(harness)).to.equal("contain");
    await harness.settled();
    expect(await words()).to.equal("Fill screen");
    await harness.resize(844, 390);
    expect(objectFit(harness)).to.equal("cover");
  });
});

describe("a small picture", () => {
  const ratioOf = (harness: CallViewHarness, selector: string) => {
    const { width, height } = harness.root.querySelector(selector)!.getBoundingClientRect();
    return width / height;
  };
  const area = (harness: CallViewHarness) => {
    const { width, height } = harness.root.querySelector(".self-view")!.getBoundingClientRect();
    return width * height;
  };

  it("has the shape of its video and follows one that turns, with the button over it, in about the same area", async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [360, 640];
    const track = movingTrack(canvas);
    const harness = await CallViewHarness.show(aSnapshot("connected"), {
      tracks: { remoteCamera: drawnTracks().remoteCamera!, localCamera: track },
      size: [390, 844],
    });
    const rests = (ratio: number) =>
      waitUntil(
        () =>
          [".self-view", ".handle"].every(
            (selector) => Math.abs(ratioOf(harness, selector) - ratio) < 0.02,
          ),
        `it is not ${String(ratio)}`,
      );
    await rests(9 / 16);
    const upright = area(harness);
    const place = () => harness.root.querySelector(".self-view")!.getBoundingClientRect();
    const before = place();
    [canvas.width, canvas.height] = [640, 360];
    const turning = () =>
      harness.root
        .getAnimations()
        .filter(({ effect }) => (effect as KeyframeEffect).target?.matches(".self-view"));
    await waitUntil(() => turning().length > 0, "it jumps");
    // It begins in its new shape, hardly wider than before, and covers nothing beside it.
    for (const animation of turning()) animation.currentTime = 0;
    const first = place();
    expect(first.width).to.be.below(before.width * 1.5);
    expect(first.right).to.be.at.most(before.right + 1);
    expect(first.bottom).to.be.at.most(before.bottom + 1);
    expect(ratioOf(harness, ".self-view")).to.be.within(1.7, 1.85);
    for (const animation of turning()) animation.finish();
    await rests(16 / 9);
    expect(area(harness) / upright).to.be.within(0.8, 1.25);
    // A picture as wide as a screen on a wall is cropped instead of becoming a strip.
    [canvas.width, canvas.height] = [640, 160];
    await rests(2);
  });

  it("beside a shared screen has its shape, and leaves the other one its place", async () => {
    for (const [width, height] of [
      [360, 640],
      [640, 360],
    ]) {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const harness = await CallViewHarness.show(aSnapshot("connected"), {
        tracks: {
          ...drawnTracks(["remoteScreen", "localCamera"]),
          remoteCamera: movingTrack(canvas),
        },
        size: [1280, 800],
      });
      await waitUntil(
        () => Math.abs(ratioOf(harness, ".person-tile") - width! / height!) < 0.02,
        "it keeps another shape",
      );
      const boxOf = (selector: string) =>
        harness.root.querySelector(selector)!.getBoundingClientRect();
      // Its styles come with the first shared screen.
      await waitUntil(
        () => boxOf(".person-tile").bottom <= boxOf(".self-view").top,
        "one lies over the other",
      );
      harness.element.remove();
    }
  });
});
