import { SxCallControls } from "./elements/call-controls/call-controls.ts";
import { SxCallHistory } from "./elements/call-history/call-history.ts";
import { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
import { SxCallView } from "./elements/call-view/call-view.ts";
import { SxConnectionCheck } from "./elements/connection-check/connection-check.ts";
import { SxDeviceMenu } from "./elements/device-menu/device-menu.ts";
import { SxIncomingCall } from "./elements/incoming-call/incoming-call.ts";
import { SxSecurityCode } from "./elements/security-code/security-code.ts";

// The view first: the elements inside one ask it for its call as soon as they are upgraded.
for (const element of [
  SxCallView,
  SxIncomingCall,
  SxCallControls,
  SxCallHistory,
  SxCallHistoryItem,
  SxSecurityCode,
  SxDeviceMenu,
  SxConnectionCheck,
]) {
  // A tag that is taken stays as it is: a host may have registered a class of its own.
  if (!customElements.get(element.tagName)) customElements.define(element.tagName, element);
}
