// @web/dev-server-core intentionally listens on every network interface for the hostnames `localhost` and `127.0.0.1` (for
// Safari on a remote test farm: `DevServer.start`), without an option against it. This server shares this folder, and tests
// write to it: it must be local. Remove once a hostname of `127.0.0.1` binds that address.
import { Server } from "node:net";

export const loopback = "127.0.0.1";

const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...rest) {
  const everywhere =
    typeof options === "object" && options.port !== undefined && options.host === undefined;
  return listen.call(this, everywhere ? { ...options, host: loopback } : options, ...rest);
};
