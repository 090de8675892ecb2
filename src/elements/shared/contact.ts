/** The person on the other side, as the host knows them. Everything in it is shown as text or as an image source, nothing else. */
export interface Contact {
  /** Stable: the colour of the initials is derived from it. */
  readonly id: string;
  readonly name: string;
  /**
   * `https:`, `http:`, `blob:` or a `data:` image. Any other address is not loaded. Before the call was accepted here, only `blob:`,
   * `data:` and the page's own origin are: the server would learn that it rings, where and when.
   */
  readonly avatarUrl?: string;
}

/** Nobody in particular. */
export const noContact: Contact = Object.freeze({ id: "", name: "" });

/** How many colours the initials can have. They are the classes `colour-0` and up of the avatar's styles. */
export const avatarColours = 8;

/**
 * An avatar's address where it is one that may be loaded: nothing that runs, and nothing but an image.
 * @param mayFetch whether it may come from anywhere. Before a person has accepted a call it may not: who chose the address would
 *   learn by it where and when the call rings.
 * @returns the address as the URL parser understood it, or `null`.
 */
export function safeAvatarUrl(address: unknown, base?: string, mayFetch = true): string | null {
  if (typeof address !== "string" || address === "") return null;
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    return null;
  }
  const isFetched = url.protocol === "https:" || url.protocol === "http:";
  if (isFetched && !mayFetch && url.origin !== location.origin) return null;
  const allowed =
    ["https:", "http:", "blob:"].includes(url.protocol) || /^data:image\//i.test(url.href);
  return allowed ? url.href : null;
}

/** The first letters of the first and the last word of a name, or "" where it has no letters. */
export function initialsOf(name: string, language?: string): string {
  // Every letter there is takes an engine milliseconds to learn, which a ringing call would wait for.
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

/** The colour of a contact's initials: always the same for the same id (FNV-1a, spread over the colours). */
export function colourOf({ id, name }: Contact): number {
  let hash = 0x811c9dc5;
  for (const character of id || name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % avatarColours;
}
