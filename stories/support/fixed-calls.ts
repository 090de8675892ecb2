import type { Intent } from "../../src/call/events.ts";
import type {
  CallLevels,
  CallNotice,
  CallSource,
  CallTracks,
} from "../../src/controller/call-source.ts";
import { noLevels, noOthers, noTracks } from "../../src/controller/call-source.ts";
import type { CallSnapshot } from "sx-call-kit";

/** A static source of calls: shows what it is given, and records intents. */
export interface FixedCalls extends CallSource {
  /** Everything that was asked, in order. */
  readonly asked: Intent[];
  /** Every message that was received. */
  readonly received: unknown[];
  readonly closed: boolean;
  /** Levels of both sides. */
  levels: CallLevels;
  /** Shows something else from now on, and says so. */
  show(
    snapshot: CallSnapshot,
    tracks?: Partial<CallTracks>,
    others?: readonly CallSnapshot[],
  ): void;
  /** Sends a notice to the listeners. */
  notify(notice: CallNotice): void;
  /** Error of the next intents; `null` for success. */
  failure: Error | null;
}

/** Plain objects in the place of the real calls. */
export function fixedCalls(
  snapshot: CallSnapshot,
  tracks: Partial<CallTracks> = {},
  others: readonly CallSnapshot[] = noOthers,
): FixedCalls {
  const listeners = new Set<(notice: CallNotice) => void>();
  let shown = snapshot;
  let played: CallTracks = { ...noTracks, ...tracks };
  let beside = others;
  let closed = false;
  return {
    asked: [],
    received: [],
    failure: null,
    levels: noLevels,
    get snapshot() {
      return shown;
    },
    get tracks() {
      return played;
    },
    get others() {
      return beside;
    },
    get closed() {
      return closed;
    },
    perform(intent) {
      this.asked.push(intent);
      return this.failure === null ? Promise.resolve() : Promise.reject(this.failure);
    },
    receive(message) {
      this.received.push(message);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
    },
    show(next, nextTracks = played, nextOthers = beside) {
      const previous = shown;
      shown = next;
      played = { ...noTracks, ...nextTracks };
      beside = nextOthers;
      this.notify({ type: "changed", previous });
    },
    notify(notice) {
      for (const listener of [...listeners]) listener(notice);
    },
  };
}
