import { SxCallHistoryItem } from "../elements/call-history-item/call-history-item.ts";
import { register } from "./register.ts";

register(SxCallHistoryItem);
