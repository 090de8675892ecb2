/** The event is the contract: events know nothing of elements. */
export type { ScreenAction } from "../../events/sx-screen-action.ts";
