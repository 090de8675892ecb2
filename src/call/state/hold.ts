/** Who has put a call on hold: nothing of the side that holds is sent, and nothing is played there. */
export interface Hold {
  readonly local: boolean;
  /** As the other side reports it. */
  readonly remote: boolean;
}

export const noHold: Hold = { local: false, remote: false };
