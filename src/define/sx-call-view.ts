import { SxCallView } from "../elements/call-view/call-view.ts";
import { alsoLoad } from "../elements/call-view/in-call/in-call-chunk.ts";
import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { loadInner } from "./load-inner.ts";
import { register } from "./register.ts";

// The view first: its inner elements look for their call when they are upgraded.
register(SxCallView, SxIncomingCall);
alsoLoad(loadInner);
