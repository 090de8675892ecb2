export { noteMilliseconds, NoteRecorder } from "../media/note/note-recorder.ts";
export type { NoteDevices, NoteState, RecordedNote } from "../media/note/note-recorder.ts";
