import { SxCallView } from "./elements/call-view/call-view.ts";
import { SxIncomingCall } from "./elements/incoming-call/incoming-call.ts";
import { SxCallControls } from "./elements/call-controls/call-controls.ts";
import { SxCallHistory } from "./elements/call-history/call-history.ts";
import { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
import { SxSecurityCode } from "./elements/security-code/security-code.ts";
import { SxDeviceMenu } from "./elements/device-menu/device-menu.ts";
import { SxConnectionCheck } from "./elements/connection-check/connection-check.ts";
import { register } from "./elements/shared/sx-element.ts";

// The view first: its inner elements look for their call when they are upgraded. The build writes a module for each tag besides:
// `define/sx-*.js`.
register(
  SxCallView,
  SxIncomingCall,
  SxCallControls,
  SxCallHistory,
  SxCallHistoryItem,
  SxSecurityCode,
  SxDeviceMenu,
  SxConnectionCheck,
);
