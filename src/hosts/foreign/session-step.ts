/** Result of one event in a session of a foreign protocol: the next session, and its effects in order. */
export type SessionStep<Session, Effect> = readonly [Session, readonly Effect[]];

/** Returns the two combinators of steps for one protocol's session and effects. */
export function sessionSteps<Session, Effect>() {
  return {
    /** Returns a step with effects. */
    next: (session: Session, ...effects: Effect[]): SessionStep<Session, Effect> => [
      session,
      effects,
    ],
    /** Chains two steps. */
    after: (
      [session, effects]: SessionStep<Session, Effect>,
      more: (session: Session) => SessionStep<Session, Effect>,
    ): SessionStep<Session, Effect> => {
      const [last, others] = more(session);
      return [last, [...effects, ...others]];
    },
  };
}
