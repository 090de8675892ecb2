import { CallError } from "../errors.ts";
import type { CallOptions } from "./ports.ts";

/** A host binding has room for a few identity keys, and no more than a message could carry. */
const maxBinding = 4096;
/** Sound alone costs 58 MB an hour, headers included: a lower cap could not be kept. */
const leastMegabytes = 60;
/** The longest ring, and the longest wait for a lost path: ten minutes. Seconds. */
const maxWait = 600;

/**
 * Checks what the host chose before it is used: a call that would ring for ever or rest on half a secret does not start.
 *
 * @returns a `bad-argument` whose text names the property and never its value; `null` where all is well.
 */
export function optionsProblem(options: CallOptions): CallError | null {
  const {
    hostBinding,
    hostSecret,
    iceServers,
    megabytesPerHour,
    reconnectTimeoutSeconds,
    ringTimeoutSeconds,
    whenBusy,
  } = options;
  if (!Array.isArray(iceServers)) return wrong("iceServers");
  if (!(ringTimeoutSeconds > 0 && ringTimeoutSeconds <= maxWait)) return wrong("ringTimeout");
  if (
    megabytesPerHour !== null &&
    !(megabytesPerHour >= leastMegabytes && Number.isFinite(megabytesPerHour))
  )
    return wrong("dataSaver");
  if (!(reconnectTimeoutSeconds > 0 && reconnectTimeoutSeconds <= maxWait))
    return wrong("reconnectTimeout");
  if (whenBusy !== undefined && !["wait", "busy"].includes(whenBusy)) return wrong("whenBusy");
  if (hostSecret !== null && !(isBytes(hostSecret) && hostSecret.length === 32))
    return wrong("hostSecret");
  if (hostBinding !== null && !(isBytes(hostBinding) && hostBinding.length <= maxBinding))
    return wrong("hostBinding");
  return null;
}

/** Whether there is a relay among the servers. A host may have given anything at all: what is wrong is told by {@link optionsProblem}. */
export function hasRelay(iceServers: unknown): boolean {
  if (!Array.isArray(iceServers)) return false;
  const urls = iceServers.flatMap((server: Partial<RTCIceServer> | null) => server?.urls ?? []);
  return urls.some((url) => /^turns?:/i.test(url));
}

/** Hosts are not all written in TypeScript. */
function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array;
}

function wrong(property: string): CallError {
  return new CallError(
    "bad-argument",
    `The property "${property}" of a call is of the wrong type or out of range.`,
  );
}
