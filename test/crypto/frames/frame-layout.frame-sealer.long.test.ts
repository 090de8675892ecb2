import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "@open-wc/testing";
import { FrameOpener, FrameSealer } from "../../../src/crypto/frames/frame-layout.ts";
import { Epoch } from "../../../src/crypto/agreement/key-schedule.ts";
import type { TrackId } from "../../../src/crypto/agreement/key-schedule.ts";

const hour = 3_600_000;

/** Collects garbage: Node hands it out to contexts that are made after the flag. */
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
/** After turns without work, so that nothing that is about to settle is still held; several times, since one pass frees the next. */
const heap = async () => {
  for (let pass = 0; pass < 4; pass++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    gc();
  }
  return process.memoryUsage().heapUsed;
};

describe("an hour of a video call", () => {
  it("goes through six epochs without a gap at the switches, and the heap does not grow", async () => {
    const secret = await crypto.subtle.generateKey(
      { name: "HMAC", hash: "SHA-512", length: 512 },
      false,
      ["sign"],
    );
    let time = 0;
    const sealer = new FrameSealer(new Epoch(secret), "i2r", () => time);
    const opener = new FrameOpener(new Epoch(secret), "i2r", () => time);
    const sound = new Uint8Array(80).buffer;
    const picture = new Uint8Array(3000).buffer;
    let epochBit = 0;
    let switches = 0;
    let opened = 0;
    let heapAfterFirstEpoch = 0;
    const send = async (track: TrackId, data: ArrayBuffer, codec: "opus" | "vp8") => {
      const sealed = await sealer.seal(track, data, { codec, isKey: false, width: 0, height: 0 });
      if (sealed === null) throw new Error("The sealer refused.");
      const result = await opener.open(track, sealed.buffer, codec);
      if (result.result !== "opened")
        throw new Error(`A frame at ${time} ms was ${result.result}.`);
      opened += 1;
      // Sound has no wrapper: the key id, with the epoch's lowest bit, is in the first byte.
      const bit = ((sealed[0] ?? 0) >> 6) & 1;
      if (codec === "opus" && bit !== epochBit) {
        epochBit = bit;
        switches += 1;
      }
    };
    // Sound every 20 ms, picture every 40.
    for (; time < hour; time += 20) {
      await send(0, sound, "opus");
      if (time % 40 === 0) await send(1, picture, "vp8");
      if (time === hour / 6 + 60_000) heapAfterFirstEpoch = await heap();
    }
    expect(opened).to.equal(hour / 20 + hour / 40);
    expect(switches).to.equal(5);
    expect((await heap()) - heapAfterFirstEpoch).to.be.at.most(1_000_000);
  });
});
