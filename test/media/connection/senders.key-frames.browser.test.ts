import { expect } from "@open-wc/testing";
import { KeyFrames } from "../../../src/media/connection/senders.ts";
import { drawnTrack } from "../../support/connection-pair.ts";

describe("whole pictures after a silence", () => {
  let asked: number;
  const sender = (track: MediaStreamTrack | null) =>
    ({
      track,
      getParameters: () => ({ encodings: [{}] }),
      setParameters: (_: unknown, options: { encodingOptions: { keyFrame: boolean }[] }) => {
        asked += options.encodingOptions.filter(({ keyFrame }) => keyFrame).length;
        return Promise.resolve();
      },
      // Only what is used.
    }) as unknown as RTCRtpSender;

  beforeEach(() => {
    asked = 0;
  });

  it("are sent by the first packet that comes again, and once", () => {
    const frames = new KeyFrames();
    const senders = [sender(drawnTrack()), sender(null), undefined];
    for (const arrived of [10, 20, 20, 20]) frames.check([{ arrived }], senders);
    expect(asked).to.equal(0);
    for (const arrived of [21, 30, 40]) frames.check([{ arrived }], senders);
    expect(asked).to.equal(1);
  });

  it("are not sent when media begins: it begins with one", () => {
    const frames = new KeyFrames();
    for (const arrived of [0, 0, 5, 9]) frames.check([{ arrived }], [sender(drawnTrack())]);
    expect(asked).to.equal(0);
  });
});
