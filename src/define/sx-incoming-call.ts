import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxIncomingCall);
