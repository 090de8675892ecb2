import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { videoCodecs, type VideoCodec } from "../../src/media/connection/transceivers.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { decodedPicture } from "../support/playback.ts";
import { longIt } from "../support/long-it.ts";

const first = (codec: VideoCodec): CallPorts => ({
  ...browserPorts,
  createConnection: (options, ...rest) =>
    browserPorts.createConnection(
      { ...options, videoCodecs: [codec, ...videoCodecs.filter((other) => other !== codec)] },
      ...rest,
    ),
});

describe("a video call", () => {
  for (const codec of videoCodecs) {
    const register = codec === videoCodecs[0] ? it : longIt;
    register(`shows both pictures, sealed and opened, in ${codec}`, async () => {
      const codecs = new Set<string>();
      const pair = new CallPair({ a: new Side({}, first(codec)), b: new Side({}, first(codec)) });
      pair.a.source.subscribe((notice) => {
        if (notice.type !== "signal" || notice.message.type !== "invite") return;
        // The first format of the second section is the one that is sent.
        const { offer } = notice.message;
        const format = /^m=video \d+ \S+ (\d+)/m.exec(offer)?.[1] ?? "";
        codecs.add(new RegExp(`^a=rtpmap:${format} (\\w+)`, "m").exec(offer)?.[1] ?? "");
      });
      await pair.connect("video");
      for (const side of [pair.a, pair.b]) {
        await side.until(() => side.source.tracks.remoteCamera !== null);
        await decodedPicture(side.source.tracks.remoteCamera!, 3);
        await side.until(({ protection }) => protection.status === "protected");
        expect(side.snapshot.protection.forged).to.equal(0);
      }
      expect([...codecs].map((name) => `video/${name}`)).to.deep.equal([codec]);
      pair.close();
    });
  }
});
