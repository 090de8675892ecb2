import type { CallEvent } from "../call/events.ts";
import type { Measurement } from "../call/state/measurement.ts";
import type { CallPorts, CipherPort, ConnectionPort } from "./ports.ts";

/** Between two looks at the counters. Milliseconds. */
const measureInterval = 500;
/** Quality is judged once a second. */
const looksPerSample = 2;
/**
 * Looks that the worker may leave unanswered before it counts as dead: two seconds, since a busy machine is not a dead one. The time that
 * the engine takes for its own counters does not count: `getStats()` may take seconds, and says nothing about the encryption.
 */
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
  /** Since when the worker owes an answer, in looks; `null` while it owes none. */
  let unanswered: number | null = null;
  const under = { look: false, sample: false };
  let looks = 0;
  const sample = async () => {
    const counts = await connection.quality();
    dispatch({ type: "quality-sampled", sample: { at: ports.now(), ...counts } });
  };
  const look = async () => {
    const { counts, relayed, searching } = await connection.measure();
    unanswered = 0;
    const frames = new Map(((await cipher?.counts()) ?? []).map((count) => [count.track, count]));
    unanswered = null;
    const tracks: Measurement["tracks"] = counts.map((count) => {
      const { sealed = 0, opened = 0, duplicate = 0, forged = 0 } = frames.get(count.track) ?? {};
      return { ...count, sealed, opened, duplicate, forged };
    });
    dispatch({ type: "measured", measurement: { tracks, relayed, searching } });
  };
  /** One at a time: questions to a slow engine would pile up. */
  const once = (name: keyof typeof under, work: () => Promise<void>) => {
    if (under[name]) return;
    under[name] = true;
    const end = () => {
      under[name] = false;
    };
    void work().then(end, end);
  };
  const next = () => {
    if (unanswered !== null && ++unanswered >= patience) {
      dispatch({ type: "failed", code: "encryption-lost" });
      return;
    }
    once("look", look);
    looks += 1;
    if (looks % looksPerSample === 0) once("sample", sample);
    stop = ports.setTimer(measureInterval, next);
  };
  let stop = ports.setTimer(measureInterval, next);
  return () => {
    stop();
  };
}
