import { cutText, fieldOf, isAbsent, isRecord, readText, toId } from "./host-value.ts";
import type { HostValue } from "./host-value.ts";

/** A validated contact. */
export interface ReadContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** Characters of a name, longer than any screen shows. */
export const maxName = 256;
/** Characters of an id, which only the host interprets. */
export const maxId = 4096;
/** Characters of a `data:` URL for a picture of 1.5 MB. */
export const maxAvatar = 2_097_152;

/**
 * Reads a contact of a host.
 *
 * @param ignore called with each dropped or changed field.
 * @param longestName in characters. On a screen only the layout cuts a name.
 * @returns `null` for a value that is no contact.
 */
export function readContact(
  given: unknown,
  ignore: (field: "id" | "name" | "avatarUrl") => void = () => undefined,
  longestName = Infinity,
): ReadContact | null {
  if (!isRecord(given)) return null;
  const [id, name, avatarUrl] = ["id", "name", "avatarUrl"].map((field) => fieldOf(given, field));
  const readId = toId(id);
  // A truncated id could match another contact.
  const isId = readId !== null && readId.length <= maxId;
  if (!isId && !isAbsent(id) && id !== "") ignore("id");
  // A number is no name: it is the id in the wrong place.
  const [text, address] = [name, avatarUrl].map((given) =>
    readText(typeof given === "number" ? {} : given, ""),
  ) as [HostValue<string>, HostValue<string>];
  if (text.isRefused || text.value.length > longestName) ignore("name");
  const contact = { id: isId ? readId : "", name: cutText(text.value, longestName) };
  const isTooLong = address.value.length > maxAvatar;
  if (address.isRefused || isTooLong) ignore("avatarUrl");
  return address.value === "" || isTooLong ? contact : { ...contact, avatarUrl: address.value };
}
