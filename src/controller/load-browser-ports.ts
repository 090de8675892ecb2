/** Loads the ports of a browser. A module of its own, because a classic script replaces it. */
export const loadBrowserPorts = () => import("./browser-ports.ts");
