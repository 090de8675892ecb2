/** Returns a number of a security code in two ASCII digits. */
export const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** Returns a security code as digits, for hosts: `"05 41 17 62 00 33 09"`. Separate from the emoji, which load later. */
export const codeDigits = (code: readonly number[]): string => code.map(twoDigits).join(" ");
