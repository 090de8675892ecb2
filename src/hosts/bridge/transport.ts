/**
 * A way to a host and back that carries texts: what a WebView, a frame or a socket has, and nothing above it. A transport of a host's
 * own is three functions.
 */
export interface Transport {
  /** Hands a text over. Throws where it cannot be handed over now: it is then kept, and tried again. */
  post(text: string): void;
  /**
   * Tells of every text of the other end.
   * @param listener takes anything at all: whoever can reach this page may have called.
   * @returns a function that ends it.
   */
  onText(listener: (text: unknown) => void): () => void;
  close(): void;
}
