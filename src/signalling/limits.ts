/**
 * Limits for messages of the other side. Each is about twice the maximum between two kits, for longer SDP of later engines. A
 * hostile message costs no more than reading it once.
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
  /** Nesting depth of a message. Messages of the kit need 3. */
  depth: 6,
  /** Values in a message, counting every object, array and leaf. Messages of the kit need about 180. */
  values: 512,
} as const;
