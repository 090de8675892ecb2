import * as ports from "../../controller/browser-ports.ts";
import type { loadBrowserPorts as replaced } from "../../controller/load-browser-ports.ts";

/** For a classic script, which is one piece: the ports are in it. */
export const loadBrowserPorts: typeof replaced = () => Promise.resolve(ports);
