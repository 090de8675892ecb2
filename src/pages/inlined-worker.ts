/**
 * The address of the frame worker that this page carries within itself: a page from `file:` can start no other.
 *
 * @param text the worker's script.
 * @returns `null` where the page may not make one: frames are then encrypted on the main thread.
 */
export function inlinedWorker(text: string): string | null {
  try {
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  } catch {
    return null;
  }
}
