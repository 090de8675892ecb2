/** One number of a security code: always two digits, in the digits of every language's keyboard. */
export const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** A security code as its digits, for hosts: `"05 41 17 62 00 33 09"`. The emoji are not needed for it, and load later. */
export const codeDigits = (code: readonly number[]): string => code.map(twoDigits).join(" ");
