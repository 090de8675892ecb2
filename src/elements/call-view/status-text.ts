import type { CallSnapshot } from "../../call/snapshot.ts";
import type { Localize } from "../words/strings.ts";

/** What of a scene the words need. */
export interface Telling {
  readonly snapshot: CallSnapshot;
  readonly contact: { readonly name: string };
  readonly localize: Localize;
}

/** The line under the name while the call is not connected; "" where the clock stands instead. */
export function statusLine({ snapshot, contact, localize }: Telling): string {
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

/** Who has put the call on hold; "" where nobody has, or where more urgent things are to be told. */
function holdWords({ snapshot, contact, localize }: Telling): string {
  if (snapshot.state !== "connected") return "";
  if (snapshot.held.local) return localize("onHold");
  return snapshot.held.remote ? localize("heldByThem", contact.name) : "";
}

/** Why connecting takes so long, or took too long; "" where it does not. */
export function stuckWords({ snapshot: { stuck }, contact, localize }: Telling): string {
  return stuck === null ? "" : localize(`stuck.${stuck.reason}`, contact.name, stuck.server ?? "");
}

/** How a call ended: what happened, and what to do about it where something can be done. */
export function endingWords({ snapshot, contact, localize }: Telling): {
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
      title: localize(`error.${problem}`),
      advice: stuck || localize(`advice.${problem}`),
    };
  // Their kit tells a failed call by one word only. What they said of the code came before it.
  if (by === "remote" && snapshot.verification.remote === false) {
    return {
      title: localize("refusedCode", contact.name),
      advice: localize("advice.code-mismatch"),
    };
  }
  return { title: localize(`ended.${reason}.${by}`, contact.name), advice: stuck };
}

/** What a screen reader is told of a new state: once, in one sentence. "" where there is nothing to tell. */
export function announcement(telling: Telling): string {
  const { snapshot, contact, localize } = telling;
  switch (snapshot.state) {
    case "idle":
      return "";
    case "incoming":
      return localize("incomingFrom", snapshot.media, contact.name);
    case "connecting":
      return stuckWords(telling) || localize("connecting");
    case "connected":
      // The one thing about the lock that cannot wait until somebody looks at it.
      return snapshot.protection.status === "tampered"
        ? localize("tamperedSign")
        : holdWords(telling) || localize("connected");
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
