import { html } from "lit";
import type { CallSnapshot, Contact, SxCallControls, SxCallView, SxIncomingCall } from "sx-call-kit";
import type { CallTracks } from "../../src/controller/call-source.ts";
import { ann } from "../../stories/support/contacts.ts";
import { fixedCalls, type FixedCalls } from "../../stories/support/fixed-calls.ts";
import { ElementHarness } from "./element-harness.ts";

/** A call view in a phone's size, with calls that do what the test says. */
export class CallViewHarness extends ElementHarness<SxCallView> {
  get calls(): FixedCalls {
    return this.element.calls as FixedCalls;
  }

  /** What a screen reader has been told last. */
  get announced(): string {
    return this.root.querySelector("[role=status]")!.textContent;
  }

  get controls(): ElementHarness<SxCallControls> {
    return new ElementHarness(this.root.querySelector("sx-call-controls")!);
  }

  get incoming(): ElementHarness<SxIncomingCall> {
    return new ElementHarness(this.root.querySelector("sx-incoming-call")!);
  }

  static async show(
    snapshot: CallSnapshot,
    {
      tracks = {},
      contact = ann,
      size = [390, 700],
    }: { tracks?: Partial<CallTracks>; contact?: Contact; size?: number[] } = {},
  ): Promise<CallViewHarness> {
    const { element } = await ElementHarness.mount<SxCallView>(
      html`<div class="frame"><sx-call-view .contact=${contact} .calls=${fixedCalls(snapshot, tracks)}></sx-call-view></div>`,
      "sx-call-view",
    );
    const harness = new CallViewHarness(element);
    await harness.resize(size[0]!, size[1]!);
    return harness;
  }

  async resize(width: number, height: number): Promise<void> {
    Object.assign(this.element.parentElement!.style, { width: `${width}px`, height: `${height}px` });
    await this.settled();
  }

  async changeTo(snapshot: CallSnapshot, tracks?: Partial<CallTracks>): Promise<void> {
    this.calls.show(snapshot, tracks);
    await this.settled();
  }

  /** A part of a state can be seen where it takes room. */
  isVisible(selector: string): boolean {
    const found = this.root.querySelector(selector);
    return found?.checkVisibility() === true && found.getBoundingClientRect().width > 0;
  }
}
