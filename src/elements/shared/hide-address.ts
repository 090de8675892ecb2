import { css, html, nothing, type TemplateResult } from "lit";
import type { Localize } from "../words/strings.ts";

/** The choice whether the other side may learn this device's address, and what it means as it stands. */
export interface AddressChoice {
  readonly exposesAddress: boolean;
  /** Whether there is a choice. */
  readonly canHide: boolean;
  readonly name: string;
  readonly localize: Localize;
  readonly choose: (hide: boolean) => void;
}

/** The warning that a direct call shows one's address, with a switch where there is a relay. Nothing where there is nothing to say. */
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
                // The listener stands on this very input.
                const input = event.currentTarget as HTMLInputElement;
                const hide = input.checked;
                // Shows what is, not what was asked for: the call says when it has changed.
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
