import lzString from "lz-string";
import type { SimplexApp } from "../simplex/app.ts";
import type { ChatMessage } from "../simplex/chat.ts";
import { pack, unpackCandidates } from "../simplex/packing.ts";
import type { UdpRelay } from "./udp-relay.ts";

// Where a browser loads it as a script, Node has it as a module.
Object.assign(globalThis, { LZString: lzString });

/** Joins two apps whose pages can reach each other through the relay alone: every candidate that leaves an app has its address. */
export function joinThroughRelay(a: SimplexApp, b: SimplexApp, relay: UdpRelay): void {
  const way = (to: SimplexApp, owner: string) => {
    let last = Promise.resolve();
    return (message: ChatMessage) => {
      // Messages keep their order.
      last = last.then(async () => {
        to.receiveChat(await relayed(message, relay, owner));
      });
    };
  };
  a.sendChat = way(b, "a");
  b.sendChat = way(a, "b");
}

async function relayed(message: ChatMessage, relay: UdpRelay, owner: string): Promise<ChatMessage> {
  if (!("iceCandidates" in message)) return message;
  const rewritten = await Promise.all(
    (await unpackCandidates(message.iceCandidates)).map(async (one) => ({
      ...one,
      candidate: await relay.rewrite(one.candidate ?? "", owner),
    })),
  );
  const kept = rewritten.filter(({ candidate }) => candidate !== null);
  return { ...message, iceCandidates: await pack(kept) };
}
