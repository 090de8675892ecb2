import type { CallEvent } from "../call/events.ts";
import type { Measurement } from "../call/state/measurement.ts";
import type { CallPorts, CipherPort, ConnectionPort } from "./ports.ts";

/** Between two looks at the counters. Milliseconds. */
const measureInterval = 500;
/** Quality is judged once a second. */
const looksPerSample = 2;
/** Looks that the worker may leave unanswered before it counts as dead: two seconds, since a busy machine is not a dead one. */
const patience = 4;

/**
 * Looks at the counters for as long as the connection lasts. The engine's are read first: see `Measurement`.
 *
 * @returns a function that ends it.
 */
export function watchCounters(
  connection: ConnectionPort,
  cipher: CipherPort | null,
  ports: Pick<CallPorts, "now" | "setTimer">,
  dispatch: (event: CallEvent) => void,
): () => void {
  let unanswered = 0;
  let looks = 0;
  const sample = async () => {
    const counts = await connection.quality();
    dispatch({ type: "quality-sampled", sample: { at: ports.now(), ...counts } });
  };
  const look = async () => {
    const { counts, relayed, searching } = await connection.measure();
    const frames = new Map(((await cipher?.counts()) ?? []).map((count) => [count.track, count]));
    unanswered = 0;
    const tracks: Measurement["tracks"] = counts.map((count) => {
      const { sealed = 0, opened = 0, duplicate = 0, forged = 0 } = frames.get(count.track) ?? {};
      return { ...count, sealed, opened, duplicate, forged };
    });
    dispatch({ type: "measured", measurement: { tracks, relayed, searching } });
  };
  const next = () => {
    if (unanswered >= patience) {
      dispatch({ type: "failed", code: "encryption-lost" });
      return;
    }
    unanswered += 1;
    if (unanswered === 1) void look().catch(() => undefined);
    looks += 1;
    if (looks % looksPerSample === 0) void sample().catch(() => undefined);
    stop = ports.setTimer(measureInterval, next);
  };
  let stop = ports.setTimer(measureInterval, next);
  return () => {
    stop();
  };
}
