import type { CallSource } from "../../controller/call-source.ts";

type CallRequest = Pick<ContextRequestEvent<CallSource>, "context" | "callback" | "subscribe">;

/**
 * Lets an element find the nearest call, by the Web Components context protocol, which keeps other libraries' contexts apart.
 * @see https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md
 */
export class ContextRequestEvent<Value> extends Event {
  constructor(
    // Names of the protocol.
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

/** Key of the context. Registered by name, so that two copies of the kit on one page cooperate. */
export const callContext: unique symbol = Symbol.for("sx-call-kit/calls");

/** @returns the nearest call of an element, or `null`. */
export function nearestCalls(element: EventTarget): CallSource | null {
  let found: CallSource | null = null;
  element.dispatchEvent(
    new ContextRequestEvent<CallSource>(callContext, (calls) => (found = calls)),
  );
  return found;
}

/** Answers context requests of inner elements, and notifies subscribers of another source of calls. */
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

  /** Notifies every subscriber of a replaced source. */
  changed(): void {
    for (const [callback, unsubscribe] of this.#subscribers) callback(this.#calls(), unsubscribe);
  }

  #answer(event: Event): void {
    // Tests the shape instead of the class: the request may come from another copy of the kit.
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
