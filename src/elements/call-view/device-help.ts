import { html, nothing } from "lit";
import type { DeviceName } from "../shared/words.ts";
import type { CallScene } from "./scene.ts";

/** What can be done about a device that does not work: how it is allowed where it is blocked, and a way to try again. */
export function renderDeviceHelp(
  device: DeviceName | undefined,
  { snapshot, say, hasButtons, permissionSteps, input }: CallScene,
) {
  // Nobody allows a screen: it is chosen anew each time.
  if (device === undefined || device === "screen") return nothing;
  const isBlocked = snapshot.local[device].problem === "permission-denied";
  const canTry = hasButtons && snapshot.actions.includes(`toggle-${device}`);
  return html`${isBlocked ? html`<span class="steps" part="steps">${permissionSteps()}</span>` : nothing}
  ${
    canTry
      ? html`<button
          class="primary"
          part="try-again"
          type="button"
          @click=${() => input.tryAgain(device)}
        >
          ${say("tryAgain")}
        </button>`
      : nothing
  }`;
}
