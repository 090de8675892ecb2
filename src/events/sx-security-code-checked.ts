import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-security-code-checked`. */
export interface SxSecurityCodeCheckedDetail {
  /** `true` where this side's person confirmed that both codes are the same. */
  readonly match: boolean;
  /**
   * The long form of the code: seven numbers from 00 to 63, separated by spaces, as in `"05 41 17 62 00 33 09"`. The first four
   * are the short form. Both sides get the same string in every language.
   *
   * Every call has its own code: it identifies the call, not the contact. A host that remembers contacts stores the result
   * beside its own identity key of them, with the code as evidence.
   */
  readonly code: string;
}

/** The person compared the security code. `sx-call-ended` follows where it does not match. */
export class SxSecurityCodeCheckedEvent extends SxFactEvent<SxSecurityCodeCheckedDetail> {
  static readonly eventName = "sx-security-code-checked";
  declare readonly type: typeof SxSecurityCodeCheckedEvent.eventName;

  constructor(detail: SxSecurityCodeCheckedDetail) {
    super(SxSecurityCodeCheckedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-security-code-checked": SxSecurityCodeCheckedEvent;
  }
}

/** Returns a number of a security code in two ASCII digits. */
export const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** Returns a security code as digits, for hosts: `"05 41 17 62 00 33 09"`. Separate from the emoji, which load later. */
export const codeDigits = (code: readonly number[]): string => code.map(twoDigits).join(" ");
