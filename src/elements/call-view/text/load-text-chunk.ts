/** Loads the conversation in a call. Alone in its module, because a classic script has a stand-in for it. */
export const loadTextChunk = () => import("./text-chunk.ts").then(({ textChunk }) => textChunk);
