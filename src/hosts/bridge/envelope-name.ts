/** A name that no other page or host has: 16 random bytes, hexadecimal. `randomUUID` is not in a page that is not secure. */
export function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
