import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { register } from "../elements/shared/sx-element.ts";

// The view first: its inner elements look for their call when they are upgraded.
register(SxCallView, SxIncomingCall);
