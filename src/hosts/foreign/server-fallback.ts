import type { ConnectionPort } from "../../controller/ports.ts";
import { toCallError } from "../../errors.ts";

/**
 * Makes a connection, and a second time without the `stuns:` addresses where the engine refuses the list: some do not know them.
 *
 * @throws {CallError} what `connect` throws.
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

/** A server is left out where nothing else of it stays. */
function withoutSecureStun(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => !/^stuns:/i.test(url));
    return urls.length === 0 ? [] : [{ ...server, urls }];
  });
}
