import type { Words } from "./strings.ts";

/** English strings of a note after a call that nobody answered. */
export const noteEnglish = {
  noteAgain: "Record again",
  noteDiscard: "Discard",
  noteFailed: "Nothing was recorded. Try again.",
  noteInterrupted: "A call came in, so the recording stopped. Check the note before you send it.",
  noteLimit: "Two minutes are over. Check the note before you send it.",
  noteNotPlayed: "This page can’t play the note. You can still send it.",
  notePause: "Pause",
  notePlay: "Play",
  noteRecorded: "Check the note before you send it.",
  noteRecording: "Recording",
  noteSend: "Send note",
  noteSent: "Your note is on its way",
  noteStop: "Stop recording",
  noteVideo: "Leave a video note",
  noteVoice: "Leave a voice note",
} satisfies Partial<Words>;
