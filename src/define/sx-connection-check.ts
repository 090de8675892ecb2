import { SxConnectionCheck } from "../elements/connection-check/connection-check.ts";
import { register } from "../elements/shared/register.ts";

register(SxConnectionCheck);
