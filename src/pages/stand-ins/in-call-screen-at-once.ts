import * as screen from "../../elements/call-view/in-call/in-call-screen.ts";
import type { loadInCallScreen as replaced } from "../../elements/call-view/in-call/load-in-call-screen.ts";

/** For a classic script, which contains the screen. */
export const loadInCallScreen: typeof replaced = () => Promise.resolve(screen);
