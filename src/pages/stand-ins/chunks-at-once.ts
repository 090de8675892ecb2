import { inCall } from "../../elements/call-view/in-call/in-call-chunk.ts";
import type { loadInCallChunk as replacedInCall } from "../../elements/call-view/in-call/load-in-call-chunk.ts";
import type {
  loadNoteChunk as replacedNote,
  loadTextChunk as replacedText,
  loadShareChunk as replacedShare,
} from "../../elements/call-view/load-late-chunks.ts";
import { textChunk } from "../../elements/call-view/text/text-template.ts";
import { shareChunk } from "../../elements/call-view/share/shared-picture.ts";
import { NoteScreen } from "../../elements/call-view/note/note-screen.ts";
import { declineTexts } from "../../elements/incoming-call/decline-texts.ts";
import type { loadDeclineTexts as replacedTexts } from "../../elements/incoming-call/load-decline-texts.ts";

/** For a classic script, which is one piece: what an app with modules loads later is in it. */
export const loadInCallChunk: typeof replacedInCall = () => Promise.resolve(inCall);

export const loadDeclineTexts: typeof replacedTexts = () => Promise.resolve(declineTexts);

export const loadTextChunk: typeof replacedText = () => Promise.resolve(textChunk);
export const loadShareChunk: typeof replacedShare = () => Promise.resolve(shareChunk);
export const loadNoteChunk: typeof replacedNote = () => Promise.resolve(NoteScreen);
