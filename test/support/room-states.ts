import type { CallSnapshot, CallStateName, EndReason } from "sx-call-kit";
import type { TextOperation } from "../../src/call/rules/text.ts";
import type { PanelName } from "../../src/elements/call-view/scene.ts";
import { drawnTracks } from "../../stories/support/drawn-tracks.ts";
import { posters, type Poster } from "../../stories/support/posters.ts";
import {
  aCallAside,
  aDeviceList,
  aHeldCall,
  aProtection,
  aRecord,
  aSnapshot,
  aWaitingCall,
  anEnding,
} from "../../stories/support/snapshots.ts";
import { errorCodes, medias, protections, sides, steps } from "../../stories/support/unions.ts";
import { remarks } from "./signs.ts";

/** A moment of a call, with what a person has opened in it. */
export interface RoomState extends Poster {
  readonly panel?: PanelName;
  /** What the other side has written so far. */
  readonly text?: readonly TextOperation[];
  /** Whether the host takes notes. */
  readonly notes?: boolean;
}

function withActions(
  snapshot: CallSnapshot,
  ...actions: CallSnapshot["actions"][number][]
): CallSnapshot {
  return { ...snapshot, actions: [...snapshot.actions, ...actions] };
}

/** The states that have been the hardest: the posters, and what has more words or more buttons than they. */
export const hardStates: readonly RoomState[] = [
  ...posters,
  {
    name: "incoming video, with a choice of the address",
    snapshot: withActions(aSnapshot("incoming", "video"), "hide-address"),
  },
  {
    name: "ringing, with a choice of the address",
    snapshot: withActions(aSnapshot("ringing", "audio", { exposesAddress: true }), "hide-address"),
  },
  {
    name: "waiting and held",
    snapshot: aSnapshot("connected", "audio"),
    others: [aWaitingCall("video"), aCallAside()],
  },
  { name: "unanswered", snapshot: anEnding({ reason: "unanswered", by: "remote", problem: null }) },
  {
    name: "mismatch",
    snapshot: anEnding({ reason: "failed", by: "none", problem: "code-mismatch" }),
  },
];

type StuckReason = NonNullable<CallSnapshot["stuck"]>["reason"];
type Trying = NonNullable<CallSnapshot["reconnection"]>["trying"];

// What follows has every member of its union: one that is new and not here does not compile.
const namesOf = <Name extends string>(all: Record<Name, true>) => Object.keys(all) as Name[];
const states = namesOf<CallStateName>({
  ...{ idle: true, inviting: true, ringing: true, incoming: true },
  ...{ connecting: true, connected: true, reconnecting: true, ended: true },
});
const stuck = namesOf<StuckReason>({
  ...{ "no-proof": true, "no-answer": true, "no-remote-addresses": true, "no-addresses": true },
  ...{ "server-password": true, "server-unreachable": true, "needs-relay": true, "no-path": true },
});
const attempts = namesOf<Trying>({ wait: true, ask: true, check: true });
const endings: Record<EndReason, true> = {
  ...{ "hung-up": true, cancelled: true, declined: true, busy: true, unanswered: true },
  ...{ failed: true, "answered-elsewhere": true },
};
/** The panels, and in which calls each can be open. */
const panels: Record<PanelName, readonly CallSnapshot[]> = {
  security: [
    aSnapshot("connected", "video"),
    aSnapshot("connected", "audio", { verification: { local: true, remote: true } }),
    aSnapshot("connected", "audio", { protection: aProtection("tampered") }),
  ],
  devices: [aSnapshot("connected", "video", { devices: aDeviceList })],
  text: [aSnapshot("connected", "video"), aSnapshot("connected", "audio")],
  help: [aSnapshot("connected", "video")],
};

const said: readonly TextOperation[] = [
  { op: "hello" },
  { op: "say", text: "I cannot speak here. Can we write? I am on the train." },
];

const pictures = ({ state, media }: CallSnapshot): Poster["tracks"] =>
  media === "video" && state !== "incoming" && state !== "ended" && state !== "idle"
    ? () =>
        drawnTracks(
          state === "connected" || state === "reconnecting"
            ? ["remoteCamera", "localCamera"]
            : ["localCamera"],
        )
    : undefined;

const withPictures = (name: string, snapshot: CallSnapshot): RoomState => {
  const tracks = pictures(snapshot);
  return { name, snapshot, ...(tracks && { tracks }) };
};

/** Every state of a call, and everything that is beside it, over it or said of it. */
export const everyState: readonly RoomState[] = [
  ...hardStates,
  ...states.flatMap((state) =>
    medias.map((media) => withPictures(`${state} ${media}`, aSnapshot(state, media))),
  ),
  ...steps.map((step) => ({
    name: `connecting: ${step}`,
    snapshot: aSnapshot("connecting", "audio", { step }),
  })),
  ...stuck.map((reason) => ({
    name: `stuck: ${reason}`,
    snapshot: aSnapshot("connecting", "audio", {
      stuck: { reason, server: "turns:relay.very-long-name.example.org:5349" },
    }),
  })),
  ...attempts.map((trying) =>
    withPictures(
      `reconnecting: ${trying}`,
      aSnapshot("reconnecting", "video", {
        reconnection: { since: 0, until: 30_000, attempts: 2, trying },
      }),
    ),
  ),
  ...protections.map((status) =>
    withPictures(
      `protection: ${status}`,
      aSnapshot("connected", "video", { protection: aProtection(status) }),
    ),
  ),
  ...[
    { local: true, remote: false },
    { local: false, remote: true },
    { local: true, remote: true },
  ].map((held) => ({
    name: `held by ${held.local ? "us" : ""} ${held.remote ? "them" : ""}`,
    snapshot: aHeldCall(held),
  })),
  ...(Object.keys(endings) as EndReason[]).flatMap((reason) =>
    sides.map((by) => ({
      name: `ended: ${reason} by ${by}`,
      snapshot: anEnding({ reason, by, problem: null }),
    })),
  ),
  ...errorCodes.map((problem) => ({
    name: `failed: ${problem}`,
    snapshot: anEnding({ reason: "failed", by: "none", problem }, "video"),
  })),
  {
    name: "a note is offered, after words",
    snapshot: anEnding(
      { reason: "declined", by: "remote", problem: null, text: "In a meeting, I call you at four" },
      "video",
      { record: aRecord({ outcome: "declined", direction: "outgoing" }) },
    ),
    notes: true,
  },
  ...Object.entries(remarks).flatMap(([name, change]) =>
    medias.map((media) => {
      const snapshot = change(aSnapshot("connected", media));
      return withPictures(`${name}, ${media}`, snapshot);
    }),
  ),
  {
    name: "own screen, theirs paused",
    snapshot: remarks["the other side's screen paused"]!(
      remarks["own screen paused"]!(aSnapshot("connected", "video")),
    ),
    tracks: () => drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]),
  },
  {
    name: "a text has arrived",
    snapshot: aSnapshot("connected", "video"),
    tracks: () => drawnTracks(),
    text: said,
  },
  ...(Object.keys(panels) as PanelName[]).flatMap((panel) =>
    panels[panel].map((snapshot, index) => ({
      ...withPictures(`panel: ${panel} ${String(index)}`, snapshot),
      panel,
      ...(panel === "text" && { text: said }),
    })),
  ),
];
