import type { CallMedia } from "../call/terms.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { DeviceConstraint } from "../media/devices/device-choices.ts";
import { processTrack, type Processing } from "../media/devices/process-track.ts";
import { OpenTrack } from "../media/devices/open-track.ts";

/** Longest note. Milliseconds. */
export const noteMilliseconds = 120_000;

/** A recorded note. */
export interface RecordedNote {
  readonly blob: Blob;
  readonly mimeType: string;
  readonly durationMs: number;
}

/** Reason for the end of a recording: the person, the time limit, or something that needs the devices or ends the page. */
export type NoteStop = "pressed" | "limit" | "interrupted";

/** Problem of a recording, by the codes of a call's devices. `internal`: nothing was recorded. */
export type NoteProblem = "permission-denied" | "device-not-found" | "device-busy" | "internal";

/** State of a recording. */
export type NoteState =
  | { readonly state: "opening" }
  /** `since`: by the page's `performance.now()`. `stream`: what is recorded, for a preview. */
  | { readonly state: "recording"; readonly since: number; readonly stream: MediaStream }
  | { readonly state: "recorded"; readonly note: RecordedNote; readonly why: NoteStop }
  | { readonly state: "failed"; readonly problem: NoteProblem }
  | { readonly state: "closed" };

/** Source of the devices of a note, and what works on their tracks. */
export interface NoteDevices extends Processing {
  readonly mediaDevices: CallMediaDevices | null;
  /** Opens a stream in another way, as a simulated call does. */
  readonly open: ((media: CallMedia) => Promise<MediaStream>) | undefined;
}

/** Types of a note, the best first (W3C MediaStream Recording): WebM for Chromium and Firefox, MP4 for Safari before 18.4. */
const types: Record<CallMedia, readonly string[]> = {
  audio: ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg"],
  video: [
    "video/webm;codecs=vp8,opus",
    "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
    "video/mp4",
    "video/webm",
  ],
};

/** Returns the type that this engine records; `null` where it records none, or has no recorder. */
export function noteType(media: CallMedia): string | null {
  if (typeof MediaRecorder !== "function") return null;
  return types[media].find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

const picture = { width: 640, height: 360, frameRate: 24, facingMode: "user" };

/** Returns constraints for the engine's own blur and voice isolation, as in the call. */
function constraintsOf(
  media: CallMedia,
  { voiceIsolation = false, backgroundBlur = false }: Processing["chosen"],
): MediaStreamConstraints {
  const audio: DeviceConstraint | true = voiceIsolation ? { voiceIsolation } : true;
  const video: DeviceConstraint = backgroundBlur ? { ...picture, backgroundBlur } : picture;
  return media === "audio" ? { audio } : { audio, video };
}

/** Two minutes of them are half a megabyte, or eight with video. */
const rates = { audioBitsPerSecond: 32_000, videoBitsPerSecond: 500_000 };

/** Records one note. Its devices are open from `start()` to the end of the recording, whatever ends it. */
export class NoteRecorder {
  readonly #media: CallMedia;
  readonly #devices: NoteDevices;
  readonly #changed: () => void;
  readonly #limit: number;
  #state: NoteState = { state: "opening" };
  #open: readonly OpenTrack[] = [];
  #recorder: MediaRecorder | null = null;
  #why: NoteStop = "pressed";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit longest recording, in milliseconds. */
  constructor(media: CallMedia, devices: NoteDevices, changed: () => void, limit: number) {
    this.#media = media;
    this.#devices = devices;
    this.#changed = changed;
    this.#limit = limit;
  }

  get state(): NoteState {
    return this.#state;
  }

  /** Opens the devices and records. Never rejects: a failure is a state. */
  async start(): Promise<void> {
    try {
      const stream = await this.#openStream();
      if (this.#state.state === "opening") this.#record(stream);
      else this.#release();
    } catch (thrown) {
      this.#release();
      if (this.#state.state === "opening")
        this.#set({ state: "failed", problem: problemOf(thrown) });
    }
  }

  /** Ends the recording, which is kept. One that has not begun is closed. */
  stop(why: NoteStop): void {
    if (this.#state.state === "opening") this.close();
    if (this.#state.state !== "recording" || this.#recorder?.state !== "recording") return;
    this.#why = why;
    this.#recorder.stop();
    // At once: the recorder has what it needs, and another call may need the devices.
    this.#release();
  }

  /** Drops the recording, and releases everything. */
  close(): void {
    this.#set({ state: "closed" });
    if (this.#recorder?.state === "recording") this.#recorder.stop();
    this.#release();
  }

  #set(state: NoteState): void {
    if (this.#state.state === "closed") return;
    this.#state = state;
    this.#changed();
  }

  async #openStream(): Promise<MediaStream> {
    const { mediaDevices, chosen, open } = this.#devices;
    const asked =
      open?.(this.#media) ?? mediaDevices?.getUserMedia(constraintsOf(this.#media, chosen));
    // Insecure contexts have no `mediaDevices`.
    if (asked === undefined) throw new DOMException("No devices.", "NotAllowedError");
    const given = await asked;
    this.#open = given.getTracks().map((track) => new OpenTrack(track));
    if (open) return given;
    // A note hides what the person hides in a call, such as the background.
    const processed = await Promise.allSettled(
      given.getTracks().map((track) => {
        const kind = track.kind === "audio" ? "microphone" : "camera";
        return processTrack(track, kind, this.#devices, new AbortController());
      }),
    );
    this.#open = processed.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failed = processed.find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return new MediaStream(this.#open.map(({ track }) => track));
  }

  #record(stream: MediaStream): void {
    const mimeType = noteType(this.#media) ?? "";
    const recorder = new MediaRecorder(stream, { mimeType, ...rates });
    const chunks: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
    const since = performance.now();
    let until: number | null = null;
    recorder.addEventListener("stop", () => {
      this.#release();
      const blob = new Blob(chunks, { type: recorder.mimeType || mimeType });
      const durationMs = Math.min(this.#limit, Math.round((until ?? performance.now()) - since));
      this.#set(
        blob.size === 0
          ? { state: "failed", problem: "internal" }
          : {
              state: "recorded",
              note: { blob, mimeType: blob.type, durationMs },
              why: this.#why,
            },
      );
    });
    // By slices: what was recorded before an error is kept.
    recorder.start(1000);
    this.#recorder = recorder;
    this.#timer = setTimeout(() => {
      until = performance.now();
      this.stop("limit");
    }, this.#limit);
    this.#set({ state: "recording", since, stream });
  }

  #release(): void {
    clearTimeout(this.#timer);
    for (const track of this.#open) track.stop();
    this.#open = [];
  }
}

function problemOf(thrown: unknown): NoteProblem {
  switch (thrown instanceof Error || thrown instanceof DOMException ? thrown.name : "") {
    case "NotAllowedError":
    case "SecurityError":
    case "permission-denied":
      return "permission-denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "device-not-found";
    case "NotReadableError":
    case "AbortError":
      return "device-busy";
    default:
      return "internal";
  }
}
