import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "./register.ts";

/*
 * What is inside the view once a call runs: loaded with all that a running call needs.
 */
register(SxCallControls, SxSecurityCode, SxDeviceMenu);
