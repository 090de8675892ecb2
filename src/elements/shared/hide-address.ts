import { css, html, nothing, type TemplateResult } from "lit";
import type { Localize } from "../words/strings.ts";

/** The choice to hide this device's address, and its present state. */
export interface AddressChoice {
  readonly exposesAddress: boolean;
  /** `true` where the person can choose. */
  readonly canHide: boolean;
  readonly name: string;
  readonly localize: Localize;
  readonly choose: (hide: boolean) => void;
}

/**
 * Renders the warning that a direct call reveals the address, with a switch where a relay is configured. Renders nothing
 * without an exposed address or a choice.
 */
export function renderAddressChoice({
  exposesAddress,
  canHide,
  name,
  localize,
  choose,
}: AddressChoice): TemplateResult | typeof nothing {
  if (!exposesAddress && !canHide) return nothing;
  return html`<span class="notice"
      >${localize(exposesAddress ? "addressWarning" : "addressHidden", name)}</span
    >
    ${
      canHide
        ? html`<label class="hide-address">
            <input
              type="checkbox"
              role="switch"
              part="hide-address"
              aria-checked=${exposesAddress ? "false" : "true"}
              .checked=${!exposesAddress}
              @change=${(event: Event) => {
                // The listener is attached to this input.
                const input = event.currentTarget as HTMLInputElement;
                const hide = input.checked;
                // Restores the measured state: the snapshot changes when the choice is applied.
                input.checked = !exposesAddress;
                choose(hide);
              }}
            />
            ${localize("hideAddress")}
          </label>`
        : nothing
    }`;
}

export const addressChoice = css`
  .hide-address {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    cursor: pointer;
    font-size: var(--_text-s);
  }
  .hide-address input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
`;
