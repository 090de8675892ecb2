import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxCallControls);
