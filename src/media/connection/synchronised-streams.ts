/**
 * Assigns microphone and camera to one stream, and the screen's audio and video to another: engines synchronise the tracks of a
 * stream.
 */
export function synchronisedStreams(): (index: number) => MediaStream {
  const person = new MediaStream();
  const screen = new MediaStream();
  return (index) => (index < 2 ? person : screen);
}
