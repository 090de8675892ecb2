import { limited } from "../limited.ts";

/** The part of W3C `MediaDevices` that a call uses. A host may provide its own source of media. */
export type CallMediaDevices = Pick<MediaDevices, "getUserMedia" | "enumerateDevices"> &
  Partial<Pick<MediaDevices, "getDisplayMedia" | "addEventListener">> & {
    /** W3C Audio Output Devices: Firefox has it since 116, Chromium not. Absent in TypeScript's DOM library. */
    selectAudioOutput?(): Promise<MediaDeviceInfo>;
  };

/** Constraints for one microphone or camera. */
export type DeviceConstraints =
  | { readonly audio: MediaTrackConstraints }
  | { readonly video: MediaTrackConstraints };

interface Waiting {
  readonly constraints: DeviceConstraints;
  readonly resolve: (track: MediaStreamTrack) => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * Requests microphones and cameras. Requests of one task are combined, so that the user sees one prompt. If a device is
 * missing, each is requested alone. After a refusal, only devices with a granted permission are requested again.
 */
export class DeviceRequests {
  readonly #devices: CallMediaDevices | null;
  readonly #permission: DevicePermission;
  #waiting: Waiting[] = [];

  constructor(devices: CallMediaDevices | null, permission: DevicePermission = unknownPermission) {
    this.#devices = devices;
    this.#permission = permission;
  }

  /** @throws {DOMException} as `getUserMedia` does. */
  ask(constraints: DeviceConstraints): Promise<MediaStreamTrack> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ constraints, resolve, reject });
      const isAsked = (kind: string) => this.#waiting.some(({ constraints: own }) => kind in own);
      // A camera takes as long as all else together. A request for both devices is complete, and does not wait for the page's
      // other work.
      if (isAsked("audio") && isAsked("video")) void this.#flush();
      else if (this.#waiting.length === 1) queueMicrotask(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const alone = waiting.length > 1 ? await this.#askTogether(waiting) : waiting;
    await Promise.all(
      alone.map(async ({ constraints, resolve, reject }) => {
        try {
          const [track] = await this.#request(constraints);
          resolve(track);
        } catch (thrown) {
          reject(thrown);
        }
      }),
    );
  }

  /** @returns requests that must be made separately. */
  async #askTogether(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const constraints = waiting.reduce<MediaStreamConstraints>(
      (all, one) => ({ ...all, ...one.constraints }),
      {},
    );
    try {
      const tracks = await this.#request(constraints);
      for (const { constraints: own, resolve } of waiting)
        resolve(tracks.find(({ kind }) => kind in own) ?? tracks[0]);
      return [];
    } catch (thrown) {
      if (!isRefusal(thrown)) return waiting;
      const states = await Promise.all(
        waiting.map(({ constraints: own }) =>
          this.#permission("audio" in own ? "microphone" : "camera"),
        ),
      );
      // A partial refusal: a permission is not granted, or the system refused. Only Chromium reports the latter.
      const isPartly = states.some((state) => state !== "granted") || isOfSystem(thrown);
      return waiting.filter(({ reject }, index) => {
        const mayAsk = isPartly && states[index] === "granted";
        if (!mayAsk) reject(thrown);
        return mayAsk;
      });
    }
  }

  /** @returns one track for each requested kind. */
  async #request(
    constraints: MediaStreamConstraints,
  ): Promise<[MediaStreamTrack, ...MediaStreamTrack[]]> {
    // Insecure contexts have no `mediaDevices`: to the user it is a permission that cannot be granted.
    if (this.#devices === null) throw new DOMException("No devices.", "NotAllowedError");
    const tracks = (await this.#devices.getUserMedia(constraints)).getTracks();
    if (tracks.length < Object.keys(constraints).length) {
      for (const track of tracks) track.stop();
      throw new DOMException("A track is missing.", "NotFoundError");
    }
    // As many as constraints, of which there is one at least.
    return tracks as [MediaStreamTrack, ...MediaStreamTrack[]];
  }
}

export function isRefusal(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "NotAllowedError";
}

/** Returns `true` where the operating system refused instead of a person, by Chromium's message. */
export function isOfSystem(thrown: unknown): boolean {
  return thrown instanceof Error && /\bsystem\b|policy/i.test(thrown.message);
}

/** Permission state of a device; `null` if unknown. */
export type DevicePermission = (device: "microphone" | "camera") => Promise<PermissionState | null>;

/** Milliseconds after which a query counts as unanswered. */
const patience = 1000;

/**
 * Permissions of this page (W3C Permissions). Absent in some engines: Firefox supports both names since 131, WebViews often
 * none.
 */
export const devicePermission: DevicePermission = async (device) => {
  try {
    const query = navigator.permissions.query({ name: device });
    return (await limited(query, patience)).state;
  } catch {
    return null;
  }
};

/** Devices of a host: the permission is unknown. */
export const unknownPermission: DevicePermission = () => Promise.resolve(null);
