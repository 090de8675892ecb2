import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("sound on the wire", () => {
  it("reveals nothing of the voice: packets of one size, loud or silent, muted or not, without levels", async () => {
    const senders: RTCRtpSender[] = [];
    const ports: CallPorts = {
      ...browserPorts,
      createConnection: (options, hooks, listener) =>
        browserPorts.createConnection(
          options,
          {
            attachReceiver: (receiver, track) => hooks!.attachReceiver(receiver, track),
            attachSender: (sender, track) => {
              senders.push(sender);
              return hooks!.attachSender(sender, track);
            },
          },
          listener,
        ),
    };
    const pair = new CallPair({ a: new Side({}, ports) });
    await pair.connect("audio");
    const sent = async () => {
      const stats = [...(await senders[0]!.getStats()).values()] as {
        type: string;
        bytesSent: number;
        packetsSent: number;
        targetBitrate: number;
      }[];
      return stats.find(({ type }) => type === "outbound-rtp")!;
    };
    /** Until so many packets have left in all. */
    const until = async (packets: number) => {
      let now = await sent();
      await waitUntil(
        async () => (now = await sent()).packetsSent >= packets,
        `${packets} packets do not leave`,
      );
      return now;
    };
    /** The size of the packets that left since, each with its own counter. */
    const size = async (packets: number) => {
      const first = await sent();
      const now = await until(first.packetsSent + packets);
      return (now.bytesSent - first.bytesSent) / (now.packetsSent - first.packetsSent);
    };
    const { source } = pair.a;
    const microphone = (on: boolean) =>
      source.perform({ type: "set-device", device: "microphone", on });
    /** Loud and silent, for a second, since the fake microphone beeps for part of every one; then muted. */
    const sizes = async () => {
      const all: number[] = [];
      for (let part = 0; part < 5; part += 1) all.push(await size(10));
      await microphone(false);
      all.push(await size(30));
      await microphone(true);
      return all;
    };
    // The coder begins at its own rate, and is given that of the kit as the call is connected.
    await waitUntil(
      async () =>
        (await sent()).targetBitrate === senders[0]!.getParameters().encodings[0]!.maxBitrate,
      "the rate is not the kit's",
    );
    // The counter of a packet has one byte from the 8th on, and two from the 256th.
    await until(Math.max(10, (await sent()).packetsSent + 5));
    let found = await sizes();
    if ((await sent()).packetsSent > 250) {
      await until(260);
      found = await sizes();
    }
    expect(new Set(found).size, found.join()).to.equal(1);
    const extensions = senders[0]!.getParameters().headerExtensions.map(({ uri }) => uri);
    expect(extensions.filter((uri) => uri.includes("audio-level"))).to.deep.equal([]);
    pair.close();
  });
});
