/* The whole kit in one classic script: the global `SxCallKit`, with registered tags. */
import "./styles.ts";
import "../define.ts";

export * from "../index.ts";
