import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { register } from "./register.ts";

register(SxCallControls);
