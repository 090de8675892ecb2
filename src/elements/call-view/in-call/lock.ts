import { html, nothing, type TemplateResult } from "lit";
import type { ProtectionStatus } from "../../../call/state/protection.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { icon } from "../../shared/icon.ts";
import type { IconName } from "../../shared/icons.ts";
import { protectionIcon } from "../../shared/protection-icon.ts";
import { hasLock, type CallScene } from "../scene.ts";

/** What the lock can say: what was measured, and that both people vouch for it. */
export type LockState = ProtectionStatus | "verified";

/** `verified` needs both: frames measured as protected right now, and both people's word that the code matches. */
export function lockOf({ protection, verification }: CallSnapshot): LockState {
  const bothSaid = verification.local === true && verification.remote === true;
  return protection.status === "protected" && bothSaid ? "verified" : protection.status;
}

/** The drawing of a lock. */
export function lockIcon(lock: LockState): IconName {
  return lock === "verified" ? "shield-check" : protectionIcon[lock];
}

/** What was measured of the encryption, in a drawing and in words. The button behind it opens the panel. */
export function renderLock({ snapshot, say, panel }: CallScene): TemplateResult | typeof nothing {
  if (!hasLock(snapshot)) return nothing;
  const lock = lockOf(snapshot);
  return html`<button
    class="lock ${lock}"
    part="lock"
    type="button"
    title=${say("security")}
    aria-haspopup="dialog"
    aria-expanded=${panel.isOpen ? "true" : "false"}
    @click=${panel.open}
  >
    ${icon(lockIcon(lock))} <span class="lock-words">${say(`protection.${lock}`)}</span>
  </button>`;
}
