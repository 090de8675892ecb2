/** The sides that hold a call. A side that holds sends no media and plays none. */
export interface Hold {
  /** `true` while this side holds the call. */
  readonly local: boolean;
  /** As the other side reports it. */
  readonly remote: boolean;
}

export const noHold: Hold = { local: false, remote: false };
