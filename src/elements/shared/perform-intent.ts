import type { Intent } from "../../call/events.ts";
import type { CallSource } from "../../controller/call-source.ts";
import type { DeviceStatus } from "../../call/state/devices.ts";
import type { SxIntent } from "../../events/sx-intent.ts";

/** Toggles: a device that is on or starting is turned off, any other on. */
const wanted = ({ state }: DeviceStatus) => state === "off" || state === "failed";

/** Returns the intent of an event for the present call; `null` for none. */
function asked(event: SxIntent, { snapshot }: CallSource): Intent | null {
  switch (event.type) {
    case "sx-accept": {
      const { media, callId, active = "end" } = event.detail;
      return callId === undefined
        ? { type: "accept", media }
        : { type: "accept-waiting", callId, media, active };
    }
    case "sx-decline":
      return event.detail === null
        ? { type: "decline" }
        : { type: "decline-waiting", callId: event.detail.callId };
    case "sx-ignore":
      return event.detail === null
        ? { type: "ignore" }
        : { type: "ignore-waiting", callId: event.detail.callId };
    case "sx-resume": {
      const { callId } = event.detail;
      return callId === snapshot.callId ? { type: "resume" } : { type: "swap", callId };
    }
    case "sx-hide-address":
      return { type: "hide-address", on: event.detail.on };
    case "sx-hold":
      return { type: "hold" };
    case "sx-hang-up":
      return { type: "hang-up" };
    case "sx-toggle-microphone":
      return {
        type: "set-device",
        device: "microphone",
        on: event.detail?.on ?? wanted(snapshot.local.microphone),
      };
    case "sx-toggle-camera":
      return {
        type: "set-device",
        device: "camera",
        on: event.detail?.on ?? wanted(snapshot.local.camera),
      };
    case "sx-flip-camera":
      return { type: "flip-camera" };
    case "sx-toggle-screen":
      return { type: "set-device", device: "screen", on: wanted(snapshot.local.screen) };
    case "sx-choose-device":
      return { type: "choose-device", ...event.detail };
    case "sx-switch-voice":
      return { type: "set-voice", ...event.detail };
    case "sx-check-code":
      return { type: "check-code", match: event.detail.match };
    case "sx-call-back":
      return { type: "start", media: event.detail.media };
    case "sx-close":
    case "sx-screen-action":
      return null;
  }
}

/** Performs an intent event. Never throws: the source reports failures as `error` notices. */
export async function performIntent(event: SxIntent, calls: CallSource): Promise<void> {
  const intent = asked(event, calls);
  if (intent === null) return;
  try {
    await calls.perform(intent);
  } catch {
    // Reported by the source; this promise has no other consumer.
  }
}
