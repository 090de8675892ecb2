/** What one event makes of a session of a foreign protocol: the next session, and what is to be done, in order. */
export type SessionStep<Session, Effect> = readonly [Session, readonly Effect[]];

/** The two ways to put steps together, for one protocol's session and effects. */
export function sessionSteps<Session, Effect>() {
  return {
    /** A step with these effects. */
    next: (session: Session, ...effects: Effect[]): SessionStep<Session, Effect> => [
      session,
      effects,
    ],
    /** One step after another. */
    after: (
      [session, effects]: SessionStep<Session, Effect>,
      more: (session: Session) => SessionStep<Session, Effect>,
    ): SessionStep<Session, Effect> => {
      const [last, others] = more(session);
      return [last, [...effects, ...others]];
    },
  };
}
