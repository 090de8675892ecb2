import { expect, fixture, html, nextFrame } from "@open-wc/testing";
import type { SxCallView } from "sx-call-kit";
import "../../../../src/define.ts";
import { waitUntil } from "../../../support/wait-until.ts";

/** What must not happen before a person has pressed anything. */
const touches: string[] = [];
const { mediaDevices } = navigator;
const { prototype: connections } = RTCPeerConnection;
const gather = Object.getOwnPropertyDescriptor(connections, "setLocalDescription")!;

/** Watches what is drawn beside the screen of a view. */
function watchBoxes(view: SxCallView) {
  const boxes: HTMLElement[] = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof HTMLElement && node.inert) boxes.push(node);
  }).observe(view.shadowRoot!, { childList: true });
  return boxes;
}

const aView = () => fixture<SxCallView>(html`<sx-call-view contact-name="Ann"></sx-call-view>`);

describe("<sx-call-view>: the screen of a call, rendered unseen before there is one", () => {
  before(() => {
    mediaDevices.getUserMedia = () => {
      touches.push("devices");
      return Promise.reject(new DOMException("None.", "NotFoundError"));
    };
    Object.defineProperty(connections, "setLocalDescription", {
      ...gather,
      value: () => {
        touches.push("gathering");
        return Promise.reject(new DOMException("None.", "InvalidStateError"));
      },
    });
  });

  // Other files have their turn in this page.
  after(() => {
    Reflect.deleteProperty(mediaDevices, "getUserMedia");
    Object.defineProperty(connections, "setLocalDescription", gather);
  });

  it("is drawn once the page is idle, by the eyes and for the tools of nobody, and thrown away", async () => {
    const view = await aView();
    const events: string[] = [];
    for (const name of ["sx-state-changed", "sx-signal", "sx-error"])
      view.addEventListener(name, () => events.push(name));
    const boxes = watchBoxes(view);
    await waitUntil(() => boxes.length > 0, "drawn");
    const [box] = boxes;
    expect(box!.querySelector("sx-call-controls")).to.not.equal(null);
    expect(getComputedStyle(box!).visibility).to.equal("hidden");
    await waitUntil(() => !box!.isConnected, "thrown away");
    expect([view.state, events, touches]).to.deep.equal(["idle", [], []]);
    expect(view.shadowRoot!.textContent).to.include("Ann");
  });

  it("waits for a moment when a call is dialled, in which its devices are asked for", async () => {
    const view = await aView();
    const boxes = watchBoxes(view);
    await waitUntil(() => boxes.length > 0 && !boxes[0]!.isConnected, "thrown away");
    await view.updateComplete;
    const order: string[] = [];
    mediaDevices.getUserMedia = () => {
      order.push("devices");
      return Promise.reject(new DOMException("None.", "NotFoundError"));
    };
    new MutationObserver(() => {
      if (view.shadowRoot!.querySelector(".scene") !== null) order.push("screen");
    }).observe(view.shadowRoot!, { subtree: true, attributes: true, childList: true });
    void view.startCall({ media: "audio" }).catch(() => undefined);
    // An engine's answer is a task of its own. Of two timers the one that is due first runs first, however late both are.
    setTimeout(() => order.push("task"));
    await waitUntil(() => order.includes("screen"), "rendered");
    expect(order.slice(0, 3)).to.deep.equal(["devices", "task", "screen"]);
    await waitUntil(() => view.state === "ended");
  });

  it("is gone in the moment in which a call begins", async () => {
    const view = await aView();
    const boxes = watchBoxes(view);
    await waitUntil(() => boxes.length > 0, "drawn");
    void view.startCall({ media: "audio" }).catch(() => undefined);
    await waitUntil(() => view.state !== "idle");
    await view.updateComplete;
    expect(view.shadowRoot!.querySelector("[inert]")).to.equal(null);
    await waitUntil(() => view.state === "ended");
  });

  it("is nobody's error where it cannot be drawn, and leaves nothing behind", async () => {
    const errors: unknown[] = [];
    const hear = (event: PromiseRejectionEvent) => {
      errors.push(event.reason);
      event.preventDefault();
    };
    addEventListener("unhandledrejection", hear);
    const view = await aView();
    let tries = 0;
    view.shadowRoot!.append = () => {
      tries += 1;
      throw new Error("No.");
    };
    await waitUntil(() => tries > 0, "drawn");
    // The engine tells of a rejection once its task is over.
    await nextFrame();
    await nextFrame();
    removeEventListener("unhandledrejection", hear);
    expect([tries, errors]).to.deep.equal([1, []]);
    expect(view.shadowRoot!.querySelector("[inert]")).to.equal(null);
  });
});
