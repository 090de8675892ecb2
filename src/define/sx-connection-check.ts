import { SxConnectionCheck } from "../elements/connection-check/connection-check.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxConnectionCheck);
