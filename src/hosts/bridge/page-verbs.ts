import * as v from "valibot";
import type { ProtectionReport } from "../../call/state/protection.ts";
import type { CallRecord } from "../../call/record.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { SignalMessage } from "../../signalling/messages.ts";
import type { Capabilities } from "./capabilities.ts";

/*
 * Messages of the page to its host, by verb. A host written in TypeScript validates them by the same schemas, because other
 * code might reach the transport.
 */

/** Data made by the kit: plain, for the host to forward or to show. */
const made = <T extends object>() =>
  v.custom<T>((given) => typeof given === "object" && given !== null);
const on = v.object({ on: v.boolean() });
const callId = v.string();
const media = v.picklist(["audio", "video"]);
const aCall = v.object({ callId, media });

export const pageVerbs = {
  /** Repeated until the host sends `hello`. `version` is the newest envelope that the page supports. */
  ready: v.object({
    page: v.string(),
    version: v.number(),
    capabilities: made<Capabilities>(),
    snapshot: made<CallSnapshot>(),
  }),
  /** Result of a `configure`: fields that were dropped or clamped. Empty where all were accepted. */
  configured: v.object({ ignored: v.array(v.string()) }),
  signal: v.object({ message: made<SignalMessage>() }),
  /** Also sent when the page is unloaded during a call: a snapshot to resume from. */
  "state-changed": v.object({ state: v.string(), snapshot: made<CallSnapshot>() }),
  incoming: aCall,
  "call-waiting": aCall,
  "call-held": v.object({ callId, held: v.boolean(), by: v.picklist(["local", "remote"]) }),
  /** `continuity`: 32 bytes as base64, for `hostSecret` of the contact's next call. */
  "call-ended": v.object({ record: made<CallRecord>(), continuity: v.optional(v.string()) }),
  "protection-changed": v.object({ protection: made<ProtectionReport>() }),
  "security-code-checked": v.object({ match: v.boolean(), code: v.string() }),
  ring: on,
  "keep-awake": on,
  "permission-needed": v.object({ device: v.picklist(["microphone", "camera"]) }),
  "choose-route": v.object({ id: v.string() }),
  "picture-in-picture": v.object({ wanted: v.boolean() }),
  /** The host may answer by `start-call`. */
  "call-back": v.object({ media, callId: v.optional(callId) }),
  close: v.object({}),
} as const;
