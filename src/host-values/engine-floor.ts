/**
 * Lists the library functions of the oldest supported engines (`.config/floor.json`) that this engine lacks; "" for none. With any
 * of them missing no screen can be relied on. The newest is of Chromium 98. Missing layout features are no reason to refuse a call.
 * Runs on older engines: it must not need more than ES2018.
 */
export function missingOfFloor(): string {
  const parts: Readonly<Record<string, unknown>> = {
    "Array.prototype.at": [].at,
    "Object.hasOwn": Object.hasOwn,
    "Array.prototype.findLast": [].findLast,
    structuredClone: globalThis.structuredClone,
  };
  return Object.keys(parts)
    .filter((name) => !parts[name])
    .join(", ");
}
