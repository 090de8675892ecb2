import * as v from "valibot";
import type { CallSnapshot } from "../../call/snapshot.ts";
import {
  isAbsent,
  isRecord,
  readSender,
  readRoutes,
  type RouteData,
  maxName,
  readContact,
} from "../../host-values/host-value.ts";
import {
  readSettings,
  type ContactData,
  type HostSettingsData,
  type HostedContact,
} from "./host-settings.ts";
import type { ProtectionReport } from "../../call/state/protection.ts";
import type { CallRecord } from "../../call/record.ts";
import type { SignalMessage } from "../../signalling/messages.ts";

/*
 * Messages of a host to the page, by verb. Unknown fields are dropped, and a `null` field counts as absent. Settings, contacts
 * and routes are read one by one: an invalid one is dropped and named in the answer. Any other field of the wrong shape refuses
 * the message, because a guess could open a device or answer another call. The only secret is `hostSecret`, which no error text
 * repeats.
 */

/** Native code sends `null` for unset fields. */
const maybe = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.nullish(schema),
    v.transform((given): v.InferOutput<Schema> | undefined => given ?? undefined),
  );
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const on = v.object({ on: v.boolean() });
const none = v.object({});
const media = v.picklist(["audio", "video"]);
const callId = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const oneCall = v.object({ callId });
/** Omitting `callId` addresses the call on screen. */
const maybeCall = v.object({ callId: v.exactOptional(maybe(callId)) });
const snapshot = v.custom<CallSnapshot>((given) => typeof given === "object" && given !== null);

/** A validated contact, and the names of its dropped fields. */
interface ReadContactField {
  readonly contact: HostedContact | undefined;
  readonly ignored: readonly string[];
}

const anything = <Input>() => v.custom<Input>(() => true);

const contactField = v.pipe(
  anything<ContactData | null | undefined>(),
  v.transform((given): ReadContactField => {
    if (isAbsent(given)) return { contact: undefined, ignored: [] };
    const ignored: string[] = [];
    const contact = readContact(given, (field) => ignored.push(`contact.${field}`), maxName);
    return contact === null ? { contact: undefined, ignored: ["contact"] } : { contact, ignored };
  }),
);
/** Sender of a signal. An unreadable one becomes an unknown contact, so that it does not count as the person who is called. */
const sender = v.pipe(
  anything<string | number | null | undefined>(),
  v.transform((given) => readSender(given)),
);

export const hostVerbs = {
  hello: v.object({ host: text(64), page: v.exactOptional(maybe(text(64))) }),
  configure: v.pipe(
    v.custom<HostSettingsData>(isRecord),
    v.transform((given) => readSettings(given)),
  ),
  "start-call": v.object({ media, contact: v.optional(contactField, null) }),
  "receive-signal": v.object({
    message: v.unknown(),
    from: v.optional(sender),
    contact: v.optional(contactField, null),
  }),
  accept: v.object({
    ...maybeCall.entries,
    media: v.exactOptional(maybe(media)),
    active: v.exactOptional(maybe(v.picklist(["end", "hold"]))),
  }),
  /** The view cuts a longer `text`. */
  decline: v.object({ ...maybeCall.entries, text: v.exactOptional(maybe(text(4096))) }),
  ignore: maybeCall,
  "hang-up": none,
  "set-microphone": on,
  "set-camera": on,
  "flip-camera": none,
  "set-screen": on,
  hold: none,
  resume: none,
  swap: oneCall,
  "answered-elsewhere": oneCall,
  "declined-elsewhere": oneCall,
  "resume-call": v.object({ snapshot }),
  "get-snapshot": none,
  "get-report": none,
  "audio-routes": v.object({
    routes: v.optional(
      v.pipe(anything<readonly RouteData[] | null | undefined>(), v.transform(readRoutes)),
      null,
    ),
  }),
  /** The app entered or left a small window of the system. */
  "picture-in-picture": v.object({ active: v.boolean() }),
  /** The app went to the background. Releases the camera until `foreground` unless `keepCamera` is set. */
  background: v.object({ keepCamera: v.exactOptional(maybe(v.boolean())) }),
  foreground: none,
  "back-button": none,
  "network-changed": none,
} as const;

/*
 * Messages of the page to its host, by verb. A host written in TypeScript validates them by the same schemas, because other
 * code might reach the transport.
 */

/** Data made by the kit: plain, for the host to forward or to show. */
const made = <T extends object>() =>
  v.custom<T>((given) => typeof given === "object" && given !== null);
const aCall = v.object({ callId: v.string(), media });

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
  "call-held": v.object({
    callId: v.string(),
    held: v.boolean(),
    by: v.picklist(["local", "remote"]),
  }),
  /** `continuity`: 32 bytes as base64, for `hostSecret` of the contact's next call. */
  "call-ended": v.object({ record: made<CallRecord>(), continuity: v.optional(v.string()) }),
  /** Transcript of a call that ends. Sent before `call-ended`, and only if the host has set `transcript`. `at`: milliseconds since the epoch. */
  transcript: v.object({
    callId: v.string(),
    messages: v.array(
      v.object({ from: v.picklist(["local", "remote"]), text: v.string(), at: v.number() }),
    ),
  }),
  /** A note that the person leaves, as base64 in parts of at most a megabyte, numbered from 0. `durationMs`: at most 120,000. */
  note: v.object({
    callId: v.string(),
    mimeType: v.string(),
    durationMs: v.number(),
    part: v.number(),
    parts: v.number(),
    base64: v.string(),
  }),
  "protection-changed": v.object({ protection: made<ProtectionReport>() }),
  "security-code-checked": v.object({ match: v.boolean(), code: v.string() }),
  ring: on,
  "keep-awake": on,
  "permission-needed": v.object({ device: v.picklist(["microphone", "camera"]) }),
  /** The person sets how loud the other side is: `of` is `call` for the voice, `screen` for the sound of a shared screen. */
  "set-volume": v.object({ volume: v.number(), of: v.picklist(["call", "screen"]) }),
  "choose-route": v.object({ id: v.string() }),
  "picture-in-picture": v.object({ wanted: v.boolean() }),
  /** The host may answer by `start-call`. */
  "call-back": v.object({ media, callId: v.optional(v.string()) }),
  close: v.object({}),
} as const;

/** Capabilities of this engine and page that a host may depend on. */
interface Capabilities {
  readonly webrtc: boolean;
  /** W3C `RTCRtpScriptTransform`. */
  readonly scriptTransform: boolean;
  /** Chromium's older `createEncodedStreams`. */
  readonly encodedStreams: boolean;
  /** Place of frame encryption. `none`: this engine cannot make calls. */
  readonly worker: "script-transform" | "encoded-streams" | "main-thread" | "none";
  /** `true` in a secure context, the only one with media devices. */
  readonly mediaDevices: boolean;
  readonly displayMedia: boolean;
  /** `true` where the page can select a speaker. Otherwise the host has to. */
  readonly setSinkId: boolean;
  readonly pip: "document" | "video" | "none";
  readonly secureContext: boolean;
}

/** @param onMainThread `true` where the host disables the worker: `encryptOnMainThread` of the view. */
export function capabilities(onMainThread: boolean): Capabilities {
  const scriptTransform = typeof RTCRtpScriptTransform === "function";
  const encodedStreams =
    typeof RTCRtpSender === "function" && "createEncodedStreams" in RTCRtpSender.prototype;
  // Absent in some engines and in insecure contexts, contrary to TypeScript's DOM library.
  const { mediaDevices } = navigator as Partial<Navigator>;
  const inWorker = scriptTransform ? "script-transform" : "encoded-streams";
  const inPage = encodedStreams ? "main-thread" : "none";
  return {
    webrtc: typeof RTCPeerConnection === "function",
    scriptTransform,
    encodedStreams,
    worker: onMainThread || !(scriptTransform || encodedStreams) ? inPage : inWorker,
    mediaDevices: mediaDevices !== undefined,
    displayMedia: mediaDevices !== undefined && "getDisplayMedia" in mediaDevices,
    setSinkId: "setSinkId" in HTMLMediaElement.prototype,
    pip:
      "documentPictureInPicture" in globalThis
        ? "document"
        : document.pictureInPictureEnabled
          ? "video"
          : "none",
    secureContext: isSecureContext,
  };
}
