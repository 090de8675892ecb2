/** Loads the ports of a browser. Alone in its module, because a classic script has a stand-in for it. */
export const loadBrowserPorts = () => import("./browser-ports.ts");
