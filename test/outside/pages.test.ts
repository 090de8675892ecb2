import { expect, fixture, html } from "@open-wc/testing";
import type { LitElement } from "lit";
import type { SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { startWorkerAt } from "../../src/crypto/worker/worker-address.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { callCenterOver, CallPair, Side } from "../support/call-pair.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { signal } from "../support/signals.ts";
import { settled } from "../support/virtual-clock.ts";
import { longIt } from "../support/long-it.ts";
import { waitUntil } from "../support/wait-until.ts";

/*
 * Pages are closed, drawn anew, and put their elements into other windows.
 */

/** A view that dials, over a microphone that is never asked for anything. */
async function dialling(): Promise<{ view: SxCallView; sent: string[] }> {
  const view = await fixture<SxCallView>(html`<sx-call-view></sx-call-view>`);
  const sent: string[] = [];
  view.addEventListener("sx-signal", ({ detail }) => sent.push(detail.message.type));
  await view.startCall({ media: "audio" });
  await waitUntil(() => sent.includes("invite"), "nothing was sent");
  return { view, sent };
}

async function expectRejected(promise: Promise<unknown>, code: string): Promise<void> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).to.include({ code });
}

describe("a page that goes", () => {
  it("tells the other side that nobody calls any more", async () => {
    const { view, sent } = await dialling();
    dispatchEvent(new PageTransitionEvent("pagehide"));
    // In that same task: there is no other.
    expect(sent.at(-1)).to.equal("end");
    expect(view.snapshot.ending?.reason).to.equal("cancelled");
  });

  it("tells nothing of a call that is not its view's any more", async () => {
    const { view, sent } = await dialling();
    await view.hangUp();
    const before = sent.length;
    dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(sent.length).to.equal(before);
  });
});

describe("a page that goes in a call", () => {
  it("is waited for without a frozen picture, and has hung up where it does not come back", async () => {
    const pair = new CallPair({ b: new Side({ reconnectTimeoutSeconds: 1 }) });
    await pair.connect();
    pair.a.source.leavePage?.();
    // By the word of it: the engine would need five seconds.
    const since = performance.now();
    await pair.b.untilState("reconnecting");
    expect(performance.now() - since).to.be.below(2000);
    const { ending } = await pair.b.untilState("ended");
    expect(ending).to.deep.equal({ reason: "hung-up", by: "remote", problem: null });
    expect(pair.b.records[0]?.outcome).to.equal("completed");
    pair.close();
  });

  longIt("is there again where it has not gone: sound that arrives shows it", async () => {
    const pair = new CallPair();
    await pair.connect();
    pair.a.source.leavePage?.();
    await pair.b.untilState("reconnecting");
    await pair.b.untilState("connected");
    expect(pair.a.snapshot.state).to.equal("connected");
    pair.close();
  });

  it("is there again with the first word of a page that the browser has kept", async () => {
    const pair = new CallPair();
    await pair.connect();
    pair.a.source.leavePage?.();
    await pair.b.untilState("reconnecting");
    const since = performance.now();
    pair.a.source.stayOnPage?.();
    await pair.b.untilState("connected");
    expect(performance.now() - since).to.be.below(2000);
    pair.close();
  });
});

describe("a view that is taken out", () => {
  it("keeps its call where it is put back within some seconds", async () => {
    const { view, sent } = await dialling();
    const parent = view.parentElement!;
    const { calls } = view;
    view.remove();
    const since = performance.now();
    await waitUntil(() => performance.now() - since > 2000);
    parent.append(view);
    expect(view.calls).to.equal(calls);
    expect(sent.includes("end")).to.equal(false);
    await view.hangUp();
  });

  it("ends its call where it stays out, and tells the other side, after as long as the host wants", async () => {
    const { view, sent } = await dialling();
    view.removalTimeout = 1;
    view.remove();
    await waitUntil(() => sent.at(-1) === "end", "it does not end");
  });
});

describe("a view in another window", () => {
  it("keeps its styles there, and when it is back", async () => {
    const frame = await fixture<HTMLIFrameElement>(
      html`<iframe style="inline-size: 480px; block-size: 600px"></iframe>`,
    );
    const view = await fixture<SxCallView>(
      html`<sx-call-view .calls=${fixedCalls(aSnapshot("connected"))}></sx-call-view>`,
    );
    const home = view.parentElement!;
    const look = () => {
      const screen = view.shadowRoot!.querySelector("[part=surface]")!;
      const style = view.ownerDocument.defaultView!.getComputedStyle(screen);
      return [style.position, style.overflow, view.shadowRoot!.adoptedStyleSheets.length];
    };
    const before = look();
    expect(before[0]).to.equal("absolute");
    for (const place of [frame.contentDocument!.body, home]) {
      place.append(view);
      await view.updateComplete;
      expect(look()).to.deep.equal(before);
      const controls = view.shadowRoot!.querySelector("sx-call-controls");
      expect(controls?.shadowRoot?.adoptedStyleSheets.length ?? 1).to.be.above(0);
    }
  });
});

describe("a page that the browser keeps, and shows again", () => {
  it("calls nobody any more, and can call again", async () => {
    const { view, sent } = await dialling();
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    expect([view.state, sent.at(-1)]).to.deep.equal(["ended", "end"]);
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    expect(view.state).to.equal("ended");
    await view.startCall({ media: "audio" });
    await waitUntil(() => sent.at(-1) === "invite");
    await view.hangUp();
  });

  it("rings on for who calls: nobody here has said no", async () => {
    const ports = new FakePorts();
    const view = await fixture<SxCallView>(html`<sx-call-view></sx-call-view>`);
    view.calls = callCenterOver({}, ports);
    view.receiveSignal(signal("invite", { sentAt: ports.now(), ringFor: 60_000 }));
    await settled();
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    expect(view.state).to.equal("incoming");
    view.calls.close();
  });
});

describe("a view in the window of somebody else", () => {
  async function frame(): Promise<HTMLIFrameElement> {
    return fixture<HTMLIFrameElement>(
      html`<iframe style="inline-size: 360px; block-size: 640px"></iframe>`,
    );
  }

  it("keeps its call there and on the way back", async () => {
    const { view, sent } = await dialling();
    const home = view.parentElement!;
    for (const place of [(await frame()).contentDocument!.body, home]) {
      place.append(view);
      await view.updateComplete;
      expect(view.state).to.equal("inviting");
      expect(view.shadowRoot!.querySelector("sx-call-controls, .controls, button")).not.to.equal(
        null,
      );
    }
    await view.hangUp();
    expect(sent.at(-1)).to.equal("end");
  });

  for (const first of ["idle", "incoming", "connected"] as const) {
    it(`draws there what it has never drawn before, with its styles: ${first} when it came`, async () => {
      const calls = fixedCalls(aSnapshot(first));
      const view = await fixture<SxCallView>(html`<sx-call-view .calls=${calls}></sx-call-view>`);
      const other = await frame();
      const { body } = other.contentDocument!;
      body.append(view);
      for (const tag of ["sx-call-history", "sx-security-code", "sx-device-menu"])
        body.append(document.createElement(tag));
      for (const state of ["incoming", "connecting", "connected", "ended"] as const) {
        calls.show(aSnapshot(state));
        await view.updateComplete;
        await waitUntil(() => view.shadowRoot!.textContent.trim() !== "", state);
        const inner = [...view.shadowRoot!.querySelectorAll("*"), ...body.children].filter(
          (part): part is LitElement => part.localName.startsWith("sx-"),
        );
        for (const part of [view, ...inner]) {
          await part.updateComplete;
          const { adoptedStyleSheets } = part.shadowRoot!;
          expect(adoptedStyleSheets.length, `${part.localName}, ${state}`).to.be.above(0);
        }
        const surface = view.shadowRoot!.querySelector("[part=surface]")!;
        expect(other.contentWindow!.getComputedStyle(surface).position).to.equal("absolute");
      }
    });
  }

  it("ends its call where that window is closed, and tells the other side", async () => {
    const { view, sent } = await dialling();
    const other = await frame();
    other.contentDocument!.body.append(view);
    view.removalTimeout = 1;
    other.remove();
    await waitUntil(() => sent.at(-1) === "end", "it goes on without a screen");
  });

  const ways: [name: string, back: (view: SxCallView, gone: EventTarget | null) => Node | null][] =
    [
      ["by the element that it has", (view) => view],
      ["by looking for it there", (_, gone) => (gone as Document).querySelector("sx-call-view")],
    ];
  for (const [name, back] of ways) {
    it(`keeps its call where the host takes it back from the window that closes, ${name}`, async () => {
      const { view, sent } = await dialling();
      const home = view.parentElement!;
      const other = await frame();
      other.contentDocument!.body.append(view);
      view.removalTimeout = 0.1;
      other.contentWindow!.addEventListener("pagehide", ({ target }) => {
        home.append(back(view, target)!);
      });
      other.remove();
      expect(view.parentElement).to.equal(home);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([view.state === "ended", sent.includes("end")]).to.deep.equal([false, false]);
      await view.hangUp();
      expect(sent.at(-1)).to.equal("end");
    });
  }

  it("keeps its call where the host puts it back some time later", async () => {
    const { view, sent } = await dialling();
    const home = view.parentElement!;
    const other = await frame();
    const place = other.contentDocument!.createElement("div");
    other.contentDocument!.body.append(place);
    place.append(view);
    other.remove();
    await new Promise((resolve) => setTimeout(resolve, 300));
    // As a framework does that draws its page anew.
    place.removeChild(view);
    home.append(view);
    await view.hangUp();
    expect([view.state, sent.at(-1)]).to.deep.equal(["ended", "end"]);
  });
});

describe("a view that is not alone", () => {
  it("has no part in the call of the one that it was cloned from", async () => {
    const { view, sent } = await dialling();
    const clone = view.cloneNode(true) as SxCallView;
    view.after(clone);
    await clone.updateComplete;
    expect([clone.state, clone.getAttribute("state"), view.state]).to.deep.equal([
      "idle",
      "idle",
      "inviting",
    ]);
    await expectRejected(clone.hangUp(), "not-possible");
    clone.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sent.includes("end")).to.equal(false);
    await view.hangUp();
  });

  it("shows the call of another one, and takes nothing with it when it goes", async () => {
    const { view, sent } = await dialling();
    const second = await fixture<SxCallView>(
      html`<sx-call-view .calls=${view.calls}></sx-call-view>`,
    );
    expect([second.state, second.snapshot]).to.deep.equal(["inviting", view.snapshot]);
    second.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect([view.state, sent.includes("end")]).to.deep.equal(["inviting", false]);
    second.calls = view.calls;
    document.body.append(second);
    await second.hangUp();
    expect([view.state, second.state]).to.deep.equal(["ended", "ended"]);
    second.remove();
  });
});

describe("a view that goes in the very handler of its event", () => {
  const acts: [name: string, act: (view: SxCallView) => void][] = [
    ["is removed", (view) => view.remove()],
    ["is removed with all around it", (view) => view.parentElement?.replaceChildren()],
    ["is put somewhere else", (view) => document.body.append(view)],
    ["hangs up", (view) => void view.hangUp().catch(() => undefined)],
    ["is given other calls", (view) => (view.calls = fixedCalls(aSnapshot("idle")))],
    [
      "throws",
      () => {
        throw new Error("A host's fault.");
      },
    ],
  ];
  for (const event of ["sx-state-changed", "sx-signal", "sx-call-ended"] as const) {
    for (const [name, act] of acts) {
      // The first one stands for the others.
      (event === "sx-state-changed" ? it : longIt)(
        `leaves nothing open, and the other side hears of the end: ${event}, it ${name}`,
        async () => {
          const ports = new FakePorts();
          const calls = callCenterOver({}, ports);
          const view = await fixture<SxCallView>(
            html`<sx-call-view .calls=${calls}></sx-call-view>`,
          );
          const sent: string[] = [];
          const states: string[] = [];
          calls.subscribe((notice) => {
            if (notice.type === "signal") sent.push(notice.message.type);
            if (notice.type === "changed") states.push(calls.snapshot.state);
          });
          let isDone = false;
          view.addEventListener(event, () => {
            if (isDone) return;
            isDone = true;
            act(view);
          });
          const faults: unknown[] = [];
          const usual = window.onerror;
          window.onerror = (_text, _file, _line, _column, error) => {
            faults.push(error?.message);
            return true;
          };
          try {
            await view.startCall({ media: "audio" }).catch(() => undefined);
            await settled();
            await calls.perform({ type: "hang-up" }).catch(() => undefined);
            await settled();
            await waitUntil(() => isDone, "no such event");
            expect(calls.snapshot.state).to.equal("ended");
            expect(sent).to.deep.equal(sent.includes("invite") ? ["invite", "end"] : []);
            await view.updateComplete;
            // What the host throws is the host's; nothing else is thrown.
            expect(faults.filter((text) => text !== "A host's fault.")).to.deep.equal([]);
          } finally {
            window.onerror = usual;
            calls.close();
            await settled();
            view.remove();
          }
          expect(ports.unreleased).to.deep.equal([]);
        },
      );
    }
  }
});

describe("a worker's address", () => {
  /** Answers its first message. */
  const script = 'postMessage("here");';
  const heard = (worker: Worker) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        resolve(data);
      };
      worker.onerror = () => {
        reject(new Error("It does not start."));
      };
    });

  it("starts a script of the page, as a module or as a blob", async () => {
    const blob = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = startWorkerAt(new URL(blob));
    expect(await heard(worker)).to.equal("here");
    worker.terminate();
  });

  it("imports a script of another origin into one of the page", () => {
    const made: [address: string, type: string | undefined][] = [];
    const usual = globalThis.Worker;
    globalThis.Worker = class extends EventTarget {
      constructor(address: string | URL, options?: WorkerOptions) {
        super();
        made.push([String(address), options?.type]);
      }
    } as unknown as typeof Worker;
    try {
      startWorkerAt(new URL("https://cdn.example/sx-call-worker.js"));
      startWorkerAt(new URL("/sx-call-worker.js", location.href));
    } finally {
      globalThis.Worker = usual;
    }
    expect(made[0]![0]).to.match(/^blob:/);
    expect(made.map(([, type]) => type)).to.deep.equal(["module", "module"]);
    expect(made[1]![0]).to.equal(`${location.origin}/sx-call-worker.js`);
  });
});
