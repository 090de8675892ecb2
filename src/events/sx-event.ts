/** A fact: something that has happened. It leaves every shadow tree on its way up and cannot be cancelled. */
export abstract class SxFactEvent<Detail> extends CustomEvent<Detail> {
  constructor(name: string, detail: Detail) {
    super(name, { detail, bubbles: true, composed: true, cancelable: false });
  }
}

/**
 * An intent: something a person asked for. It leaves every shadow tree on its way up. Where nobody calls `preventDefault()`, on
 * any level, the nearest call does it.
 */
export abstract class SxIntentEvent<Detail> extends CustomEvent<Detail> {
  constructor(name: string, detail: Detail) {
    super(name, { detail, bubbles: true, composed: true, cancelable: true });
  }
}

/** What a device shall be, where the person has not just asked for the other of what it is. */
export interface SxToggleDetail {
  readonly on: boolean;
}
