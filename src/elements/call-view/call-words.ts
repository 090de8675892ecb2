import type { CallSnapshot, CaptureHint } from "../../call/snapshot.ts";
import type { ErrorCode } from "../../events/sx-error.ts";
import type { DeviceName, Say } from "../shared/words.ts";

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
      return snapshot.step === null ? say("connecting") : say(`step.${snapshot.step}`, contact.name);
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
export function endingWords({ snapshot, contact, say }: Telling): { title: string; advice: string } {
  const { reason, by, problem } = snapshot.ending ?? { reason: "hung-up", by: "none", problem: null };
  const stuck = stuckWords({ snapshot, contact, say });
  if (problem !== null) return { title: say(`error.${problem}`), advice: stuck || say(`advice.${problem}`) };
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
      return snapshot.protection.status === "tampered" ? say("tamperedSign") : holdWords(telling) || say("connected");
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

/**
 * What the encryption measured that must be seen without opening anything: changed frames, or silence from a device that is on.
 * Silence while a path is searched, or while everything is switched off, is as one would expect.
 */
export function protectionSigns({ snapshot, contact, say }: Telling): string[] {
  const { status, sending, receiving } = snapshot.protection;
  // From the first moment on, and for as long as the call lasts.
  if (status === "unencrypted" && snapshot.state !== "ended") return [say("protection.unencrypted")];
  if (snapshot.state !== "connected" && snapshot.state !== "reconnecting") return [];
  if (status === "tampered") return [say("tamperedSign")];
  if (status !== "stalled" || snapshot.state === "reconnecting") return [];
  const { local, remote, held } = snapshot;
  // Silence is what a hold is.
  if (held.local || held.remote) return [];
  const sends = [local.microphone, local.camera, local.screen].some(({ state }) => state === "on");
  const signs: string[] = [];
  if (sending === "stalled" && sends) signs.push(say("stalledSending"));
  if (receiving === "stalled" && (remote.microphone || remote.camera || remote.screen)) {
    signs.push(say("stalledReceiving", contact.name));
  }
  return signs;
}

/** Why a device of one's own does not work, and what to do. */
export function deviceWords(device: DeviceName, problem: ErrorCode | null, say: Say): string {
  if (problem === "permission-denied") return say("deviceBlocked", device);
  if (problem === "device-not-found") return say("deviceMissing", device);
  if (problem === "device-busy") return say("deviceBusy", device);
  return say("deviceFailed", device);
}

/** What is odd about a device of one's own, and what to do. */
export function hintWords(hint: CaptureHint, say: Say): string {
  switch (hint) {
    case "speaking-while-muted":
      return say("youAreMuted");
    case "microphone-silent":
      return say("microphoneSilent");
    case "camera-black":
      return say("cameraBlack");
  }
}
