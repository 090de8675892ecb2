import type { SystemIntegration } from "../behaviours/system-integration.ts";

/** The part of the view that says how loud the other side is. */
interface LoudHost extends HTMLElement {
  callVolume: number;
  screenVolume: number;
}

/** Performs what a person asks of the speaker, once every listener could call `preventDefault()`: still within the press. */
export function performVolumes(
  host: LoudHost,
  system: Pick<SystemIntegration, "testSpeaker">,
): void {
  host.addEventListener("sx-set-volume", (event) => {
    queueMicrotask(() => {
      const { of, volume } = event.detail;
      if (!event.defaultPrevented) host[`${of}Volume`] = volume;
    });
  });
  host.addEventListener("sx-test-speaker", (event) => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) system.testSpeaker(host.callVolume);
    });
  });
}
