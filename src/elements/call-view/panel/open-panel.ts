import type { LitElement } from "lit";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { OpenSheet } from "../../shared/sheet.ts";
import { hasLock, type PanelName } from "../scene.ts";

/** Returns `true` where a call has the panel: that of the lock with a lock, the others from dialling to the end. */
export function hasPanel(panel: PanelName, snapshot: CallSnapshot | null): boolean {
  if (snapshot === null || panel === "security") return snapshot !== null && hasLock(snapshot);
  return !["idle", "incoming", "ended"].includes(snapshot.state);
}

/** The open panel of the view, while the call has it. */
export class OpenPanel extends OpenSheet<PanelName> {
  readonly #host: LitElement;
  readonly #isPossible: (panel: PanelName) => boolean;

  /** @param isPossible - returns `true` where the panel is available; otherwise it closes. */
  constructor(host: LitElement, isPossible: (panel: PanelName) => boolean) {
    super(host, {
      sheet: ".panel",
      inside: ".lock, .bottom",
      opener: () => this.#lock ?? this.#controls,
    });
    this.#host = host;
    this.#isPossible = isPossible;
  }

  readonly open = (): void => this.show("security");

  override show(name: PanelName | null): void {
    if (name === null || this.#isPossible(name)) super.show(name);
  }

  override hostUpdate(): void {
    if (this.shown !== null && !this.#isPossible(this.shown)) this.close();
    super.hostUpdate();
  }

  /** The displayed lock of the two: over video, or under the name. */
  get #lock(): HTMLElement | undefined {
    const locks = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".lock")];
    return locks.find((lock) => lock.getClientRects().length > 0);
  }

  get #controls(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>("sx-call-controls");
  }
}
