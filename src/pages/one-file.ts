/* The whole kit in one classic script: the global `SxCallKit`, with registered tags. */
import "../define.ts";

export * from "../index.ts";
