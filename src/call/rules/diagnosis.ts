import { lacksProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import type { Stuck } from "../state/path.ts";

/** STUN error codes of refused credentials (RFC 8489 section 14.8, RFC 8656 section 15). */
const refusals: readonly number[] = [401, 403, 437, 438];
/** No answer (W3C WebRTC section 4.8.2), or "try another server". */
const silences: readonly number[] = [701, 300];

/** Returns the reason for slow connecting. */
export function diagnose({ path, identity, keys, settings }: CallModel): Stuck {
  if (lacksProof({ keys, path })) return { reason: "no-proof", server: null };
  const { found, received, failures } = path;
  const server = (): Stuck | null => {
    const refused = failures.find(({ code }) => refusals.includes(code));
    if (refused !== undefined) return { reason: "server-password", server: refused.server };
    const silent = failures.find(({ code }) => silences.includes(code));
    return silent === undefined ? null : { reason: "server-unreachable", server: silent.server };
  };
  const usable = settings.relayOnly ? found.relay : found.host + found.reflexive + found.relay;
  if (usable === 0) return server() ?? { reason: "no-addresses", server: null };
  if (received === 0) {
    const hasAnswered = identity.direction === "outgoing" || keys.isConfirmed || path.hasAnswered;
    return { reason: hasAnswered ? "no-remote-addresses" : "no-answer", server: null };
  }
  if (found.relay > 0) return { reason: "no-path", server: null };
  return server() ?? { reason: "needs-relay", server: null };
}
