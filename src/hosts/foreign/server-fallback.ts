import type { ConnectionPort } from "../../controller/ports.ts";
import { toCallError } from "../../errors.ts";

/**
 * Creates a connection, and retries without `stuns:` URLs if the engine refuses the list: some do not support them.
 *
 * @throws {CallError} the error of `connect`.
 */
export function connectWithFallback(
  servers: readonly RTCIceServer[],
  connect: (servers: RTCIceServer[]) => ConnectionPort,
): ConnectionPort {
  try {
    return connect([...servers]);
  } catch (thrown) {
    const others = withoutSecureStun(servers);
    if (toCallError(thrown).code !== "bad-argument" || others.length === servers.length)
      throw thrown;
    return connect(others);
  }
}

/** A server without other URLs is dropped. */
function withoutSecureStun(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => !/^stuns:/i.test(url));
    return urls.length === 0 ? [] : [{ ...server, urls }];
  });
}
