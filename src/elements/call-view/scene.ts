import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallTracks } from "../../controller/call-source.ts";
import type { Contact } from "../shared/contact.ts";
import type { Say } from "../shared/words.ts";
import type { CallBeside } from "./beside.ts";

/** Which pictures of a call are shown. */
export type ShownPictures = "all" | "remote" | "local";

/** Everything the parts of the call screen are drawn from, at one moment. */
export interface CallScene {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  readonly contact: Contact;
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly say: Say;
  /** The direction of writing where the host set it, for the elements inside; "" where it is the document's. */
  readonly dir: string;
  readonly pictures: ShownPictures;
  /** The calls beside the one that is shown, the newest first. */
  readonly beside: readonly CallBeside[];
  /** Goes on with a call on hold. */
  readonly resume: (callId: string) => void;
  /** Chooses whether the other side may learn this device's address. */
  readonly hideAddress: (hide: boolean) => void;
  /** Whether there is anything to press besides the lock. */
  readonly hasButtons: boolean;
  /** The panel behind the lock. */
  readonly panel: { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void };
}

/** What fills the screen: the shared screen, the other side, oneself while the other side is not there yet, or no picture. */
export type Backdrop = "screen" | "remote" | "self" | "none";

/** What fills the screen of a call. */
export function backdropOf({ snapshot, tracks, pictures }: CallScene): Backdrop {
  if (pictures === "local") return tracks.localCamera ? "self" : "none";
  if (tracks.remoteScreen) return "screen";
  if (tracks.remoteCamera) return "remote";
  if (pictures === "remote") return "none";
  const settingUp = ["inviting", "ringing", "connecting"].includes(snapshot.state);
  return settingUp && tracks.localCamera ? "self" : "none";
}
