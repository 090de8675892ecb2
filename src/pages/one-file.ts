/*
 * Everything in one classic script: the global `SxCallKit`, and the tags registered.
 */
import "../define.ts";

export * from "../index.ts";
