/** W3C Audio Session: Safari since 16.4. Absent in TypeScript's DOM library. */
export interface AudioSession extends Partial<Pick<EventTarget, "addEventListener">> {
  type: string;
  readonly state?: string;
}

/** Audio session type during a call: the system routes the sound as a call, and does not treat it as music. */
const typeOfCalls = "play-and-record";

/** Calls in this page, and the type before the first of them: of two calls the first one to end changes nothing. */
const page = { calls: 0, before: "auto" };

/**
 * Sets the type of the page's audio session for the length of a call. Reports when the page is visible again, and when the
 * system has ended an interruption.
 *
 * @param session the page's; missing where the engine has none.
 * @returns a function that ends both.
 */
export function watchPage(
  seen: () => void,
  session = (navigator as { readonly audioSession?: AudioSession }).audioSession,
): () => void {
  const life = new AbortController();
  const { signal } = life;
  const checkVisible = () => {
    if (!document.hidden) seen();
  };
  document.addEventListener("visibilitychange", checkVisible, { signal });
  addEventListener("pageshow", checkVisible, { signal });
  let wasInterrupted = session?.state === "interrupted";
  session?.addEventListener?.(
    "statechange",
    () => {
      const isOver = wasInterrupted && session.state === "active";
      wasInterrupted = session.state === "interrupted";
      if (isOver) seen();
    },
    { signal },
  );
  if (session !== undefined && page.calls++ === 0) {
    page.before = session.type;
    session.type = typeOfCalls;
  }
  return () => {
    if (signal.aborted) return;
    life.abort();
    if (session !== undefined && --page.calls === 0) session.type = page.before;
  };
}
