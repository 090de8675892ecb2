/** Returns a unique name for a page or a host: 16 random bytes in hexadecimal. `randomUUID` requires a secure context. */
export function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
