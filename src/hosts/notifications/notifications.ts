export { CallNotifier, type CallNotifierOptions, type NotifiableView } from "./call-notifier.ts";
export {
  closeIncomingCall,
  showIncomingCall,
  type IncomingCallNotice,
} from "./call-notification.ts";
export { type CallNotificationWords } from "./notification-messages.ts";
export {
  handleNotificationClick,
  handlePageMessage,
  type ClickHooks,
} from "./notification-click.ts";
