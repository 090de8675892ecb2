import { expect, fixture, html } from "@open-wc/testing";
import { LitElement, type TemplateResult } from "lit";
import { ringSize, VoiceRing } from "../../../../src/elements/call-view/behaviours/voice-ring.ts";
import { waitUntil } from "../../../support/wait-until.ts";

describe("the size of the ring", () => {
  it("grows with the voice, and never beyond its end", () => {
    const sizes = [0, 0.01, 0.05, 0.2, 0.5, 1].map((level) => ringSize(level, 0));
    expect(sizes).to.deep.equal([...sizes].sort((one, other) => one - other));
    expect([sizes[0], sizes.at(-1)]).to.deep.equal([0, 1]);
  });

  it("is nothing for the noise of a room", () => {
    expect(ringSize(0.005, 0)).to.equal(0);
  });

  it("falls slower than the voice, and comes to rest", () => {
    let size = ringSize(0, 1);
    expect(size).to.be.within(0.4, 0.8);
    for (let step = 0; step < 20; step++) size = ringSize(0, size);
    expect(size).to.equal(0);
  });
});

/** A view of nothing but a ring. */
class RingHost extends LitElement {
  level: number | null = 0.5;
  asked = 0;
  hasRing = true;
  readonly ring = new VoiceRing(this, () => {
    this.asked++;
    return this.level;
  });

  protected override render(): TemplateResult {
    return html`${this.hasRing ? html`<div class="voice"></div>` : ""}`;
  }
}
customElements.define("ring-host", RingHost);

const voice = (host: RingHost) =>
  host.shadowRoot!.querySelector<HTMLElement>(".voice")!.style.getPropertyValue("--_voice");

describe("the ring around a voice", () => {
  it("follows the voice, at most five times a second", async () => {
    const host = await fixture<RingHost>(html`<ring-host></ring-host>`);
    const start = performance.now();
    await waitUntil(() => voice(host) === "1");
    await waitUntil(() => host.asked > 6);
    expect((performance.now() - start) / host.asked).to.be.above(100);
    host.level = 0;
    await waitUntil(() => voice(host) === "0");
  });

  it("stops where there is no voice to follow, and in a view that has left", async () => {
    const host = await fixture<RingHost>(html`<ring-host></ring-host>`);
    await waitUntil(() => voice(host) === "1");
    host.level = null;
    await waitUntil(() => !host.ring.isRunning);
    expect(voice(host)).to.equal("0");
    host.level = 0.5;
    host.requestUpdate();
    await waitUntil(() => host.ring.isRunning);
    host.remove();
    expect(host.ring.isRunning).to.be.false;
  });

  it("reads no level while there is nothing to draw", async () => {
    const host = new RingHost();
    host.hasRing = false;
    document.body.append(host);
    await host.updateComplete;
    expect([host.ring.isRunning, host.asked]).to.deep.equal([false, 0]);
    host.remove();
  });
});
