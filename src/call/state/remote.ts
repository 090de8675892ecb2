/** What the other side reports of its devices over the data channel: never guessed. */
export interface RemoteMediaStatus {
  /** Whether the other side has reported anything yet. The other fields are `false` until it has. */
  readonly known: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export const noRemoteMedia: RemoteMediaStatus = {
  known: false,
  microphone: false,
  camera: false,
  screen: false,
};
