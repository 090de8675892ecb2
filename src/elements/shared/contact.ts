import { css, html, nothing, type TemplateResult } from "lit";

/** The person on the other side, as the host knows them. All fields are shown as text or as an image source. */
export interface Contact {
  /** Stable id. The colour of the initials is derived from it. */
  readonly id: string;
  /** Display name. */
  readonly name: string;
  /**
   * `https:`, `http:`, `blob:` or a `data:` image. Any other address is not loaded. Before a person has dialled or accepted,
   * only `blob:`, `data:` and the page's own origin are loaded, unless `avatarBeforeAccept` is set: the server would learn
   * where and when it rings.
   */
  readonly avatarUrl?: string;
}

/** A contact with a name to show, which is not theirs where they have none. */
export interface ShownContact extends Contact {
  readonly isUnnamed?: boolean;
}

/** Something to see in a name: blanks and marks alone would be an empty place. */
const visible = /[^\s\u200b-\u206f\u3164]/;

/** Returns the contact with a name to show. @param unknown stands for a missing one. */
export function withName(contact: Contact, unknown: string): ShownContact {
  const name = visible.test(contact.name) && contact.name.trim();
  return { ...contact, ...(name ? { name } : { name: unknown, isUnnamed: true }) };
}

/** Returns the contact as the host named it, for an element that finds a name of its own for a missing one. */
export function asNamed({ isUnnamed, ...contact }: ShownContact): Contact {
  return isUnnamed ? { ...contact, name: "" } : contact;
}

/** A contact without a name. */
export const noContact: Contact = Object.freeze({ id: "", name: "" });

/** Number of colours of the initials, for the classes `colour-0` and up of the avatar's styles. */
export const avatarColours = 8;

/**
 * Returns the URL of an avatar if it may be loaded: an image, and no script.
 * @param mayFetch `true` to allow any origin. `false` before a call is accepted: the owner of the URL would learn when and
 * where it rings.
 * @returns the URL as the URL parser serialises it, or `null`.
 */
export function safeAvatarUrl(address: unknown, base?: string, mayFetch = true): string | null {
  if (typeof address !== "string" || !address) return null;
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    return null;
  }
  const isFetched = /^https?:/.test(url.href);
  if (isFetched && !mayFetch && url.origin !== origin) return null;
  return isFetched || /^(?:blob:|data:image\/)/i.test(url.href) ? url.href : null;
}

/** Returns the contact without a picture from another origin, so that no part of the screen can load it. */
export function withoutFarPicture(contact: ShownContact): ShownContact {
  if (safeAvatarUrl(contact.avatarUrl, document.baseURI, false) !== null) return contact;
  const { avatarUrl: _, ...others } = contact;
  return others;
}

/** Returns the first letters of the first and the last word of a name, or "" for a name without letters. */
export function initialsOf(name: string, language?: string): string {
  // The Unicode property classes cost an engine milliseconds to compile, which would delay a ringing call.
  const isPlain = /^[ -~]*$/.test(name);
  const words =
    name
      .normalize("NFC")
      .match(isPlain ? /[a-z0-9][a-z0-9'-]*/gi : /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? [];
  const first = (word = "") => word.slice(0, (word.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
  const letters = words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]);
  try {
    return letters.toLocaleUpperCase(language);
  } catch {
    return letters.toUpperCase();
  }
}

/** Returns the colour of a contact's initials, stable for an id (FNV-1a modulo the number of colours). */
export function colourOf({ id, name }: Contact): number {
  let hash = 0x811c9dc5;
  for (const character of id || name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % avatarColours;
}

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
