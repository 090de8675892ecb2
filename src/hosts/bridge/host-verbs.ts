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
