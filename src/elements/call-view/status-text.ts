import type { CallSnapshot } from "../../call/snapshot.ts";
import type { Say } from "../shared/words.ts";

/** What of a scene the words need. */
export interface Telling {
  readonly snapshot: CallSnapshot;
  readonly contact: { readonly name: string };
  readonly say: Say;
}

/** The line under the name while the call is not connected; "" where the clock stands instead. */
export function statusLine({ snapshot, contact, say }: Telling): string {
  const hold = holdWords({ snapshot, contact, say });
  if (hold !== "") return hold;
  switch (snapshot.state) {
    case "inviting":
      return say(snapshot.step === "devices" ? "starting" : "calling");
    case "ringing":
      return say("ringing");
    case "incoming":
      return say("incoming", snapshot.media);
    case "connecting":
      return snapshot.step === null
        ? say("connecting")
        : say(`step.${snapshot.step}`, contact.name);
    case "reconnecting":
      return say("reconnecting");
    case "idle":
    case "connected":
    case "ended":
      return "";
  }
}

/** Who has put the call on hold; "" where nobody has, or where more urgent things are to be told. */
function holdWords({ snapshot, contact, say }: Telling): string {
  if (snapshot.state !== "connected") return "";
  if (snapshot.held.local) return say("onHold");
  return snapshot.held.remote ? say("heldByThem", contact.name) : "";
}

/** Why connecting takes so long, or took too long; "" where it does not. */
export function stuckWords({ snapshot: { stuck }, contact, say }: Telling): string {
  return stuck === null ? "" : say(`stuck.${stuck.reason}`, contact.name, stuck.server ?? "");
}

/** How a call ended: what happened, and what to do about it where something can be done. */
export function endingWords({ snapshot, contact, say }: Telling): {
  title: string;
  advice: string;
} {
  const { reason, by, problem } = snapshot.ending ?? {
    reason: "hung-up",
    by: "none",
    problem: null,
  };
  const stuck = stuckWords({ snapshot, contact, say });
  if (problem !== null)
    return { title: say(`error.${problem}`), advice: stuck || say(`advice.${problem}`) };
  // Their kit tells a failed call by one word only. What they said of the code came before it.
  if (by === "remote" && snapshot.verification.remote === false) {
    return { title: say("refusedCode", contact.name), advice: say("advice.code-mismatch") };
  }
  return { title: say(`ended.${reason}.${by}`, contact.name), advice: stuck };
}

/** What a screen reader is told of a new state: once, in one sentence. "" where there is nothing to tell. */
export function announcement(telling: Telling): string {
  const { snapshot, contact, say } = telling;
  switch (snapshot.state) {
    case "idle":
      return "";
    case "incoming":
      return say("incomingFrom", snapshot.media, contact.name);
    case "connecting":
      return stuckWords(telling) || say("connecting");
    case "connected":
      // The one thing about the lock that cannot wait until somebody looks at it.
      return snapshot.protection.status === "tampered"
        ? say("tamperedSign")
        : holdWords(telling) || say("connected");
    case "ended": {
      const { title, advice } = endingWords(telling);
      return advice === "" ? title : `${title}. ${advice}`;
    }
    case "inviting":
    case "ringing":
    case "reconnecting":
      return statusLine(telling);
  }
}
