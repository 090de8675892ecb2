import type { InteropCall } from "./call.ts";
import type { Namespaces } from "./namespaces.ts";
import { passing, recover } from "./recovery.ts";

/** Changes of the caller's network. Each ends when there is a path again, and returns the address at that time. */
export const moves = {
  "the link down for 3 s": async (networks: Namespaces) => {
    networks.plug(false);
    await passing(3000);
    return networks.plug(true);
  },
  "from one network to another, with 1 s between": async (networks: Namespaces) => {
    networks.leave(networks.used);
    await passing(1000);
    return networks.join(networks.other);
  },
} as const;

export type Move = keyof typeof moves;

/**
 * Makes a move in a connected call, and waits until both sides hear and see again. What is measured begins when the engine would offer
 * the new address: before that no page can use it. Chromium 156 on Linux waits for up to 2 seconds until it believes in one.
 *
 * @returns what each side needed, and how long the engine itself did before that. Milliseconds.
 */
export async function recoverFromMove(
  call: InteropCall,
  networks: Namespaces,
  move: Move,
): Promise<{ readonly found: Awaited<ReturnType<typeof recover>>; readonly engine: number }> {
  let engine = 0;
  const found = await recover(call, async () => {
    const address = await moves[move](networks);
    const back = Date.now();
    await call.caller.evaluate((own) => window.interop.untilOffered(own), address);
    engine = Date.now() - back;
    return back + engine;
  });
  return { found, engine };
}

/** Both networks at once: the one in use goes away, and nobody but the kernel says so. */
export async function recoverFromLoss(
  call: InteropCall,
  networks: Namespaces,
): Promise<Awaited<ReturnType<typeof recover>>> {
  const former = networks.used;
  const address = networks.join(networks.other);
  await call.caller.evaluate((own) => window.interop.untilOffered(own), address);
  return recover(call, async () => {
    networks.leave(former);
    return Date.now();
  });
}
