import type { Transport } from "../bridge/transport.ts";
import { fromHost } from "./door.ts";

/** What Tauri 2 puts into a page, with `app.withGlobalTauri`. */
interface Tauri {
  readonly core: { invoke(command: string, given: { text: string }): Promise<unknown> };
  readonly event: {
    listen(
      name: string,
      listener: (event: { readonly payload: unknown }) => void,
    ): Promise<() => void>;
  };
}

/**
 * Tauri: a command `sx_host(text)` of the app hears the page, and the app speaks by the event `sx-host`, whose payload is a text.
 *
 * @see https://v2.tauri.app/develop/calling-frontend/
 */
export function tauri(): Transport {
  // As the platform documents it.
  const { core, event } = fromHost("__TAURI__") as Tauri;
  return {
    // A command that fails has told the app itself.
    post: (text) => void core.invoke("sx_host", { text }).catch(() => undefined),
    onText(listener) {
      let isOver = false;
      const stopping = event.listen("sx-host", ({ payload }) => isOver || listener(payload));
      return () => {
        isOver = true;
        void stopping.then((stop) => stop()).catch(() => undefined);
      };
    },
    close: () => undefined,
  };
}
