/**
 * Returns a URL for the frame worker inside this page: a page from `file:` can start no other.
 *
 * @param program the worker, as a function that needs nothing around it. Its text is the worker's script, so that the page carries what
 *   both may run once only.
 * @returns `null` where the page cannot create one: frames are then encrypted on the main thread.
 */
export function inlinedWorker(program: () => unknown): string | null {
  try {
    const text = `"use strict";(${String(program)})()`;
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  } catch {
    return null;
  }
}
