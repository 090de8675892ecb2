import type { Transport } from "../../../src/hosts/bridge/envelope.ts";

/** One end of a wire. */
export class WireEnd implements Transport {
  /** Every text that was handed over here. */
  readonly posted: string[] = [];
  /** Looked up when a text arrives. */
  deliver: (text: unknown) => void = () => undefined;
  /** `true` if nothing can be handed over, as by a socket that is closed. */
  isCut = false;
  isClosed = false;
  /** `true` if texts get lost on the way, as where nobody listens yet. */
  isDeaf = false;
  readonly #listeners = new Set<(text: unknown) => void>();

  post(text: string): void {
    if (this.isCut) throw new Error("The wire is cut.");
    this.posted.push(text);
    this.deliver(text);
  }

  onText(listener: (text: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Receives a text of the other end, or of anybody else. */
  hear(text: unknown): void {
    if (!this.isDeaf) for (const listener of [...this.#listeners]) listener(text);
  }

  close(): void {
    this.isClosed = true;
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}

/** Two ends. A text arrives on another turn, in order, as from every platform. */
export function wire(): { readonly page: WireEnd; readonly host: WireEnd } {
  const [page, host] = [new WireEnd(), new WireEnd()];
  page.deliver = (text) => setTimeout(() => host.hear(text));
  host.deliver = (text) => setTimeout(() => page.hear(text));
  return { page, host };
}
