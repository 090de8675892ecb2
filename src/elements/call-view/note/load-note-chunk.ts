/** Loads what records a note. Alone in its module, because a classic script has a stand-in for it. */
export const loadNoteChunk = () => import("./note-screen.ts").then(({ NoteScreen }) => NoteScreen);
