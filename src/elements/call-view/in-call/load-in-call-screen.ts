/** Loads the screen of a running call. Alone in its module, because a classic script has a stand-in for it. */
export const loadInCallScreen = () => import("./in-call-screen.ts");
