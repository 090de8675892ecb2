import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "../elements/shared/register.ts";

register(SxSecurityCode);
