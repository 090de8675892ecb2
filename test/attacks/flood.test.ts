import { expect } from "@open-wc/testing";
import { CallPair, Side } from "../support/call-pair.ts";
import { ConnectionSight } from "../support/connection-sight.ts";

/** A peer with the keys that floods the data channel. */
class Flooder {
  readonly pair: CallPair;
  readonly #channels: RTCDataChannel[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    const sight = new ConnectionSight();
    const { createConnection } = sight.ports;
    const channels = this.#channels;
    const { createDataChannel } = RTCPeerConnection.prototype;
    const ports = {
      ...sight.ports,
      createConnection: (...given: Parameters<typeof createConnection>) => {
        RTCPeerConnection.prototype.createDataChannel = function (...options) {
          const channel = createDataChannel.apply(this, options);
          channels.push(channel);
          return channel;
        };
        try {
          return createConnection(...given);
        } finally {
          RTCPeerConnection.prototype.createDataChannel = createDataChannel;
        }
      },
    };
    this.pair = new CallPair({ a: new Side({}, ports) });
  }

  /** @param texts are sent in turns. */
  flood(perSecond: number, ...texts: string[]): void {
    let number = 0;
    this.#timer = setInterval(() => {
      for (let each = 0; each < perSecond / 50; each++) {
        const [channel] = this.#channels;
        if (channel?.readyState !== "open" || channel.bufferedAmount > 1_000_000) return;
        channel.send(texts[number++ % texts.length] ?? "");
      }
    }, 20);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.pair.close();
  }
}

const wish = (bitsPerSecond: number) => JSON.stringify({ type: "limit", bitsPerSecond });
const state = (camera: boolean) =>
  JSON.stringify({ type: "media", microphone: true, camera, screen: false });
const restart = JSON.stringify({ type: "restart", attempt: 1 });

describe("a peer that floods the data channel", () => {
  let flooder: Flooder;

  beforeEach(async () => {
    flooder = new Flooder();
    await flooder.pair.connect("audio");
  });

  afterEach(() => {
    flooder.stop();
  });

  it("is hung up on, with a reason of its own, and the page stays quick", async () => {
    const { b } = flooder.pair;
    let latest = 0;
    let expected = performance.now() + 50;
    const timer = setInterval(() => {
      latest = Math.max(latest, performance.now() - expected);
      expected = performance.now() + 50;
    }, 50);
    flooder.flood(5000, wish(50_000), state(true), wish(900_000), state(false), restart, "{");
    const { ending } = await b.untilState("ended");
    clearInterval(timer);
    expect(ending).to.include({ reason: "failed", problem: "flooded" });
    // Fourteen seconds late before there were limits.
    expect(latest).to.be.below(1000);
  });

  it("holds up no press on End", async () => {
    const { b } = flooder.pair;
    flooder.flood(5000, wish(50_000), state(true), wish(900_000));
    const from = performance.now();
    await b.source.perform({ type: "hang-up" }).catch(() => undefined);
    await b.untilState("ended");
    expect(performance.now() - from).to.be.below(300);
  });

  it("is put up with while it is no flood: the newest wish counts in the end", async () => {
    const { b } = flooder.pair;
    flooder.flood(60, state(true), state(false));
    await b.until(({ remote }) => remote.camera);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(b.snapshot.state).to.equal("connected");
  });
});
