import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { CallPair, Side } from "../support/call-pair.ts";

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
      }[];
      return stats.find(({ type }) => type === "outbound-rtp")!;
    };
    /** The size of the packets that left since, each with its own counter of one to three bytes. */
    const sizes = async (packets: number) => {
      const first = await sent();
      for (;;) {
        await pair.a.until(() => true);
        const now = await sent();
        const count = now.packetsSent - first.packetsSent;
        if (count >= packets) return (now.bytesSent - first.bytesSent) / count;
      }
    };
    // From the 256th packet on the counter has two bytes; the fake microphone beeps for part of every second.
    await sizes(260);
    const loudAndSilent = [
      await sizes(10),
      await sizes(10),
      await sizes(10),
      await sizes(10),
      await sizes(10),
    ];
    await pair.a.source.perform({ type: "set-device", device: "microphone", on: false });
    const muted = await sizes(30);
    expect(new Set([...loudAndSilent, muted]).size, [...loudAndSilent, muted].join()).to.equal(1);
    const extensions = senders[0]!.getParameters().headerExtensions.map(({ uri }) => uri);
    expect(extensions.filter((uri) => uri.includes("audio-level"))).to.deep.equal([]);
    pair.close();
  });
});
