/** Loads all that a running call needs. Alone in its module, because a classic script has a stand-in for it. */
export const loadInCallChunk = () => import("./in-call-chunk.ts").then(({ inCall }) => inCall);
