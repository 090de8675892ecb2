/** Microphone and camera are one stream, the screen's sound and picture another: an engine keeps a stream's tracks in step. */
export function synchronisedStreams(): (index: number) => MediaStream {
  const person = new MediaStream();
  const screen = new MediaStream();
  return (index) => (index < 2 ? person : screen);
}
