import type { CallEvent } from "../call/events.ts";
import type { Measurement } from "../call/state/protection.ts";
import type { CallPorts, CipherPort, ConnectionPort } from "./ports.ts";

/** Milliseconds between readings of the counters. */
const measureInterval = 500;
/** Readings per quality sample, once a second. */
const readingsPerSample = 2;
/**
 * Unanswered readings after which the worker counts as dead: two seconds, for busy machines. The time of the engine's own
 * `getStats()` is excluded: it may take seconds, and shows nothing about the encryption.
 */
const patience = 4;

/**
 * Reads the counters while the connection lasts. The engine's are read first: see `Measurement`.
 *
 * @returns a function that stops it.
 */
export function watchCounters(
  connection: ConnectionPort,
  cipher: CipherPort | null,
  ports: Pick<CallPorts, "now" | "setTimer">,
  dispatch: (event: CallEvent) => void,
): () => void {
  /** Readings since the worker owes an answer; `null` if it owes none. */
  let unanswered: number | null = null;
  const under = { measure: false, sample: false };
  let readings = 0;
  const sample = async () => {
    const counts = await connection.quality();
    dispatch({ type: "quality-sampled", sample: { at: ports.now(), ...counts } });
  };
  const measure = async () => {
    const { counts, ...path } = await connection.measure();
    unanswered = 0;
    const frames = new Map(((await cipher?.counts()) ?? []).map((count) => [count.track, count]));
    unanswered = null;
    const tracks: Measurement["tracks"] = counts.map((count) => {
      const { sealed = 0, opened = 0, duplicate = 0, forged = 0 } = frames.get(count.track) ?? {};
      return { ...count, sealed, opened, duplicate, forged };
    });
    dispatch({ type: "measured", measurement: { tracks, ...path } });
  };
  /** One request at a time, so that requests to a slow engine do not pile up. */
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
    once("measure", measure);
    readings += 1;
    if (readings % readingsPerSample === 0) once("sample", sample);
    stop = ports.setTimer(measureInterval, next);
  };
  let stop = ports.setTimer(measureInterval, next);
  return () => {
    stop();
  };
}
