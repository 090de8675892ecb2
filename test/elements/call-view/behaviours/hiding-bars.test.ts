import { expect, fixture, html } from "@open-wc/testing";
import { LitElement, type TemplateResult } from "lit";
import { HidingBars } from "../../../../src/elements/call-view/behaviours/hiding-bars.ts";
import { waitUntil } from "../../../support/wait-until.ts";

/** A view of nothing but two bars. */
class BarsHost extends LitElement {
  mayHide = true;
  pressed = 0;
  readonly bars = new HidingBars(this, () => this.mayHide, 30);

  protected override render(): TemplateResult {
    return html`<p class="picture">A picture</p>
      <div class="bottom"><button @click=${() => this.pressed++}>End</button></div>`;
  }
}
customElements.define("bars-host", BarsHost);

const shown = () => fixture<BarsHost>(html`<bars-host></bars-host>`);
const inside = (host: BarsHost, selector: string) =>
  host.shadowRoot!.querySelector<HTMLElement>(selector)!;
const hidden = (host: BarsHost) => waitUntil(() => host.bars.areHidden, "the bars stay");
const send = (target: Element, type: string) =>
  target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));

describe("bars over a picture", () => {
  it("go after a while, which the view's attribute says", async () => {
    const host = await shown();
    expect(host.hasAttribute("bars")).to.be.false;
    await hidden(host);
    expect(host.getAttribute("bars")).to.equal("hidden");
  });

  for (const sign of ["pointermove", "pointerdown", "keydown", "focusin", "wheel"]) {
    it(`come back at ${sign}, and go again`, async () => {
      const host = await shown();
      await hidden(host);
      send(inside(host, ".picture"), sign);
      expect(host.hasAttribute("bars")).to.be.false;
      await hidden(host);
    });
  }

  it("do not go while something on them is needed, and come back when it is", async () => {
    const host = await shown();
    await hidden(host);
    host.mayHide = false;
    host.requestUpdate();
    await host.updateComplete;
    expect(host.bars.areHidden).to.be.false;
    // Time enough for the timer that must not run any more.
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(host.bars.areHidden).to.be.false;
    host.mayHide = true;
    host.requestUpdate();
    await hidden(host);
  });

  it("stay where the focus can be seen in them", async () => {
    const host = await shown();
    // A focus by script is a visible one where no mouse was in use.
    const button = inside(host, "button");
    button.focus({ focusVisible: true });
    expect(button.matches(":focus-visible")).to.be.true;
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(host.bars.areHidden).to.be.false;
    button.blur();
    await hidden(host);
  });

  it("are not pressed by the touch that brings them back, only by the next one", async () => {
    const host = await shown();
    await hidden(host);
    const button = inside(host, "button");
    send(inside(host, ".picture"), "pointerdown");
    button.click();
    expect(host.pressed).to.equal(0);
    send(button, "pointerdown");
    button.click();
    expect(host.pressed).to.equal(1);
  });

  it("are pressed at once by a key or a screen reader", async () => {
    const host = await shown();
    await hidden(host);
    inside(host, "button").click();
    expect(host.pressed).to.equal(1);
  });

  it("leave no timer behind in a view that has left", async () => {
    const host = await shown();
    host.remove();
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(host.hasAttribute("bars")).to.be.false;
  });
});
