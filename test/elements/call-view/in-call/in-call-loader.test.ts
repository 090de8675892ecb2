import { expect, fixture, fixtureSync, html, oneEvent } from "@open-wc/testing";
import { english, SxCallView } from "sx-call-kit";
import { SxIncomingCall } from "../../../../src/elements/incoming-call/incoming-call.ts";
import { register } from "../../../../src/elements/shared/sx-element.ts";
import { signal } from "../../../support/signals.ts";
import { codeRejectedBy } from "../../../support/thrown.ts";
import { waitUntil } from "../../../support/wait-until.ts";

/*
 * In one page, one after the other, as a page lives them: nothing is loaded, it does not load, it loads.
 */
let isOffline = true;
let loads = 0;

class ViewOffline extends SxCallView {
  protected override loadInCallChunk() {
    loads += 1;
    return isOffline
      ? Promise.reject(new TypeError("Failed to fetch a module."))
      : super.loadInCallChunk();
  }
}

register(ViewOffline, SxIncomingCall);

const aView = () => fixture<SxCallView>(html`<sx-call-view contact-name="Ann"></sx-call-view>`);
const textOf = (view: SxCallView) => view.shadowRoot!.textContent.replace(/\s+/g, " ");

describe("<sx-call-view>: the in-call chunk", () => {
  it("is not asked for, and no view without a call is rendered, before an invitation that follows at once is seen", async () => {
    const before = loads;
    const view = fixtureSync<SxCallView>(html`<sx-call-view contact-name="Ann"></sx-call-view>`);
    const seen = new Set<string>();
    const root = view.shadowRoot!;
    new MutationObserver(() => {
      for (const selector of ["[part=idle]", "sx-incoming-call"])
        if (root.querySelector(selector)) seen.add(`${selector}, ${String(loads - before)} loads`);
    }).observe(root, { childList: true, subtree: true });
    view.receiveSignal(signal("invite", { sentAt: Date.now(), media: "video" }));
    await waitUntil(() => seen.size > 0);
    expect([...seen]).to.deep.equal(["sx-incoming-call, 0 loads"]);
    await waitUntil(() => loads > before, "It is heard a moment later.");
  });

  it("is not needed by a new view without a call, which is rendered once the page is idle", async () => {
    const view = await aView();
    expect(view.shadowRoot!.querySelector("[part=idle]")).to.not.equal(null);
  });

  it("is not needed to show an incoming call", async () => {
    const view = await aView();
    const rings = oneEvent(view, "sx-incoming");
    view.receiveSignal(signal("invite", { sentAt: Date.now(), media: "video" }));
    await rings;
    await view.updateComplete;
    const incoming = view.shadowRoot!.querySelector("sx-incoming-call")!;
    await incoming.updateComplete;
    expect(incoming.shadowRoot!.querySelector("[part=accept-video]")).to.not.equal(null);
    expect(customElements.get("sx-call-controls")).to.equal(undefined);
  });

  it("ends the call where it did not load, reports it, and notifies the other side", async () => {
    const view = await aView();
    const messages: string[] = [];
    view.addEventListener("sx-signal", ({ detail }) => messages.push(detail.message.type));
    const rings = oneEvent(view, "sx-incoming");
    view.receiveSignal(signal("invite", { sentAt: Date.now() }));
    await rings;
    const code = await codeRejectedBy(view.acceptCall());
    await view.updateComplete;
    expect([code, view.state, view.snapshot.ending?.problem]).to.deep.equal([
      "internal",
      "ended",
      "internal",
    ]);
    expect(messages.at(-1)).to.equal("end");
    expect(textOf(view)).to.include(english["error.internal"]);
    expect([loads > 0, customElements.get("sx-call-controls")]).to.deep.equal([true, undefined]);
  });

  it("is tried again by the next call, whose screen belongs to the same update", async () => {
    isOffline = false;
    const view = await aView();
    const rings = oneEvent(view, "sx-incoming");
    view.receiveSignal(signal("invite", { sentAt: Date.now() }));
    await rings;
    const accepted = view.acceptCall().catch(() => undefined);
    expect(view.state).to.equal("connecting");
    await view.updateComplete;
    expect(view.shadowRoot!.querySelector("[part=stage]")).to.not.equal(null);
    expect(view.shadowRoot!.querySelector("sx-call-controls")?.shadowRoot).to.not.equal(undefined);
    await view.hangUp().catch(() => undefined);
    await accepted;
  });
});
