import { SxCallHistory } from "../elements/call-history/call-history.ts";
import { register } from "./register.ts";

register(SxCallHistory);
