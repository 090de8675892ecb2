import type { CallSnapshot } from "sx-call-kit";
import type { CallTracks } from "../../src/controller/call-source.ts";
import { drawnTracks } from "./drawn-tracks.ts";
import { aCallAside, aSnapshot, aWaitingCall, anEnding } from "./snapshots.ts";

/** A moment of a call as the view shows it. */
export interface Poster {
  readonly name: string;
  readonly snapshot: CallSnapshot;
  /** Tracks, created for each use: a canvas track ends with its canvas. */
  readonly tracks?: () => Partial<CallTracks>;
  readonly others?: readonly CallSnapshot[];
}

/** Measured well, but for the bars. */
const quality = (bars: 2 | 3 | 4): CallSnapshot["quality"] => ({
  bars,
  roundTripMilliseconds: 40,
  lossPercent: 0,
  jitterMilliseconds: 3,
  freezesPerMinute: 0,
  incomingKbps: 1400,
  outgoingKbps: 1400,
  relayed: false,
  sending: "720p30",
  reason: null,
});

/** The life of a call in pictures: every state, and what stands beside a call. In the order in which people meet them. */
export const posters: readonly Poster[] = [
  { name: "incoming audio", snapshot: aSnapshot("incoming", "audio") },
  { name: "incoming video", snapshot: aSnapshot("incoming", "video") },
  { name: "inviting", snapshot: aSnapshot("inviting", "audio") },
  {
    name: "ringing",
    snapshot: aSnapshot("ringing", "video"),
    tracks: () => drawnTracks(["localCamera"]),
  },
  { name: "connecting", snapshot: aSnapshot("connecting", "audio") },
  { name: "connected audio", snapshot: aSnapshot("connected", "audio", { quality: quality(4) }) },
  {
    name: "connected video",
    snapshot: aSnapshot("connected", "video", { quality: quality(3) }),
    tracks: () => drawnTracks(),
  },
  {
    name: "shared screen",
    snapshot: aSnapshot("connected", "video", { quality: quality(4) }),
    tracks: () => drawnTracks(["remoteScreen", "remoteCamera", "localCamera"]),
  },
  {
    name: "reconnecting",
    snapshot: aSnapshot("reconnecting", "video"),
    tracks: () => drawnTracks(),
  },
  {
    name: "waiting",
    snapshot: aSnapshot("connected", "audio", { quality: quality(4) }),
    others: [aWaitingCall("video")],
  },
  {
    name: "held",
    snapshot: aSnapshot("connected", "audio", { quality: quality(4) }),
    others: [aCallAside()],
  },
  { name: "ended", snapshot: aSnapshot("ended", "video") },
  {
    name: "failed",
    snapshot: anEnding({ reason: "failed", by: "none", problem: "connection-failed" }),
  },
  {
    name: "blocked",
    snapshot: anEnding({ reason: "failed", by: "local", problem: "permission-denied" }, "video"),
  },
];
