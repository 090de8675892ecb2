import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import type { SxCallView } from "sx-call-kit";
import { waitUntil } from "../../support/wait-until.ts";

/** Two real calls of one page, joined by their hosts' channels. */
function twoViews(): [SxCallView, SxCallView] {
  const views = ["Ann", "Bob"].map((name) =>
    Object.assign(document.createElement("sx-call-view"), { contact: { id: name, name } }),
  ) as [SxCallView, SxCallView];
  for (const [at, view] of views.entries())
    view.addEventListener("sx-signal", ({ detail }) => {
      setTimeout(() => views[1 - at]!.receiveSignal(structuredClone(detail.message)));
    });
  for (const view of views) document.body.append(view);
  return views;
}

describe("the volume of the other side in a real call", () => {
  let views: [SxCallView, SxCallView];
  afterEach(async () => {
    await views[0].hangUp().catch(() => undefined);
    for (const view of views) view.remove();
  });

  it("is what the host has kept, changes with the slider, and is reported to the host, which may refuse it", async () => {
    views = twoViews();
    const [first, second] = views;
    first.callVolume = 0.6;
    await first.startCall({ media: "audio" });
    await waitUntil(() => second.state === "incoming");
    await second.acceptCall();
    const sound = () => first.shadowRoot!.querySelector("audio")!;
    await waitUntil(() => first.state === "connected" && sound().srcObject !== null);
    expect(sound().volume).to.equal(0.6);

    first.performScreenAction("devices");
    await first.updateComplete;
    const menu = first.shadowRoot!.querySelector("sx-device-menu")!;
    await menu.updateComplete;
    const slider = menu.shadowRoot!.querySelector<HTMLInputElement>("[type=range]")!;
    const set = (percent: number) => {
      slider.value = String(percent);
      slider.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    };
    const reported: unknown[] = [];
    first.addEventListener("sx-set-volume", ({ detail }) => reported.push(detail));
    set(25);
    await waitUntil(() => sound().volume === 0.25);
    expect([first.callVolume, reported]).to.deep.equal([0.25, [{ volume: 0.25, of: "call" }]]);

    first.addEventListener("sx-set-volume", (event) => event.preventDefault(), { once: true });
    set(80);
    await first.updateComplete;
    await menu.updateComplete;
    expect([first.callVolume, sound().volume, slider.value]).to.deep.equal([0.25, 0.25, "25"]);
    const test = menu.shadowRoot!.querySelector<HTMLElement>("[part=test-speaker]")!;
    const tests: Event[] = [];
    first.addEventListener("sx-test-speaker", (event) => tests.push(event));
    test.click();
    expect(tests.length).to.equal(1);
  });
});
