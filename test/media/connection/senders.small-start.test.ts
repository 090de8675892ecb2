import { expect } from "@open-wc/testing";
import { SmallStart, startSmall } from "../../../src/media/connection/senders.ts";

const wide = 5_000_000;
const narrow = 300_000;

describe("the small start of a camera", () => {
  it("ends once its first frames are through, and once only", () => {
    const start = new SmallStart();
    expect(start.begin()).to.equal(true);
    const grows = [0, 1, 4, 5, 9].map((left) => start.read({ left, available: wide }, 2_500_000));
    expect(grows).to.deep.equal([false, false, false, true, false]);
    expect(start.isSmall).to.equal(false);
  });

  it("lasts while the engine expects too little of the path for what is wanted", () => {
    const start = new SmallStart();
    start.begin();
    expect(start.read({ left: 9, available: narrow }, null)).to.equal(false);
    expect(start.read({ left: 18, available: narrow }, 2_500_000)).to.equal(false);
    expect(start.read({ left: 27, available: narrow }, 700_000)).to.equal(true);
  });

  it("ends in any case once the ladder knows the path, counted from the first frames", () => {
    const start = new SmallStart();
    start.begin();
    for (let ringing = 0; ringing < 100; ringing++)
      expect(start.read({ left: 0, available: narrow }, null)).to.equal(false);
    let readings = 1;
    while (!start.read({ left: 9, available: narrow }, null)) readings += 1;
    expect(readings).to.equal(16);
  });

  it("needs no estimate of engines that have none", () => {
    const start = new SmallStart();
    start.begin();
    expect(start.read({ left: 5, available: null }, null)).to.equal(true);
  });

  it("comes again for a camera that was off for a reading, with its own first frames", () => {
    const start = new SmallStart();
    start.begin();
    start.read({ left: 5, available: wide }, null);
    start.rest({ left: 300 });
    expect(start.begin()).to.equal(true);
    expect(start.read({ left: 304, available: wide }, null)).to.equal(false);
    expect(start.read({ left: 305, available: wide }, null)).to.equal(true);
  });

  it("is not repeated where a track is exchanged at once, as by a flip", () => {
    const start = new SmallStart();
    start.begin();
    start.read({ left: 5, available: wide }, null);
    expect(start.begin()).to.equal(false);
  });

  it("is over where something else ends it", () => {
    const start = new SmallStart();
    start.begin();
    expect([start.end(), start.end(), start.begin()]).to.deep.equal([true, false, false]);
  });

  it("reads a sender that was made small while it rang no second time: that would block the page", async () => {
    let readings = 0;
    let encoding: RTCRtpEncodingParameters = { active: true };
    const sender = {
      getParameters: () => {
        readings += 1;
        return { encodings: [{ ...encoding }] };
      },
      setParameters: ({ encodings }: RTCRtpSendParameters) => {
        encoding = { ...encodings[0] };
        return Promise.resolve();
      },
    } as unknown as RTCRtpSender;
    const camera = (height: number) =>
      ({ getSettings: () => ({ width: 1280, height }) }) as unknown as MediaStreamTrack;
    await startSmall(sender, null, null);
    await startSmall(sender, camera(720), null);
    expect([readings, encoding.scaleResolutionDownBy]).to.deep.equal([1, 4]);
    // A smaller picture needs another part of its size.
    await startSmall(sender, camera(360), null);
    expect([readings, encoding.scaleResolutionDownBy]).to.deep.equal([2, 2]);
  });
});
