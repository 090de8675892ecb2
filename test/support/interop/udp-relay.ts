import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { isIPv4 } from "node:net";

/** Effects of a relay on packets. */
export interface RelayOptions {
  /** The share of packets that are lost, 0 to 1. */
  readonly loss: number;
  /** Delay of other packets in milliseconds. */
  readonly delay: number;
  /** Where the random numbers begin: the same seed loses the same packets. */
  readonly seed: number;
}

/** Capacity in each direction. */
export interface RelayLimit {
  /** With IP and UDP headers, as a link counts. */
  readonly kilobitsPerSecond: number;
  /** Milliseconds of queueing before packets are dropped: the buffer of a router. */
  readonly queueMilliseconds: number;
}

/** Of IPv4 and UDP (RFC 791, RFC 768). Bytes. */
const headers = 28;

/** A socket's address on this machine. */
interface Place {
  readonly address: string;
  readonly port: number;
}

/**
 * A bad network between two peers of this machine. The other peer knows each peer's socket only by a face, which is a socket of
 * the relay on the same interface. Firefox has loopback candidates only where it has no others. A packet that arrives at a face
 * is forwarded to the socket behind it, from the sender's face. Answers, and addresses that nobody announced, therefore take
 * the same path back.
 */
export class UdpRelay {
  readonly #options: RelayOptions;
  readonly #random: () => number;
  /** By the place of the socket behind each. */
  readonly #faces = new Map<string, Promise<Socket>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** The places that no packet comes from or goes to any more. */
  readonly #retired = new Set<string>();
  /** Whose socket is at a place: one device has one way in, however many sockets. */
  readonly #owners = new Map<string, string>();
  /** Until when the way to each owner is taken by what has gone there. Milliseconds, by `performance.now()`. */
  readonly #busyUntil = new Map<string, number>();
  #isClosed = false;
  #isCut = false;
  /** `null` for as much as this machine can do. */
  limit: RelayLimit | null = null;
  /** Hears every packet that arrives, before it is lost or passed on. */
  hear: (packet: Buffer) => void = () => undefined;
  passed = 0;
  lost = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#random = randomNumbers(options.seed);
  }

  /**
   * The candidate as the other side may see it: with the address of its face. `null` for those that cannot be relayed, so that
   * no path goes past the relay.
   *
   * @param owner whose candidate it is.
   */
  async rewrite(candidate: string, owner: string): Promise<string | null> {
    // candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type> ... (RFC 8839 section 5.1)
    const [foundation, component, transport, priority, address = "", port, typ, type, ...rest] =
      candidate.split(" ");
    if (transport?.toLowerCase() !== "udp" || !isIPv4(address) || type !== "host") return null;
    const place = { address, port: Number(port) };
    this.#owners.set(keyOf(place), owner);
    const face = (await this.#faceOf(place)).address();
    return [
      foundation,
      component,
      transport,
      priority,
      face.address,
      face.port,
      typ,
      type,
      ...rest,
    ].join(" ");
  }

  /** `true` if nothing passes. What is under way then is lost, too. */
  set isCut(isCut: boolean) {
    this.#isCut = isCut;
  }

  /** Every address that is known by now is dead from now on, on both sides: what passes has to come from sockets to be made. */
  retireAddresses(): void {
    for (const key of this.#faces.keys()) this.#retired.add(key);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const face of await Promise.all(this.#faces.values())) face.close();
  }

  #faceOf(place: Place): Promise<Socket> {
    const key = keyOf(place);
    let face = this.#faces.get(key);
    if (face === undefined) {
      face = this.#open(place);
      this.#faces.set(key, face);
    }
    return face;
  }

  #open(behind: Place): Promise<Socket> {
    const socket = createSocket("udp4");
    socket.on("message", (packet, from) => {
      this.#take(packet, from, behind);
    });
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(0, behind.address, () => {
        // A peer that has closed its socket answers with an ICMP error: its call is over.
        socket.on("error", () => undefined);
        resolve(socket);
      });
    });
  }

  #take(packet: Buffer, from: Place, to: Place): void {
    this.hear(packet);
    if (this.#isCut || this.#isRetired(from, to)) return;
    if (this.#random() < this.#options.loss) {
      this.lost += 1;
      return;
    }
    const wait = this.#queue(packet, to);
    if (wait === null) {
      this.lost += 1;
      return;
    }
    this.passed += 1;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#faceOf(from).then((face) => {
        if (!this.#isClosed && !this.#isCut && !this.#isRetired(from, to))
          face.send(packet, to.port, to.address);
      });
    }, this.#options.delay + wait);
    this.#timers.add(timer);
  }

  /** Returns the milliseconds until a packet has passed; `null` with a full queue. */
  #queue(packet: Buffer, to: Place): number | null {
    if (this.limit === null) return 0;
    const now = performance.now();
    const owner = this.#owners.get(keyOf(to)) ?? keyOf(to);
    const turn = Math.max(now, this.#busyUntil.get(owner) ?? 0);
    if (turn - now > this.limit.queueMilliseconds) return null;
    const through = turn + (8 * (packet.length + headers)) / this.limit.kilobitsPerSecond;
    this.#busyUntil.set(owner, through);
    return through - now;
  }

  #isRetired(...places: Place[]): boolean {
    return places.some((place) => this.#retired.has(keyOf(place)));
  }
}

function keyOf({ address, port }: Place): string {
  return `${address}:${port}`;
}

/** Mulberry32: random enough for packets, and the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
