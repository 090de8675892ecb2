import { nextFrame } from "@open-wc/testing";
import { sendMouse } from "@web/test-runner-commands";
import { html } from "lit";
import type {
  CallSnapshot,
  Contact,
  SxCallControls,
  SxCallView,
  SxIncomingCall,
  SxSecurityCode,
} from "sx-call-kit";
import type { CallTracks } from "../../src/controller/call-source.ts";
import { ann } from "../../stories/support/contacts.ts";
import { fixedCalls, type FixedCalls } from "../../stories/support/fixed-calls.ts";
import { ElementHarness } from "./element-harness.ts";
import { waitUntil } from "./wait-until.ts";

/** A call view in a phone's size, with calls that do what the test says. */
export class CallViewHarness extends ElementHarness<SxCallView> {
  get calls(): FixedCalls {
    return this.element.calls as FixedCalls;
  }

  /** The last announcement to screen readers. */
  get announced(): string {
    return this.root.querySelector("[role=status]")!.textContent;
  }

  get controls(): ElementHarness<SxCallControls> {
    return new ElementHarness(this.root.querySelector("sx-call-controls")!);
  }

  get incoming(): ElementHarness<SxIncomingCall> {
    return new ElementHarness(this.root.querySelector("sx-incoming-call")!);
  }

  /** The lock that is displayed: over a picture, or under the name. */
  get lock(): HTMLButtonElement {
    const locks = [...this.root.querySelectorAll<HTMLButtonElement>("[part=lock]")];
    const shown = locks.find((lock) => lock.checkVisibility());
    if (!shown) throw new Error("There is no lock.");
    return shown;
  }

  get code(): ElementHarness<SxSecurityCode> {
    return new ElementHarness(this.root.querySelector("sx-security-code")!);
  }

  /** Opens the panel behind the lock as a person with a mouse does. */
  async openPanel(): Promise<void> {
    // The page of a test may have more views than fit into it.
    this.lock.scrollIntoView({ block: "center" });
    const { x, y, width, height } = this.lock.getBoundingClientRect();
    await sendMouse({
      type: "click",
      position: [Math.round(x + width / 2), Math.round(y + height / 2)],
    });
    await this.settled();
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
      html`<div class="frame">
        <sx-call-view .contact=${contact} .calls=${fixedCalls(snapshot, tracks)}></sx-call-view>
      </div>`,
      "sx-call-view",
    );
    const harness = new CallViewHarness(element);
    await harness.resize(size[0]!, size[1]!);
    return harness;
  }

  async resize(width: number, height: number): Promise<void> {
    Object.assign(this.element.parentElement!.style, {
      width: `${width}px`,
      height: `${height}px`,
    });
    // Resize observers are notified in the next frame.
    await nextFrame();
    await nextFrame();
    await this.settled();
  }

  async changeTo(snapshot: CallSnapshot, tracks?: Partial<CallTracks>): Promise<void> {
    this.calls.show(snapshot, tracks);
    await this.settled();
  }

  /** A picture that is there has been decoded, too. */
  override async settled(): Promise<void> {
    await super.settled();
    await waitUntil(
      () => this.root.querySelector(".frame.coming") === null,
      "the picture of the other side does not come",
    );
    await super.settled();
  }

  /** A part of a state can be seen where it takes room. */
  isVisible(selector: string): boolean {
    const found = this.root.querySelector(selector);
    return found?.checkVisibility() === true && found.getBoundingClientRect().width > 0;
  }
}
