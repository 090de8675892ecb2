import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxSecurityCode);
