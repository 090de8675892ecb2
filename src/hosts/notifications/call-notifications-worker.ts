import { closeIncomingCall, showIncomingCall } from "./call-notification.ts";
import {
  handleNotificationClick,
  handlePageMessage,
  type ClickHooks,
} from "./notification-click.ts";
import type { NotificationClick, ScopeMessage } from "./worker-scope.ts";

/*
 * The service worker of the notifications, whole: a host registers it as it is, or loads it into its own by `importScripts`. It handles
 * no `fetch`, so that it costs no page anything, and it never asks the network.
 */

/** What it gives to the host's own worker, as `self.sxCallKit`. */
const kit = {
  showIncomingCall,
  closeIncomingCall,
  handleNotificationClick: (event: NotificationClick): boolean =>
    handleNotificationClick(event, kit),
  /** Set it to tell a caller that the person has declined while no page was open. */
  onDecline: null as NonNullable<ClickHooks["onDecline"]> | null,
};

// The DOM's types call the global a window: it has neither these events nor this field.
const scope = self as unknown as {
  sxCallKit: typeof kit;
  addEventListener(type: "notificationclick", listener: (event: NotificationClick) => void): void;
  addEventListener(type: "message", listener: (event: ScopeMessage) => void): void;
};
scope.sxCallKit = kit;
scope.addEventListener("notificationclick", (event) => void kit.handleNotificationClick(event));
scope.addEventListener("message", (event) => void handlePageMessage(event));
