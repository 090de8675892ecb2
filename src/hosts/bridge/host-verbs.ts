import * as v from "valibot";
import type { CallSnapshot } from "../../call/snapshot.ts";

/*
 * What a host may say to the page, verb by verb. Fields that are not here are left behind; a field of the wrong shape refuses the
 * whole message. Nothing in it is a secret but `hostSecret`, which no text of an error repeats.
 */

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const on = v.object({ on: v.boolean() });
const none = v.object({});
const media = v.picklist(["audio", "video"]);
const callId = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const oneCall = v.object({ callId });
/** Without a `callId` it is the call that is shown. */
const maybeCall = v.object({ callId: v.optional(callId) });
const snapshot = v.custom<CallSnapshot>((given) => typeof given === "object" && given !== null);

const contact = v.object({ id: text(256), name: text(256), avatarUrl: v.optional(v.string()) });

/** Bytes as base64 (RFC 4648 section 4), for what JSON has no form for. */
const bytes = (isRight: (length: number) => boolean) =>
  v.pipe(
    text(6000),
    v.base64(),
    v.transform((base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))),
    v.check(({ length }) => isRight(length)),
  );

const iceServer = v.object({
  urls: v.union([text(512), v.pipe(v.array(text(512)), v.maxLength(16))]),
  username: v.optional(text(1024)),
  credential: v.optional(text(1024)),
});

/** The kit's own custom properties, and no value that could fetch anything from anywhere: no address, and no escape to hide one. */
const theme = v.record(
  v.pipe(v.string(), v.regex(/^--sx-[a-z0-9-]{1,64}$/)),
  v.pipe(text(256), v.regex(/^(?![^]*(?:url|src|image)[\w-]*\()[^\\;{}]*$/i)),
);

const route = v.object({
  id: text(256),
  label: text(256),
  selected: v.boolean(),
  kind: v.picklist(["earpiece", "speaker", "headset", "bluetooth", "other"]),
});

/** Properties of the view under their own names, and what a system knows of how its screen is read. Only what is named is changed. */
const settings = v.partial(
  v.object({
    contact,
    iceServers: v.pipe(v.array(iceServer), v.maxLength(16)),
    relayOnly: v.boolean(),
    ringTimeout: v.number(),
    reconnectTimeout: v.number(),
    dataSaver: v.nullable(v.number()),
    whenBusy: v.picklist(["wait", "busy"]),
    lastCall: v.nullable(snapshot),
    hostSecret: v.nullable(bytes((length) => length === 32)),
    hostBinding: v.nullable(bytes((length) => length <= 4096)),
    encryptOnMainThread: v.boolean(),
    hideControls: v.boolean(),
    pictures: v.picklist(["all", "remote", "local"]),
    keepBars: v.boolean(),
    smallWindow: v.picklist(["browser", "host", "off"]),
    shortcuts: v.picklist(["view", "page", "off"]),
    permissionHelp: text(1024),
    volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    soundRegion: v.nullable(text(8)),
    ring: v.boolean(),
    noHaptics: v.boolean(),
    noWakeLock: v.boolean(),
    systemControls: v.picklist(["off", "buttons", "named"]),
    /** BCP 47. */
    lang: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,35}$/)),
    dir: v.picklist(["ltr", "rtl", "auto"]),
    /** CSS `color-scheme`. */
    colorScheme: v.picklist(["light", "dark", "light dark"]),
    theme,
    /** The size of the system's text against the usual one, 0.5 to 4. It is set on the whole page: the kit measures in `rem`. */
    textSize: v.pipe(v.number(), v.minValue(0.5), v.maxValue(4)),
  }),
);

export const hostVerbs = {
  hello: v.object({ host: text(64), page: v.optional(text(64)) }),
  configure: settings,
  "start-call": v.object({ media, contact: v.optional(contact) }),
  "receive-signal": v.object({
    message: v.unknown(),
    from: v.optional(text(256)),
    contact: v.optional(contact),
  }),
  accept: v.object({
    ...maybeCall.entries,
    media: v.optional(media),
    active: v.optional(v.picklist(["end", "hold"])),
  }),
  decline: maybeCall,
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
  "audio-routes": v.object({ routes: v.nullable(v.pipe(v.array(route), v.maxLength(32))) }),
  /** The app is shown in a small window of the system, or whole again. */
  "picture-in-picture": v.object({ active: v.boolean() }),
  /** The app is no longer seen. Its camera is let go of until `foreground`, unless it is to go on. */
  background: v.object({ keepCamera: v.optional(v.boolean()) }),
  foreground: none,
  "back-button": none,
  "network-changed": none,
} as const;

/** The settings of `configure`, checked. */
export type HostSettings = v.InferOutput<typeof settings>;
