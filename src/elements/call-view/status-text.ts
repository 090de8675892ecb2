import type { CallSnapshot } from "../../call/snapshot.ts";
import type { ErrorCode } from "../../events/call-facts.ts";
import type { Localize } from "../words/strings.ts";
import type { OtherCall, ViewScene } from "./scene.ts";

/** The part of a scene that texts depend on. */
export interface StatusContext {
  readonly snapshot: CallSnapshot;
  readonly contact: { readonly name: string };
  readonly localize: Localize;
}

/** Returns the status under the name of an unconnected call; "" where the clock is shown. */
export function statusLine({ snapshot, contact, localize }: StatusContext): string {
  const hold = holdWords({ snapshot, contact, localize });
  if (hold !== "") return hold;
  switch (snapshot.state) {
    case "inviting":
      return localize(snapshot.step === "devices" ? "starting" : "calling");
    case "ringing":
      return localize("ringing");
    case "incoming":
      return localize("incoming", snapshot.media);
    case "connecting":
      return snapshot.step === null
        ? localize("connecting")
        : localize(`step.${snapshot.step}`, contact.name);
    case "reconnecting":
      return localize("reconnecting");
    case "idle":
    case "connected":
    case "ended":
      return "";
  }
}

/** Returns which side holds the call; "" for none, or with a more urgent status. */
function holdWords({ snapshot, contact, localize }: StatusContext): string {
  if (snapshot.state !== "connected") return "";
  if (snapshot.held.local) return localize("onHold");
  return snapshot.held.remote ? localize("heldByThem", contact.name) : "";
}

/** Returns the reason for slow connecting; "" for none. */
export function stuckWords({ snapshot: { stuck }, contact, localize }: StatusContext): string {
  return stuck === null ? "" : localize(`stuck.${stuck.reason}`, contact.name, stuck.server ?? "");
}

/** Returns how a call ended, and advice where there is any. */
export function endingWords({ snapshot, contact, localize }: StatusContext): {
  title: string;
  advice: string;
} {
  const { reason, by, problem } = snapshot.ending ?? {
    reason: "hung-up",
    by: "none",
    problem: null,
  };
  const stuck = stuckWords({ snapshot, contact, localize });
  if (problem !== null)
    return {
      // A call that was connected had a connection.
      title: localize(
        problem === "connection-failed" && snapshot.connectedAt !== null
          ? "connectionLost"
          : `error.${problem === "too-large" ? "bad-signal" : problem}`,
      ),
      advice:
        stuck ||
        withMissing(
          problem,
          localize(`advice.${problem === "timed-out" ? "connection-failed" : problem}`),
        ),
    };
  // The other side's kit sends a general reason only. Its result of the code comparison arrived before.
  if (by === "remote" && snapshot.verification.remote === false) {
    return {
      title: localize("refusedCode", contact.name),
      advice: localize("advice.code-mismatch"),
    };
  }
  return { title: localize(`ended.${reason}.${by}`, contact.name), advice: stuck };
}

/** Appends to the advice what is missing, for whoever is asked for help: outside of a secure context engines have no cryptography. */
function withMissing(problem: ErrorCode, advice: string): string {
  const needed = needs[problem];
  if (needed === undefined) return advice;
  const name = isSecureContext ? needed : "HTTPS";
  return name in globalThis ? advice : `${advice} (${name})`;
}
const needs: Partial<Record<ErrorCode, string>> = {
  "webrtc-unsupported": "RTCPeerConnection",
  "encryption-unsupported": "RTCRtpScriptTransform",
};

/** Returns the screen reader announcement of a new state, in one sentence; "" for none. */
export function announcement(context: StatusContext): string {
  const { snapshot, contact, localize } = context;
  switch (snapshot.state) {
    case "idle":
      return "";
    case "incoming":
      return localize("incomingFrom", snapshot.media, contact.name);
    case "connecting":
      return stuckWords(context) || localize("connecting");
    case "connected":
      // The only state of the lock that is announced.
      return snapshot.protection.status === "tampered"
        ? localize("about.tampered")
        : holdWords(context) || localize("connected");
    case "ended": {
      const { title, advice } = endingWords(context);
      const more = advice || declineText(snapshot);
      return more ? `${title}. ${more}` : title;
    }
    case "inviting":
    case "ringing":
    case "reconnecting":
      return statusLine(context);
  }
}

/** Returns the words with which the other side has declined; `undefined` for none. */
export const declineText = ({ ending }: CallSnapshot): string | undefined =>
  ending?.by === "remote" ? ending.text : undefined;

/** Returns `true` once a person here has dialled or accepted: until then nobody learns that a call rings here. */
export const wasTaken = ({ state, direction, connectedAt }: CallSnapshot): boolean =>
  direction === "outgoing" || connectedAt !== null || state === "connecting";

/** Returns the newest waiting call. */
export function waitingOf({ otherCalls }: Pick<ViewScene, "otherCalls">): OtherCall | null {
  return otherCalls.find(({ snapshot }) => snapshot.state === "incoming") ?? null;
}
