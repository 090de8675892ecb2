import { cutText, fieldOf, isAbsent, isRecord, toText } from "./host-value.ts";

/** A contact as the kit uses it. */
export interface ReadContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** Longer than any screen shows. Characters. */
export const maxName = 256;
/** A host compares ids; the kit only carries them. Characters. */
export const maxId = 4096;
/** A `data:` address of a picture of 1.5 MB. Characters. */
export const maxAvatar = 2_097_152;

/**
 * Reads a contact of a host.
 *
 * @param ignore is told each field that was not taken as given.
 * @param longestName in characters. On a screen a name is cut by the layout alone.
 * @returns `null` where it is no contact at all.
 */
export function readContact(
  given: unknown,
  ignore: (field: "id" | "name" | "avatarUrl") => void = () => undefined,
  longestName = Infinity,
): ReadContact | null {
  if (!isRecord(given)) return null;
  const [id, name, avatarUrl] = ["id", "name", "avatarUrl"].map((field) => fieldOf(given, field));
  const readId = toText(id);
  // Half an id could be somebody else's.
  const isId = readId !== null && readId.length <= maxId;
  if (!isId && !isAbsent(id)) ignore("id");
  const text = typeof name === "string" ? name : "";
  if ((typeof name !== "string" && !isAbsent(name)) || text.length > longestName) ignore("name");
  const contact = { id: isId ? readId : "", name: cutText(text, longestName) };
  if (isAbsent(avatarUrl) || avatarUrl === "") return contact;
  if (typeof avatarUrl === "string" && avatarUrl.length <= maxAvatar)
    return { ...contact, avatarUrl };
  ignore("avatarUrl");
  return contact;
}
