import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { register } from "../elements/shared/register.ts";

register(SxCallControls);
