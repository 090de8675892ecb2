import type { Channel } from "./channel.ts";
import { randomBytes, RoomCipher } from "./room-cipher.ts";
import type { RoomLink } from "./room-cipher.ts";

/** State of the room, or the reason why it cannot be joined. `unreadable`: the other page has another secret. */
export type RoomState = "joining" | "alone" | "meeting" | "together" | "unreadable" | "full";

/** The first byte of what goes through the relay: a page's id for this meeting, in clear, or a sealed message. */
const kinds = { id: 0, sealed: 1 } as const;
const idLength = 16;
/** The relay's word for a third page: `demo/room-relay.mjs`. */
const roomIsFull = 4001;
/** Between two tries to reach the relay. Milliseconds. */
const patience = 2000;

/**
 * Secure channel of two pages in a room. They meet through the relay, exchange ids, and prove with the first encrypted message
 * that they have the same link. Messages sent while the other page is absent are lost.
 */
export class RoomChannel implements Channel {
  readonly #room: RoomLink;
  readonly #relay: URL;
  readonly #onState: (state: RoomState) => void;
  #listener: (message: unknown) => void = () => undefined;
  #state: RoomState = "joining";
  #socket: WebSocket | null = null;
  /** This page's id; `null` while the other page is absent. Used with one id of the other page only. */
  #own: Uint8Array<ArrayBuffer> | null = null;
  #cipher: RoomCipher | null = null;
  /** `true` once this page has joined: its old place may be kept for a while. */
  #wasIn = false;
  /** One after the other, both ways: messages keep their order. */
  #work: Promise<void> = Promise.resolve();

  /** @param relay where it is: a `ws:` or `wss:` address. */
  constructor(room: RoomLink, relay: URL, onState: (state: RoomState) => void) {
    this.#room = room;
    this.#relay = new URL(relay);
    this.#relay.searchParams.set("room", room.id);
    this.#onState = onState;
    this.#join();
  }

  send(message: unknown): void {
    this.#inOrder(() => this.#seal({ message }));
  }

  receive(listener: (message: unknown) => void): void {
    this.#listener = listener;
  }

  #join(): void {
    const socket = new WebSocket(this.#relay);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#inOrder(() =>
        typeof data === "string" ? this.#meet(data === "1") : this.#take(new Uint8Array(data)),
      );
    });
    socket.addEventListener("close", ({ code }) => {
      this.#inOrder(() => this.#meet(false));
      if (code === roomIsFull && !this.#wasIn) {
        this.#notify("full");
        return;
      }
      this.#notify("joining");
      setTimeout(() => {
        this.#join();
      }, patience);
    });
  }

  /** The other page has come, or has gone. */
  async #meet(isThere: boolean): Promise<void> {
    this.#cipher = null;
    this.#own = isThere ? randomBytes(idLength) : null;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#wasIn = true;
    this.#notify(isThere ? "meeting" : "alone");
    if (this.#own !== null) this.#put(kinds.id, this.#own);
    return Promise.resolve();
  }

  async #take(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const content = bytes.slice(1);
    if (bytes[0] === kinds.id) {
      // One id per meeting: repeating one could repeat a nonce.
      if (this.#own === null || this.#cipher !== null || content.length !== idLength) return;
      // This page's own, sent back: both directions would have one key, and every word of its own would come back as the other page's.
      if (content.every((byte, at) => byte === this.#own?.[at])) return;
      this.#cipher = await RoomCipher.create(this.#room.secret, this.#own, content);
      await this.#seal({ here: true });
      return;
    }
    if (bytes[0] !== kinds.sealed || this.#cipher === null) return;
    let opened: unknown;
    try {
      opened = await this.#cipher.open(content);
    } catch {
      // One that fails after others did not is the relay's doing: dropped, as if it had been lost.
      if (this.#state === "meeting") this.#notify("unreadable");
      return;
    }
    this.#notify("together");
    if (typeof opened === "object" && opened !== null && "message" in opened)
      this.#listener(opened.message);
  }

  async #seal(content: unknown): Promise<void> {
    if (this.#cipher !== null) this.#put(kinds.sealed, await this.#cipher.seal(content));
  }

  #put(kind: number, content: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(new Uint8Array([kind, ...content]));
  }

  #inOrder(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => undefined);
  }

  #notify(state: RoomState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}
