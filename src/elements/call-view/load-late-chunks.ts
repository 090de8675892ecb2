/*
 * The chunks that most calls never load. Apart from the modules that ask for them, because a classic script has stand-ins for these.
 */

/** Loads the conversation in a call. */
export const loadTextChunk = () =>
  import("./text/text-template.ts").then(({ textChunk }) => textChunk);

/** Loads what records a note. */
export const loadNoteChunk = () =>
  import("./note/note-screen.ts").then(({ NoteScreen }) => NoteScreen);

/** Loads the scene of a shared screen. */
export const loadShareChunk = () =>
  import("./share/shared-picture.ts").then(({ shareChunk }) => shareChunk);
