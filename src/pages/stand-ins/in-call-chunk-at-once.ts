import { inCall } from "../../elements/call-view/in-call/in-call-chunk.ts";
import type { loadInCallChunk as replaced } from "../../elements/call-view/in-call/load-in-call-chunk.ts";

/** For a classic script, which is one piece: what a running call needs is in it. */
export const loadInCallChunk: typeof replaced = () => Promise.resolve(inCall);
