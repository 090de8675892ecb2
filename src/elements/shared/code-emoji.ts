/**
 * The 64 emoji of the security code, numbered from 0. Both kits must show the same emoji for a number: the table is part of the
 * protocol and frozen. A change requires a new protocol version.
 *
 * Selected to be distinguishable by sight and by voice: different in shape and colour, no faces, flags or skin tones, one code
 * point each, in fonts since Unicode 9. No two English names sound alike on a bad line: no watermelon with the lemon, no corn
 * with the crown.
 */
export const codeEmoji: readonly string[] = Object.freeze(
  (
    "🐘 🐢 🐙 🐌 🐝 🦋 🐬 🐪 🦆 🦀 🐍 🌵 🍄 🌻 🌲 🌹 " +
    "🍁 🍎 🍌 🍇 🍒 🍋 🥕 🍔 🍞 🥚 🍕 🎂 🍩 🍭 ☕ 🌈 " +
    "⚡ 🌙 ⭐ 🔥 🌋 ☔ ⛵ 🔑 🔨 ⚓ 🔔 🎈 🎁 🎩 👑 👓 " +
    "👟 📕 ⏰ 💡 🎸 🎺 🥁 🎲 ⚽ 🚲 🚌 🚂 🚀 ⛺ 🏠 💎"
  )
    .split(" ")
    // Emoji of the oldest block also have a black glyph: the selector requests the coloured one.
    .map((sign) => (sign.length === 1 ? `${sign}\ufe0f` : sign)),
);

/** Length of the short form of a security code. */
export const shortCodeLength = 4;

const longCodeLength = 7;

/** Returns `true` for a security code: hosts may set anything. */
export function isSecurityCode(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === longCodeLength &&
    value.every(
      (number: unknown) =>
        Number.isInteger(number) && Number(number) >= 0 && Number(number) < codeEmoji.length,
    )
  );
}
