/** What the demo does to the frames on their way. */
export interface WireOrder {
  readonly isWeak: boolean;
  readonly isTampering: boolean;
}

/** A frame as it leaves a phone: encrypted. */
export interface WireFrame {
  /** The phone that it comes from. */
  readonly sender: string;
  /** `false` for sound. */
  readonly isPicture: boolean;
  readonly bytes: ArrayBuffer;
}

/** The wire between the phones of this page: it sees every frame, and has no key. */
export class Wire {
  readonly #name = `sx-call-kit demo ${crypto.randomUUID()}`;
  readonly #channel = new BroadcastChannel(this.#name);
  #order: WireOrder = { isWeak: false, isTampering: false };

  constructor(onFrame: (frame: WireFrame) => void) {
    this.#channel.addEventListener(
      "message",
      ({ data }: MessageEvent<{ readonly frame?: WireFrame; readonly asks?: boolean }>) => {
        if (data.frame) onFrame(data.frame);
        if (data.asks) this.#notify();
      },
    );
  }

  /** @returns where a phone's frames go: `workerUrl` of its view. */
  workerOf(sender: string): string {
    const url = new URL("./wire-worker.ts", import.meta.url);
    url.search = String(new URLSearchParams({ wire: this.#name, sender }));
    return url.href;
  }

  change(order: Partial<WireOrder>): void {
    this.#order = { ...this.#order, ...order };
    this.#notify();
  }

  #notify(): void {
    this.#channel.postMessage({ order: this.#order });
  }
}
