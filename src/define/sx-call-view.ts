import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "./register.ts";

// The view first: the elements inside one ask it for its call as soon as they are upgraded.
register(SxCallView, SxIncomingCall, SxCallControls, SxSecurityCode, SxDeviceMenu);
