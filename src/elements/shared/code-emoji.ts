/**
 * The 64 signs of the security code: sign 0 first. Both kits of a call must show the same sign for a number, so this table is part
 * of the protocol and frozen: changing or moving one needs a new version of it.
 *
 * Chosen to be told apart at a glance and by ear: no two alike in shape and colour, no faces, flags or skin tones, one code point
 * each, in fonts since Unicode 9, and no two English names that a bad line makes one (why there is no watermelon beside the lemon
 * and no corn beside the crown).
 */
export const codeEmoji: readonly string[] = Object.freeze(
  (
    "🐘 🐢 🐙 🐌 🐝 🦋 🐬 🐪 🦆 🦀 🐍 🌵 🍄 🌻 🌲 🌹 " +
    "🍁 🍎 🍌 🍇 🍒 🍋 🥕 🍔 🍞 🥚 🍕 🎂 🍩 🍭 ☕ 🌈 " +
    "⚡ 🌙 ⭐ 🔥 🌋 ☔ ⛵ 🔑 🔨 ⚓ 🔔 🎈 🎁 🎩 👑 👓 " +
    "👟 📕 ⏰ 💡 🎸 🎺 🥁 🎲 ⚽ 🚲 🚌 🚂 🚀 ⛺ 🏠 💎"
  )
    .split(" ")
    // Those of the oldest block have a black glyph, too: the selector asks for the coloured one.
    .map((sign) => (sign.length === 1 ? `${sign}\ufe0f` : sign)),
);

/** How many numbers of a security code its short form has. */
export const shortCodeLength = 4;

const longCodeLength = 7;

/** Whether a value is a security code: hosts may set anything. */
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
