import type { Transport } from "../bridge/envelope.ts";
import { fromHost } from "./app-object.ts";

/** The interface that the preload script exposes by `contextBridge.exposeInMainWorld`. */
export interface PreloadApi {
  send(text: string): void;
  /** @returns a function that removes the listener. */
  on(listener: (text: string) => void): () => void;
}

/**
 * Electron, with `sandbox` and `contextIsolation` on: the page sees two functions and nothing of IPC.
 *
 * @param name name under which the preload script exposes them.
 * @see https://www.electronjs.org/docs/latest/api/context-bridge
 */
export function electron(name = "sxHost"): Transport {
  // As the preload script defines it.
  const preload = fromHost(name) as PreloadApi;
  return {
    post: (text) => preload.send(text),
    onText: (listener) => preload.on(listener),
    close: () => undefined,
  };
}
