import type { createCallCenter as replaced } from "../../controller/call-center.ts";

/** For SimpleX's pages, whose view shows the calls of the app and makes none: a tenth of the script is for calls between two kits. */
export const createCallCenter: typeof replaced = () => {
  throw new TypeError("This page shows the calls of its app only.");
};
