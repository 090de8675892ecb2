import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { CallSource } from "../../controller/call-source.ts";
import { ContextRequestEvent, callContext } from "./context.ts";

/** Follows the nearest call while its host is connected, and renders the host at every change. */
export class CallConsumer implements ReactiveController {
  calls: CallSource | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  #leaveProvider: (() => void) | undefined;
  #leaveCalls: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.dispatchEvent(new ContextRequestEvent<CallSource>(callContext, this.#follow, true));
  }

  hostDisconnected(): void {
    this.#leaveProvider?.();
    this.#leaveCalls?.();
    this.#leaveProvider = this.#leaveCalls = undefined;
    this.calls = null;
  }

  readonly #follow = (calls: CallSource, leave?: () => void): void => {
    this.#leaveProvider = leave;
    this.#leaveCalls?.();
    this.calls = calls;
    this.#leaveCalls = calls.subscribe((notice) => {
      if (notice.type === "changed") this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  };
}
