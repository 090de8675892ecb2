/** Base class of facts: events that report something that has happened. Bubbles, is composed, and is not cancelable. */
export abstract class SxFactEvent<Detail> extends CustomEvent<Detail> {
  constructor(name: string, detail: Detail) {
    super(name, { detail, bubbles: true, composed: true, cancelable: false });
  }
}

/**
 * Base class of intents: events that report what a person asked for. Bubbles, is composed, and is cancelable. Unless a listener
 * calls `preventDefault()`, the nearest call performs it.
 */
export abstract class SxIntentEvent<Detail> extends CustomEvent<Detail> {
  constructor(name: string, detail: Detail) {
    super(name, { detail, bubbles: true, composed: true, cancelable: true });
  }
}

/** Desired state of a device. */
export interface SxToggleDetail {
  /** `true` to turn it on. */
  readonly on: boolean;
}
