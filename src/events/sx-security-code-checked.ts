import { SxFactEvent } from "./sx-event.ts";

/** What `sx-security-code-checked` carries. */
export interface SxSecurityCodeCheckedDetail {
  /** Whether this side's person said that both see the same code. */
  readonly match: boolean;
  /**
   * The long form as its digits: seven numbers from 00 to 63, two digits each, one space between two, as in
   * `"05 41 17 62 00 33 09"`. The first four are the short form. The same text on both sides of a call, in every language.
   *
   * Every call has another code: it says that this call was compared, not who the contact is. A host that remembers the contact
   * stores the result beside its own identity key of them, and the code as the proof that can be read again.
   */
  readonly code: string;
}

/** The call has taken what its person said of the security code. Where it does not match, the end of the call follows. */
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
