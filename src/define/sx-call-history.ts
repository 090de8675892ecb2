import { SxCallHistory } from "../elements/call-history/call-history.ts";
import { register } from "../elements/shared/register.ts";

register(SxCallHistory);
