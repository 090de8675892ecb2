export { noteMilliseconds } from "../call/rules/note.ts";
export { NoteRecorder } from "../media/note/note-recorder.ts";
export type { NoteDevices, NoteState, RecordedNote } from "../media/note/note-recorder.ts";
