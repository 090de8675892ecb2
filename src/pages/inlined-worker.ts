/**
 * Returns a URL for the frame worker inside this page: a page from `file:` can start no other.
 *
 * @param text script of the worker.
 * @returns `null` where the page cannot create one: frames are then encrypted on the main thread.
 */
export function inlinedWorker(text: string): string | null {
  try {
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  } catch {
    return null;
  }
}
