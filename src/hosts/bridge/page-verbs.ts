import * as v from "valibot";
import type { ProtectionReport } from "../../call/state/protection.ts";
import type { CallRecord } from "../../call/record.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { SignalMessage } from "../../signalling/messages.ts";
import type { Capabilities } from "./capabilities.ts";

/*
 * What the page says to its host, verb by verb. A host that is written in TypeScript checks it by the same schemas: the page has no
 * reason to lie to it, but something else might have got hold of the way.
 */

/** What the kit itself has made. It is plain data, and the host carries it on or shows it. */
const made = <T extends object>() =>
  v.custom<T>((given) => typeof given === "object" && given !== null);
const on = v.object({ on: v.boolean() });
const callId = v.string();
const media = v.picklist(["audio", "video"]);
const aCall = v.object({ callId, media });

export const pageVerbs = {
  /** Until the host says `hello`. `version` is the newest of the envelope that the page speaks. */
  ready: v.object({
    page: v.string(),
    version: v.number(),
    capabilities: made<Capabilities>(),
    snapshot: made<CallSnapshot>(),
  }),
  /** What became of a `configure`: the fields that were left out, cut or brought into their range. Empty where all were taken. */
  configured: v.object({ ignored: v.array(v.string()) }),
  signal: v.object({ message: made<SignalMessage>() }),
  /** Also where the page goes away in a call: a snapshot to resume it from. */
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
  /** The host answers by `start-call`, where it will. */
  "call-back": v.object({ media, callId: v.optional(callId) }),
  close: v.object({}),
} as const;
