import { css, html, nothing, type TemplateResult } from "lit";
import { colourOf, initialsOf, safeAvatarUrl, type ShownContact } from "./contact.ts";

/**
 * The picture of a contact, over the initials, or over "?" for one without a name. The picture shows only once it has loaded: a
 * refused, broken or slow one leaves the initials. `alt` is empty because the name always stands beside it.
 */
export function avatar(contact: ShownContact, language: string): TemplateResult {
  const address = safeAvatarUrl(contact.avatarUrl, document.baseURI);
  return html`<span class="avatar colour-${colourOf(contact)}" part="avatar" aria-hidden="true">
    <span class="initials">${contact.isUnnamed ? "?" : initialsOf(contact.name, language)}</span>
    ${
      address === null
        ? nothing
        : html`<img
            src=${address}
            alt=""
            referrerpolicy="no-referrer"
            draggable="false"
            @load=${(event: Event) => show(event, true)}
            @error=${(event: Event) => show(event, false)}
          />`
    }
  </span>`;
}

const show = (event: Event, loaded: boolean) =>
  (event.target as HTMLImageElement).classList.toggle("loaded", loaded);

/** White text has at least 4.5:1 on each colour. */
export const avatarStyles = css`
  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_avatar-size);
    block-size: var(--_avatar-size);
    /* Visible in forced colours mode. */
    border: 1px solid transparent;
    border-radius: var(--sx-avatar-radius, 50%);
    background: var(--_avatar-colour);
    color: #fff;
    font-size: calc(var(--_avatar-size) * 0.38);
    font-weight: 600;
    letter-spacing: 0.02em;
    line-height: 1;
    user-select: none;
  }
  .avatar img {
    position: absolute;
    inset: -1px;
    inline-size: calc(100% + 2px);
    block-size: calc(100% + 2px);
    border-radius: inherit;
    background: var(--_raised);
    object-fit: cover;
    opacity: 0;
  }
  .avatar img.loaded {
    opacity: 1;
  }
  .colour-0 {
    --_avatar-colour: var(--sx-avatar-color, #4a5fc1);
  }
  .colour-1 {
    --_avatar-colour: var(--sx-avatar-color, #7a51b8);
  }
  .colour-2 {
    --_avatar-colour: var(--sx-avatar-color, #a8467f);
  }
  .colour-3 {
    --_avatar-colour: var(--sx-avatar-color, #b04a4a);
  }
  .colour-4 {
    --_avatar-colour: var(--sx-avatar-color, #9a5b1f);
  }
  .colour-5 {
    --_avatar-colour: var(--sx-avatar-color, #5c7330);
  }
  .colour-6 {
    --_avatar-colour: var(--sx-avatar-color, #23786a);
  }
  .colour-7 {
    --_avatar-colour: var(--sx-avatar-color, #2c7296);
  }
`;
