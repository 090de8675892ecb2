import { SxCallHistory } from "../elements/call-history/call-history.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxCallHistory);
