import type { compressToBase64 } from "lz-string";

interface LzString {
  readonly compressToBase64: typeof compressToBase64;
  /** `null` or an empty text for what it cannot read. */
  readonly decompressFromBase64: (packed: string) => string | null;
}

/**
 * The library that SimpleX's apps pack with, to hold ours against. Its file is a plain script for Node or a page, which a browser
 * cannot import by its name: it becomes a module here.
 */
async function load(): Promise<LzString> {
  // Node imports it by its name (.config/testing-in-node.mjs).
  const { LZString } = globalThis as { readonly LZString?: LzString };
  if (LZString) return LZString;
  const script = await (await fetch("/node_modules/lz-string/libs/lz-string.js")).text();
  const url = URL.createObjectURL(
    new Blob([`${script}\nexport default LZString;`], { type: "text/javascript" }),
  );
  try {
    // The module is the text above.
    return ((await import(url)) as { default: LzString }).default;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export const lzString = await load();
