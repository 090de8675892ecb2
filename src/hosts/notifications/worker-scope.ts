import type { NotificationRegistration } from "./call-notification.ts";

/*
 * The required part of a service worker's global scope (W3C Service Workers). Its TypeScript library conflicts with the DOM's.
 */

/** An event that keeps the worker awake. */
export interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void;
}

/** W3C Notifications API, `NotificationEvent`. */
export interface NotificationClick extends WaitingEvent {
  /** Id of the button; empty for the notification itself. */
  readonly action: string;
  readonly notification: Pick<Notification, "data" | "tag" | "close">;
}

/** W3C Service Workers, `ExtendableMessageEvent`. */
export interface ScopeMessage extends WaitingEvent {
  readonly data: unknown;
  readonly origin: string;
  readonly source: unknown;
}

/** W3C Service Workers, `WindowClient`: a page, controlled by this worker or not. */
export interface PageClient {
  readonly url: string;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  focus(): Promise<unknown>;
}

/** W3C Service Workers, `ServiceWorkerGlobalScope`. */
export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: NotificationRegistration;
  readonly clients: {
    matchAll(options: {
      readonly type: "window";
      readonly includeUncontrolled: true;
    }): Promise<readonly PageClient[]>;
    openWindow(address: string): Promise<unknown>;
  };
}

/** Global scope of this worker. The DOM types call it a window. */
export const ownScope = (): WorkerScope => self as unknown as WorkerScope;
