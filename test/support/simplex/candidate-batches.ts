import type { Timings } from "./protocol.ts";

/**
 * Section 4: a first batch when gathering completes or after 750 ms. Later batches come every 1,500 ms until 12 s with a last
 * flush, or at completion.
 */
export class CandidateBatches {
  readonly first: Promise<RTCIceCandidateInit[]>;
  readonly #later: (candidates: RTCIceCandidateInit[]) => void;
  readonly #timings: Timings;
  #found: RTCIceCandidateInit[] = [];
  #giveFirst: ((candidates: RTCIceCandidateInit[]) => void) | null = null;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /** Gathering starts with the local description, which is set right after. */
  constructor(
    connection: RTCPeerConnection,
    timings: Timings,
    later: (candidates: RTCIceCandidateInit[]) => void,
  ) {
    this.#timings = timings;
    this.#later = later;
    this.first = new Promise((resolve) => (this.#giveFirst = resolve));
    this.#timers.push(
      setTimeout(() => this.#flush(), timings.firstCandidates),
      setTimeout(() => this.#finish(), timings.lastCandidates),
    );
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.candidate) this.#found.push(candidate.toJSON());
    });
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") this.#finish();
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #flush(): void {
    const batch = this.#found;
    this.#found = [];
    if (this.#giveFirst !== null) {
      this.#giveFirst(batch);
      this.#giveFirst = null;
      this.#timers.push(setInterval(() => this.#flush(), this.#timings.laterCandidates));
    } else if (batch.length > 0) {
      this.#later(batch);
    }
  }

  #finish(): void {
    this.#flush();
    this.stop();
  }
}
