import { SxCallView } from "../elements/call-view/call-view.ts";
import { alsoLoad } from "../elements/call-view/in-call/in-call-chunk.ts";
import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { loadInner } from "./load-inner.ts";
import { register } from "./register.ts";

// The view first: the elements inside one ask it for its call as soon as they are upgraded.
register(SxCallView, SxIncomingCall);
alsoLoad(loadInner);
