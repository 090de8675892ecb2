import {
  closeIncomingCall,
  showIncomingCall,
  handleNotificationClick,
  handlePageMessage,
  type ClickHooks,
  type NotificationClick,
  type ScopeMessage,
} from "./call-notification.ts";

/*
 * Service worker of the notifications. A host registers it unchanged, or loads it into its own by `importScripts`. It handles
 * no `fetch` and sends no requests.
 */

/** API for the host's own worker, as `self.sxCallKit`. */
const kit = {
  showIncomingCall,
  closeIncomingCall,
  handleNotificationClick: (event: NotificationClick): boolean =>
    handleNotificationClick(event, kit),
  /** Set it to notify a caller that the person has declined while no page was open. */
  onDecline: null as NonNullable<ClickHooks["onDecline"]> | null,
};

// The DOM types know a window only, without these events and this property.
const scope = self as unknown as {
  sxCallKit: typeof kit;
  addEventListener(type: "notificationclick", listener: (event: NotificationClick) => void): void;
  addEventListener(type: "message", listener: (event: ScopeMessage) => void): void;
};
scope.sxCallKit = kit;
scope.addEventListener("notificationclick", (event) => void kit.handleNotificationClick(event));
scope.addEventListener("message", (event) => void handlePageMessage(event));
