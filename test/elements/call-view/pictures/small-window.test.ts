import "sx-call-kit/define";
import { expect, fixture, html } from "@open-wc/testing";
import { sendMouse } from "@web/test-runner-commands";
import { css, LitElement, html as template, type TemplateResult } from "lit";
import type { ScreenAction } from "sx-call-kit";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import {
  cssOf,
  SmallWindow,
  type SmallWindows,
} from "../../../../src/elements/call-view/pictures/small-window.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

/** A view with a window of its own, which shows a counter. */
class WindowHost extends LitElement {
  count: number | null = 1;
  windows: SmallWindows = { open: null, forVideo: false };
  small = this.open();

  open(): SmallWindow {
    return (this.small = new SmallWindow(this, () => this.content(), this.windows));
  }

  content() {
    if (this.count === null) return null;
    return {
      template: template`<p>${this.count}</p>`,
      css: cssOf([
        css`
          p {
            color: rgb(1, 2, 3);
          }
        `,
      ]),
      title: "Ann",
    };
  }

  protected override render(): TemplateResult {
    return template`<video class="picture"></video>`;
  }
}
customElements.define("window-host", WindowHost);

/** A frame in the place of a window: another document, with styles and elements of its own. */
async function shown(change: Partial<SmallWindows> = {}) {
  const room = await fixture<HTMLDivElement>(html`<div><iframe title="A window"></iframe></div>`);
  const opened = room.querySelector("iframe")!.contentWindow!;
  const host = new WindowHost();
  let closed = 0;
  opened.close = () => {
    closed++;
  };
  host.windows = { open: async () => opened, forVideo: false, ...change };
  host.open();
  room.append(host);
  await host.updateComplete;
  const surface = () => opened.document.body.querySelector("div")?.shadowRoot ?? null;
  return { host, opened, surface, closed: () => closed };
}

describe("a small window", () => {
  it("shows the call in the window's own document, with the styles of the kit, and follows it", async () => {
    const { host, opened, surface } = await shown();
    await host.small.toggle();
    await host.updateComplete;
    const words = surface()!.querySelector("p")!;
    expect([words.textContent, opened.document.title, host.small.isOpen]).to.deep.equal([
      "1",
      "Ann",
      true,
    ]);
    expect(words.ownerDocument === opened.document).to.be.true;
    expect(opened.getComputedStyle(words).color).to.equal("rgb(1, 2, 3)");
    host.count = 2;
    host.requestUpdate();
    await host.updateComplete;
    expect(words.textContent).to.equal("2");
  });

  it("has the tokens that the host has set around the view", async () => {
    const { host, surface } = await shown();
    host.style.setProperty("--sx-color-accent", "rebeccapurple");
    await host.small.toggle();
    expect((surface()!.host as HTMLElement).style.getPropertyValue("--sx-color-accent")).to.equal(
      "rebeccapurple",
    );
  });

  it("ends with the call", async () => {
    const { host, closed } = await shown();
    await host.small.toggle();
    host.count = null;
    host.requestUpdate();
    await host.updateComplete;
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 1]);
  });

  it("ends by the second asking, and with the view", async () => {
    const { host, closed } = await shown();
    await host.small.toggle();
    await host.small.toggle();
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 1]);
    await host.small.toggle();
    host.remove();
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 2]);
  });

  it("is noticed when a person closes it, and releases its content", async () => {
    const { host, opened, surface } = await shown();
    await host.small.toggle();
    await host.updateComplete;
    opened.dispatchEvent(new Event("pagehide"));
    expect(host.small.isOpen).to.be.false;
    expect(surface()!.querySelector("p")).to.be.null;
  });

  it("closes at once where the call has ended while it opened", async () => {
    const { host, opened, closed } = await shown();
    host.small = new SmallWindow(
      host,
      () => (host.count === null ? null : { template: template``, css: "", title: "" }),
      {
        forVideo: false,
        open: async () => {
          host.count = null;
          return opened;
        },
      },
    );
    await host.small.toggle();
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 1]);
  });

  it("is not there where the browser says no", async () => {
    const { host } = await shown({
      open: () => Promise.reject(new DOMException("No press.", "NotAllowedError")),
    });
    await host.small.toggle();
    expect(host.small.isOpen).to.be.false;
  });

  it("is of the picture alone where there are no others, and possible only with one", async () => {
    const { host } = await shown({ open: null });
    expect(host.small.isPossible).to.be.false;
    const pictures = await shown({ open: null, forVideo: true });
    expect(pictures.host.small.isPossible).to.be.true;
    const video = pictures.host.shadowRoot!.querySelector("video")!;
    video.requestPictureInPicture = async () => ({}) as PictureInPictureWindow;
    await pictures.host.small.toggle();
    expect(pictures.host.small.isOpen).to.be.true;
    video.dispatchEvent(new Event("leavepictureinpicture"));
    expect(pictures.host.small.isOpen).to.be.false;
  });
});

describe("a small window that the browser opens", () => {
  /** A host, what the browser would call as a person leaves the tab, and a way to be back. */
  async function leavable() {
    const registered: ((() => void) | null)[] = [];
    const room = await shown({ onLeave: (open) => registered.push(open) });
    const opens = () => void room.host.small.toggle();
    const leave = async () => {
      registered.at(-1)!();
      await waitUntil(() => room.host.small.isOpen, "it does not open");
    };
    const comeBack = () => document.dispatchEvent(new Event("visibilitychange"));
    return { ...room, registered, opens, leave, comeBack };
  }

  it("opens as the person leaves the tab, and closes as the person comes back", async () => {
    const { host, opens, leave, comeBack, closed } = await leavable();
    host.small.openOnLeave(opens);
    await leave();
    comeBack();
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 1]);
    await leave();
    comeBack();
    expect([host.small.isOpen, closed()]).to.deep.equal([false, 2]);
  });

  it("stays as the person comes back where the person had opened it", async () => {
    const { host, opens, registered, comeBack } = await leavable();
    host.small.openOnLeave(opens);
    await host.small.toggle();
    registered.at(-1)!();
    comeBack();
    expect(host.small.isOpen).to.be.true;
    host.small.close();
  });

  it("is registered once for a call, and no longer after it or with the view gone", async () => {
    const { host, opens, registered } = await leavable();
    host.small.openOnLeave(opens);
    host.small.openOnLeave(opens);
    expect(registered.length).to.equal(1);
    host.small.openOnLeave(null);
    expect(registered).to.have.length(2).and.to.include(null);
    host.small.openOnLeave(opens);
    host.remove();
    expect(registered).to.have.length(4);
    expect(registered.at(-1)).to.be.null;
  });

  it("is that of the first call of a page, and of the next one after it", async () => {
    const first = await leavable();
    const second = await leavable();
    first.host.small.openOnLeave(first.opens);
    second.host.small.openOnLeave(second.opens);
    expect(second.registered).to.deep.equal([]);
    second.host.small.openOnLeave(null);
    expect(first.registered.length, "of another call").to.equal(1);
    first.host.small.openOnLeave(null);
    second.host.small.openOnLeave(second.opens);
    expect(second.registered.length).to.equal(1);
    second.host.small.openOnLeave(null);
  });
});

describe("picture-in-picture of a call", () => {
  const extras = (harness: CallViewHarness) => harness.controls.element.extras;
  const asked = (harness: CallViewHarness) => harness.heard("sx-picture-in-picture");

  it("is offered for a host that has a window, which is asked first and always", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected"), { tracks: drawnTracks() });
    harness.element.smallWindow = "host";
    await harness.settled();
    expect(extras(harness)).to.include("picture-in-picture" satisfies ScreenAction);
    const events = asked(harness);
    harness.element.performScreenAction("picture-in-picture");
    expect(events.map(({ detail, cancelable }) => ({ ...detail, cancelable }))).to.deep.equal([
      { on: true, cancelable: true },
    ]);
    expect(harness.root.querySelector(".elsewhere")).to.be.null;
  });

  it("is not offered where the host does not want it", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected"), { tracks: drawnTracks() });
    harness.element.smallWindow = "off";
    await harness.settled();
    expect(extras(harness)).not.to.include("picture-in-picture");
  });

  it("moves to a window after a press, shows a placeholder in the page, and comes back", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected"), {
      tracks: drawnTracks(),
      size: [700, 500],
    });
    const events = harness.heard("sx-picture-in-picture");
    const button = document.createElement("button");
    button.addEventListener("click", () =>
      harness.element.performScreenAction("picture-in-picture"),
    );
    button.style.cssText =
      "position: fixed; inset: 0 auto auto 0; z-index: 9; width: 50px; height: 50px";
    document.body.append(button);
    await sendMouse({ type: "click", position: [20, 20] });
    button.remove();
    await waitUntil(() => harness.has("bring-back"), "the call stays in the page");
    expect(getComputedStyle(harness.root.querySelector(".theirs")!).visibility).to.equal("hidden");
    harness.part("bring-back").click();
    await harness.settled();
    expect(harness.has("bring-back")).to.be.false;
    expect(getComputedStyle(harness.root.querySelector(".theirs")!).visibility).to.equal("visible");
    expect(events.map(({ detail }) => detail.on)).to.deep.equal([true, false]);
  });

  it("keeps the name, mute and end in its window", async () => {
    const opened = await fixture<HTMLIFrameElement>(html`<iframe title="A window"></iframe>`);
    const given = globalThis as { documentPictureInPicture?: unknown };
    const native = Object.getOwnPropertyDescriptor(given, "documentPictureInPicture");
    const { contentWindow } = opened;
    Object.defineProperty(given, "documentPictureInPicture", {
      configurable: true,
      value: { requestWindow: async () => contentWindow },
    });
    const harness = await CallViewHarness.show(aSnapshot("connected"), { tracks: drawnTracks() });
    const muted = harness.heard("sx-toggle-microphone");
    const ended = harness.heard("sx-hang-up");
    harness.element.performScreenAction("picture-in-picture");
    await waitUntil(() => harness.has("bring-back"), "the call stays in the page");
    const root = contentWindow!.document.body.querySelector("div")!.shadowRoot!;
    const button = (name: string) => root.querySelector<HTMLButtonElement>(`button.${name}`)!;
    expect(root.querySelector(".name")?.textContent).to.equal(harness.part("name").textContent);
    expect([button("microphone").title, button("end").title]).to.deep.equal([
      "Mute microphone",
      "End call",
    ]);
    button("microphone").click();
    button("end").click();
    expect([muted.length, ended.length]).to.deep.equal([1, 1]);
    harness.part("bring-back").click();
    if (native === undefined) delete given.documentPictureInPicture;
    else Object.defineProperty(given, "documentPictureInPicture", native);
  });

  it("stays where it is where the host prevents it", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected"), { tracks: drawnTracks() });
    harness.element.addEventListener("sx-picture-in-picture", (event) => event.preventDefault());
    harness.element.performScreenAction("picture-in-picture");
    await harness.settled();
    expect(harness.has("bring-back")).to.be.false;
  });
});
