import { Late } from "../../controller/late.ts";
import { browserPart } from "../../controller/page-ports.ts";

/** All that a call needs from the moment on in which it is accepted or dialled: the screen, and what is behind it. */
export const runningPart = new Late(async () => {
  const [screen] = await Promise.all([import("./running-screen.ts"), browserPart.load()]);
  return screen;
});
