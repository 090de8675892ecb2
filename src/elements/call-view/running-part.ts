import { Late, painted } from "../../controller/late.ts";
import { browserPart } from "../../controller/late-ports.ts";
import { pagePorts } from "../../controller/page-ports.ts";

const more: (() => Promise<unknown>)[] = [];

/**
 * All that a call needs from the moment on in which it is accepted or dialled: the screen, and what is behind it. What is known of
 * this engine goes before it: an invitation that waits for that is seen first.
 */
export const runningPart = new Late(
  async () => {
    const [screen] = await Promise.all([
      import("./running-screen.ts"),
      browserPart.load(),
      ...more.map((load) => load()),
    ]);
    return screen;
  },
  () => pagePorts.findObstacle().then(painted),
);

/** Has something loaded with it, such as the elements inside the view. */
export function alsoLoad(load: () => Promise<unknown>): void {
  more.push(load);
}
