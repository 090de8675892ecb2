/** Loads the in-call screen. A module of its own, because a classic script replaces it. */
export const loadInCallScreen = () => import("./in-call-screen.ts");
