// @web/dev-server-core listens on every network interface where the hostname is `localhost` or `127.0.0.1`, on purpose (for
// Safari on a remote test farm: `DevServer.start`), and has no option against it. A server that hands out this folder, and in
// tests writes to it, is for this machine only. May go once a hostname of `127.0.0.1` binds that address.
import { Server } from "node:net";

export const loopback = "127.0.0.1";

const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...rest) {
  const everywhere =
    typeof options === "object" && options.port !== undefined && options.host === undefined;
  return listen.call(this, everywhere ? { ...options, host: loopback } : options, ...rest);
};
