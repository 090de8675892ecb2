import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "./register.ts";

/* Elements of a running call, loaded with the in-call screen. */
register(SxCallControls, SxSecurityCode, SxDeviceMenu);
