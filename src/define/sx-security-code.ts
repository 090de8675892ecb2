import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { register } from "./register.ts";

register(SxSecurityCode);
