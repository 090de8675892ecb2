import program from "./worker.ts?program";
import type { pipelineFor as replaced } from "../../crypto/frames/frame-pipeline.ts";

/*
 * For a page that carries the worker's program, as a function that needs nothing around it. Its text is the worker's script, so that the
 * page carries what both may run once only.
 */

/**
 * Returns a URL for the frame worker inside this page: a page from `file:` can start no other.
 *
 * @returns `null` where the page cannot create one: frames are then encrypted on the main thread.
 */
export function inlinedWorker(): string | null {
  try {
    const text = `"use strict";(${String(program)})()`;
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  } catch {
    return null;
  }
}

/** The page runs the same pipeline, instead of a second copy. */
export const pipelineFor: typeof replaced = (report) => program().pipelineFor(report);
