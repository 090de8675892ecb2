import { networkInterfaces } from "node:os";
import type { TurnServer, TurnTransport } from "./turn-server.ts";
import type { StageOptions } from "./stage.ts";

/** Another address of loopback than the machine's usual one, so that a relayed address is distinguished from one of this device. */
export const relayAddress = "127.0.0.2";

/** Everything that two pages said to each other, over either channel. */
export class Wiretap {
  readonly texts: string[] = [];

  /** The candidates among it, as text. */
  get candidates(): string[] {
    return this.texts.flatMap((text) => text.match(/candidate:\d+ [^"\\]*/g) ?? []);
  }

  /** The ports of the relayed addresses. */
  get relayedPorts(): string[] {
    return [...new Set(this.candidates.map((candidate) => candidate.split(" ")[5] ?? ""))];
  }

  /** Addresses and names (mDNS, RFC 6762) of this machine in it. */
  get addressesOfThisMachine(): string[] {
    const own = Object.values(networkInterfaces()).flatMap((list = []) =>
      list.map(({ address }) => address),
    );
    const known = [...new Set([...own, "127.0.0.1", "::1"])];
    const named = this.texts.flatMap((text) => text.match(/[\w-]+\.local\b/g) ?? []);
    return [
      ...named,
      ...known.filter((address) => this.texts.some((text) => contains(text, address))),
    ];
  }
}

/** Two sides that use nothing but relays, each reaching the server at its own port. */
export function relayOnly(
  turn: TurnServer,
  transport: TurnTransport,
  tap: Wiretap,
  ports: { readonly caller?: number; readonly callee?: number } = {},
): StageOptions {
  const servers = (port = turn.port) => [
    { urls: `turn:127.0.0.1:${port}?transport=${transport}`, ...turn.credentials() },
  ];
  return {
    isDirect: true,
    listen: (text) => tap.texts.push(text),
    options: {
      caller: { relayOnly: true, iceServers: servers(ports.caller) },
      callee: { relayOnly: true, iceServers: servers(ports.callee) },
    },
  };
}

/** As a whole address: `::1` is also a part of others, and of what is none. */
function contains(text: string, address: string): boolean {
  const escaped = address.replace(/[.]/g, "\\.");
  return new RegExp(`(?<![\\w:.])${escaped}(?![\\w:.])`, "i").test(text);
}
