import type { ChatItem } from "./call-states.ts";

/** The app's own view of a call besides its page: clock and chat item. Section 6, from 6.4 to 7.0. */
export class CallView {
  /** When the clock was set to zero. Milliseconds since the epoch. */
  readonly clockStarts: number[] = [];
  /** `null` where the call has not got so far. */
  item: ChatItem | null = null;
  /** Every status that the item had, in order. */
  readonly statuses: ChatItem["status"][] = [];
  /** Inaccurate views, described as text. */
  readonly untruths: string[] = [];
  readonly #knowsReconnecting: boolean;
  #isReconnecting = false;
  /** When the item became `progress`. */
  #progressSince: number | null = null;
  /** `true` if the page has said more than `ended` after a state that is the last one for the item. */
  #isLive = true;

  /** @param knowsReconnecting whether this is the announced version, for which a path that is back is no new connection. */
  constructor(knowsReconnecting: boolean) {
    this.#knowsReconnecting = knowsReconnecting;
  }

  /** Every `connection` of the page. A state whose name the app does not know fails to decode, and is ignored. */
  connection(state: string, now: number): void {
    if (!this.#isLive) this.untruths.push(`${state} after the item has ended`);
    switch (state) {
      case "connecting":
        this.keep("negotiated", now);
        break;
      case "connected":
        if (this.#isReconnecting) this.#isReconnecting = false;
        else this.clockStarts.push(now);
        if (this.clockStarts.length > 1) this.untruths.push("the clock has jumped");
        this.keep("progress", now);
        break;
      case "disconnected":
        if (this.item?.status !== "progress") break;
        this.keep("ended", now);
        this.#isLive = false;
        break;
      case "failed":
        this.keep("error", now);
        break;
      case "reconnecting":
        this.#isReconnecting = this.#knowsReconnecting;
        break;
    }
  }

  /** The item's next status. After `ended` and `error` nothing changes any more. */
  keep(status: ChatItem["status"], now: number): void {
    if (this.isFinal || this.item?.status === status) return;
    if (status === "progress") this.#progressSince ??= now;
    const isOver = status === "ended" || status === "missed";
    const since = this.#progressSince;
    const duration = isOver && since !== null ? Math.round((now - since) / 1000) : 0;
    this.item = { status, duration };
    this.statuses.push(status);
  }

  get isFinal(): boolean {
    return (
      this.item !== null && ["ended", "error", "missed", "rejected"].includes(this.item.status)
    );
  }

  /** The app lets go of the call: what it shows now stays in the chat. */
  settle(now: number): void {
    if (this.item === null) return;
    this.keep(this.item.status === "pending" ? "missed" : "ended", now);
    const [start] = this.clockStarts;
    if (start === undefined) return;
    const { status, duration } = this.item;
    if (status !== "ended") this.untruths.push(`the item of a call that took place says ${status}`);
    const seconds = (now - start) / 1000;
    if (Math.abs(seconds - duration) > 1)
      this.untruths.push(`the item says ${duration} s of a call of ${seconds} s`);
  }
}
