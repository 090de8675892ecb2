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
  // A long name makes the text scroll: the keyboard can then reach it.
  return html`<span class="notice" tabindex=${name.length > 30 ? 0 : nothing}
      >${localize(exposesAddress ? "addressWarning" : "addressHidden", name)}</span
    >
    ${
      canHide
        ? html`<label class="hide-address">
            ${localize("hideAddress")}
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
          </label>`
        : nothing
    }`;
}

/** A row of its own: the words, and at its end the switch. */
export const addressChoice = css`
  .hide-address {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    inline-size: min(20rem, 100%);
    min-block-size: 2.75rem;
    margin-inline: auto;
    cursor: pointer;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .hide-address input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .hide-address input:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  /* Drawn as what it is, but for forced colours, which have a way of their own. */
  @media not (forced-colors: active) {
    .hide-address input {
      inline-size: 3rem;
      block-size: 1.75rem;
      padding: 0.1875rem;
      appearance: none;
      border-radius: var(--_round);
      background: var(--_muted);
      cursor: inherit;
      transition: background-color var(--_motion);
    }
    .hide-address input::before {
      content: "";
      display: block;
      inline-size: 1.375rem;
      block-size: 1.375rem;
      border-radius: 50%;
      background: var(--_surface);
      transition: margin var(--_motion);
    }
    .hide-address input:checked {
      background: var(--_accent);
    }
    .hide-address input:checked::before {
      margin-inline-start: 1.25rem;
    }
  }
`;
