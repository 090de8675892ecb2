import { SxConnectionCheck } from "../elements/connection-check/connection-check.ts";
import { register } from "./register.ts";

register(SxConnectionCheck);
