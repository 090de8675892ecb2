/*
 * What a page in an app needs besides, as a classic script of its own: the global `SxCallHost`.
 */
export { connectHost } from "../hosts/bridge/connect-host.ts";
export { auto } from "../hosts/transports/auto.ts";
