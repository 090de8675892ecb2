/* Host connection for a page in an app, as a separate classic script: the global `SxCallHost`. */
export { connectHost } from "../hosts/bridge/connect-host.ts";
export { auto } from "../hosts/transports/auto.ts";
