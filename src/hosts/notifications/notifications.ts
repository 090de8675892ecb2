export { CallNotifier, type CallNotifierOptions, type NotifiableView } from "./call-notifier.ts";
export {
  closeIncomingCall,
  showIncomingCall,
  type IncomingCallNotice,
  handleNotificationClick,
  handlePageMessage,
  type ClickHooks,
} from "./call-notification.ts";
export { type CallNotificationWords } from "./notification-messages.ts";
