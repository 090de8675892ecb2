import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { CallSource } from "../../controller/call-source.ts";

type CallRequest = Pick<ContextRequestEvent<CallSource>, "context" | "callback" | "subscribe">;

/**
 * How an element finds the call around it: the community's context protocol, so that other libraries' contexts pass by.
 * @see https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md
 */
export class ContextRequestEvent<Value> extends Event {
  constructor(
    // The names are the protocol's.
    context: unknown,
    callback: (value: Value, unsubscribe?: () => void) => void,
    subscribe = false,
  ) {
    super("context-request", { bubbles: true, composed: true });
    this.context = context;
    this.callback = callback;
    this.subscribe = subscribe;
  }
  readonly context: unknown;
  readonly callback: (value: Value, unsubscribe?: () => void) => void;
  readonly subscribe: boolean;
}

/** The key of the context. Registered by name: two copies of the kit on one page understand each other. */
export const callContext: unique symbol = Symbol.for("sx-call-kit/calls");

/** @returns the nearest call around an element, or `null`. */
export function nearestCalls(element: EventTarget): CallSource | null {
  let found: CallSource | null = null;
  element.dispatchEvent(
    new ContextRequestEvent<CallSource>(callContext, (calls) => (found = calls)),
  );
  return found;
}

/** Answers the requests that come from inside an element, and tells subscribers when there is another source of calls. */
export class CallProvider {
  readonly #calls: () => CallSource;
  readonly #subscribers = new Map<
    (calls: CallSource, unsubscribe?: () => void) => void,
    () => void
  >();

  constructor(host: HTMLElement, calls: () => CallSource) {
    this.#calls = calls;
    host.addEventListener("context-request", (event) => this.#answer(event));
  }

  /** Tells every subscriber that the source was replaced. */
  changed(): void {
    for (const [callback, unsubscribe] of this.#subscribers) callback(this.#calls(), unsubscribe);
  }

  #answer(event: Event): void {
    // By shape, not by class: the request may come from another copy of the kit.
    const request = event as Event & Partial<CallRequest>;
    if (request.context !== callContext || !request.callback) return;
    event.stopImmediatePropagation();
    if (!request.subscribe) {
      request.callback(this.#calls());
      return;
    }
    const { callback } = request;
    const unsubscribe = () => void this.#subscribers.delete(callback);
    this.#subscribers.set(callback, unsubscribe);
    callback(this.#calls(), unsubscribe);
  }
}

/** Follows the nearest call for as long as its host is in the document, and renders the host on every change. */
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
