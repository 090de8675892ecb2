import { SxCallHistoryItem } from "../elements/call-history-item/call-history-item.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxCallHistoryItem);
