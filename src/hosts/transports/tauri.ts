import type { Transport } from "../bridge/envelope.ts";
import { fromHost } from "./app-object.ts";

/** The interface that Tauri 2 adds to a page with `app.withGlobalTauri`. */
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
 * Tauri 2. The app receives by its command `sx_host(text)`, and sends by the event `sx-host`, whose payload is a text.
 *
 * @see https://v2.tauri.app/develop/calling-frontend/
 */
export function tauri(): Transport {
  // The platform's documented interface.
  const { core, event } = fromHost("__TAURI__") as Tauri;
  return {
    // A failed command is known to the app already.
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
