/**
 * The most that is taken from the other side, in one place. Every number is about twice what two kits really send, so that a
 * later engine's longer SDP still passes, while a hostile message costs no more than reading it once.
 */
export const limits = {
  /** Characters of an `invite`, as JSON. */
  inviteSize: 8_192,
  /** Characters of any other message, as JSON. */
  messageSize: 32_768,
  /** Characters of one session description. */
  descriptionSize: 8_192,
  /** Candidates in one message. */
  candidates: 32,
  /** Characters of one candidate line. */
  candidateSize: 512,
  /** Characters of a message on the data channel. */
  controlSize: 16_384,
  /** How deep a message may be nested. Ours need 3. */
  depth: 6,
  /** Values in a message, counting every object, array and leaf. Ours need about 180. */
  values: 512,
} as const;
