import * as ports from "../../controller/browser-ports.ts";
import type { loadBrowserPorts as replaced } from "../../controller/load-browser-ports.ts";

/** For a classic script, which contains the ports. */
export const loadBrowserPorts: typeof replaced = () => Promise.resolve(ports);
