import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { register } from "./register.ts";

register(SxIncomingCall);
