/**
 * Carries texts to a host and back, over a WebView's interface, a frame or a socket. A host's own transport is three functions.
 */
export interface Transport {
  /** Sends a text. Throws where it cannot be sent now: it is queued and retried. */
  post(text: string): void;
  /**
   * Registers a listener for the texts of the other end.
   * @param listener receives untrusted values: any script that reaches this page may have sent them.
   * @returns a function that removes it.
   */
  onText(listener: (text: unknown) => void): () => void;
  close(): void;
}
