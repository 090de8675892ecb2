/** The part of the W3C Network Information API that reports changes. Absent in TypeScript's DOM library. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Reports a changed or restored network. Chromium on Android reports a change from Wi-Fi to mobile; all engines report a
 * restored network.
 *
 * @returns a function that stops it.
 */
export function watchNetwork(changed: () => void): () => void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let type = connection?.type;
  const look = () => {
    // The event also reports new estimates of the same network's speed.
    if (connection?.type === type) return;
    type = connection?.type;
    // Without a network there is nothing to search: `online` follows.
    if (type !== "none") changed();
  };
  globalThis.addEventListener("online", changed);
  connection?.addEventListener("change", look);
  return () => {
    globalThis.removeEventListener("online", changed);
    connection?.removeEventListener("change", look);
  };
}
