import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import type { SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { startWorkerAt } from "../../src/crypto/worker/worker-address.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";

/*
 * Pages are closed, drawn anew, and put their elements into other windows.
 */

/** A view that dials, over a microphone that is never asked for anything. */
async function dialling(): Promise<{ view: SxCallView; sent: string[] }> {
  const view = await fixture<SxCallView>(html`<sx-call-view></sx-call-view>`);
  const sent: string[] = [];
  view.addEventListener("sx-signal", ({ detail }) => sent.push(detail.message.type));
  await view.startCall({ media: "audio" });
  await waitUntil(() => sent.includes("invite"), "nothing was sent", { timeout: 10_000 });
  return { view, sent };
}

describe("a page that goes", () => {
  it("tells the other side that nobody calls any more", async () => {
    const { view, sent } = await dialling();
    dispatchEvent(new PageTransitionEvent("pagehide"));
    // In that same task: there is no other.
    expect(sent.at(-1)).to.equal("end");
    expect(view.snapshot.ending?.reason).to.equal("cancelled");
  }).timeout(30_000);

  it("tells nothing of a call that is not its view's any more", async () => {
    const { view, sent } = await dialling();
    await view.hangUp();
    const before = sent.length;
    dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(sent.length).to.equal(before);
  }).timeout(30_000);
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
  }).timeout(60_000);

  it("is there again where it has not gone: sound that arrives shows it", async () => {
    const pair = new CallPair();
    await pair.connect();
    pair.a.source.leavePage?.();
    await pair.b.untilState("reconnecting");
    await pair.b.untilState("connected");
    expect(pair.a.snapshot.state).to.equal("connected");
    pair.close();
  }).timeout(60_000);

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
  }).timeout(60_000);
});

describe("a view that is taken out", () => {
  it("keeps its call where it is put back within some seconds", async () => {
    const { view, sent } = await dialling();
    const parent = view.parentElement!;
    const { calls } = view;
    view.remove();
    const since = performance.now();
    await waitUntil(() => performance.now() - since > 2000, "", { timeout: 5000 });
    parent.append(view);
    expect(view.calls).to.equal(calls);
    expect(sent.includes("end")).to.equal(false);
    await view.hangUp();
  }).timeout(30_000);

  it("ends its call where it stays out, and tells the other side, after as long as the host wants", async () => {
    const { view, sent } = await dialling();
    view.removalTimeout = 1;
    view.remove();
    await waitUntil(() => sent.at(-1) === "end", "it does not end", { timeout: 4000 });
  }).timeout(30_000);
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
