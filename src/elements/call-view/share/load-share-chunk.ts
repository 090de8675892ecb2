/** Loads what a shared screen has. Alone in its module, because a classic script has a stand-in for it. */
export const loadShareChunk = () => import("./share-chunk.ts").then(({ shareChunk }) => shareChunk);
