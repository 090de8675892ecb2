import { expect, fixture, html } from "@open-wc/testing";
import {
  callContext,
  CallProvider,
  ContextRequestEvent,
  nearestCalls,
} from "../../../src/elements/shared/context.ts";
import type { CallSource } from "../../../src/controller/call-source.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../../stories/support/snapshots.ts";

describe("the context of a call", () => {
  it("is found through shadow trees, the nearest first", async () => {
    const outer = await fixture<HTMLElement>(html`<div><div id="inner"></div></div>`);
    const inner = outer.querySelector<HTMLElement>("#inner")!;
    const deep = document.createElement("span");
    inner.attachShadow({ mode: "closed" }).append(deep);
    const [far, near] = [fixedCalls(aSnapshot("idle")), fixedCalls(aSnapshot("idle"))];
    new CallProvider(outer, () => far);
    expect(nearestCalls(deep)).to.equal(far);
    new CallProvider(inner, () => near);
    expect(nearestCalls(deep)).to.equal(near);
  });

  it("is nothing where there is no call around", async () => {
    expect(nearestCalls(await fixture(html`<p></p>`))).to.be.null;
  });

  it("lets the requests for other contexts pass", async () => {
    const outer = await fixture<HTMLElement>(html`<div><p></p></div>`);
    new CallProvider(outer, () => fixedCalls(aSnapshot("idle")));
    let passed = 0;
    outer.parentElement!.addEventListener("context-request", () => passed++);
    outer.firstElementChild!.dispatchEvent(new ContextRequestEvent("theme", () => undefined));
    expect(passed).to.equal(1);
  });

  it("tells subscribers of another source until they leave", async () => {
    const outer = await fixture<HTMLElement>(html`<div><p></p></div>`);
    let calls: CallSource = fixedCalls(aSnapshot("idle"));
    const provider = new CallProvider(outer, () => calls);
    const seen: CallSource[] = [];
    let leave: (() => void) | undefined;
    const follow = (value: CallSource, unsubscribe?: () => void) => {
      seen.push(value);
      leave = unsubscribe;
    };
    outer.firstElementChild!.dispatchEvent(new ContextRequestEvent(callContext, follow, true));
    const first = calls;
    calls = fixedCalls(aSnapshot("idle"));
    provider.changed();
    leave?.();
    provider.changed();
    expect(seen).to.deep.equal([first, calls]);
  });
});
