/** The part of the W3C Network Information API that tells of a change; TypeScript's DOM library does not have it. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Tells when this device has another network, or has one again. Chromium on Android tells of a change from Wi-Fi to mobile;
 * everywhere the coming back of a lost network is told.
 *
 * @returns a function that ends it.
 */
export function watchNetwork(changed: () => void): () => void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let type = connection?.type;
  const look = () => {
    // The event also comes for new guesses of the same network's speed.
    if (connection?.type === type) return;
    type = connection?.type;
    // Without any network there is nothing to look for: `online` will tell.
    if (type !== "none") changed();
  };
  globalThis.addEventListener("online", changed);
  connection?.addEventListener("change", look);
  return () => {
    globalThis.removeEventListener("online", changed);
    connection?.removeEventListener("change", look);
  };
}
