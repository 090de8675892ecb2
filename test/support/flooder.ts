import { CallPair, Side } from "./call-pair.ts";
import { ConnectionSight } from "./connection-sight.ts";

/** A peer that has the keys, and sends on the data channel whatever it likes. */
export class Flooder {
  readonly pair: CallPair;
  readonly #channels: RTCDataChannel[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #sent = 0;

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
  flood(perSecond: number, ...texts: readonly string[]): void {
    this.#timer = setInterval(() => {
      for (let each = 0; each < perSecond / 50; each++) {
        const [channel] = this.#channels;
        if (channel?.readyState !== "open" || channel.bufferedAmount > 1_000_000) return;
        channel.send(texts[this.#sent++ % texts.length] ?? "");
      }
    }, 20);
  }

  /** Waits until so many messages have been sent, or none can be sent any more. */
  async untilSent(messages: number): Promise<void> {
    while (this.#sent < messages && this.#channels[0]?.readyState === "open")
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Stops, and says one thing more. */
  halt(text: string): void {
    clearInterval(this.#timer);
    this.#channels[0]?.send(text);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.pair.close();
  }
}

const wish = (bitsPerSecond: number) => JSON.stringify({ type: "limit", bitsPerSecond });
export const mediaState = (camera: boolean) =>
  JSON.stringify({ type: "media", microphone: true, camera, screen: false });
const restart = (attempt: number) => JSON.stringify({ type: "restart", attempt });
const aCandidate = {
  candidate: "candidate:1 1 udp 2122260223 192.0.2.1 51234 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
};

/** What a flood may consist of: by the work that each message asks for. */
export const floods: Readonly<Record<string, readonly string[]>> = {
  "wishes that differ": [wish(50_000), wish(900_000), wish(10_000)],
  "states that differ": [mediaState(true), mediaState(false)],
  holds: [true, false].map((on) => JSON.stringify({ type: "hold", on })),
  "new paths": [1, 2, 3, 2_000_000_000].map(restart),
  candidates: [
    JSON.stringify({
      type: "candidates",
      candidates: Array.from({ length: 32 }, () => aCandidate),
    }),
  ],
  "large texts that are nothing": ["x".repeat(16_000), `{"type":"${"x".repeat(15_000)}"}`, "{"],
  "everything in turns": [
    wish(50_000),
    mediaState(true),
    restart(1),
    wish(900_000),
    mediaState(false),
    "{",
  ],
};
