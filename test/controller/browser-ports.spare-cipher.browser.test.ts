import { expect } from "@open-wc/testing";
import { SpareCipher } from "../../src/controller/browser-ports.ts";
import { waitUntil } from "../support/wait-until.ts";

/** Watches the workers that start and those that run, and lets the test break one. */
async function watchWorkers(
  use: (started: Worker[], isRunning: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { Worker: Real } = globalThis;
  const started: Worker[] = [];
  const running = new Set<Worker>();
  globalThis.Worker = class extends Real {
    constructor(...script: ConstructorParameters<typeof Real>) {
      super(...script);
      started.push(this);
      this.addEventListener("message", () => running.add(this));
    }
  };
  try {
    // The cipher hears of it in the same task, before this.
    await use(started, () =>
      waitUntil(
        () => started.length > 0 && started.every((worker) => running.has(worker)),
        "a worker runs",
      ),
    );
  } finally {
    globalThis.Worker = Real;
  }
}

const fit = { workerUrl: null, onMainThread: false };
const spare = new SpareCipher();
const quiet = { opened: () => {}, lost: () => {} };

describe("the cipher that is started before a call", () => {
  it("is one for the page, runs when the first call takes it, and is no other call's", () =>
    watchWorkers(async (started, isRunning) => {
      spare.prepare(fit);
      spare.prepare(fit);
      await isRunning();
      expect(started).to.have.lengthOf(1);
      const first = spare.take(quiet, fit);
      const second = spare.take(quiet, fit);
      expect([first.mode, second.mode]).to.deep.equal(["script-transform", null]);
      await second.ready;
      expect(started).to.have.lengthOf(2);
      first.close();
      second.close();
    }));

  it("tells the call that has taken it that its worker is gone", () =>
    watchWorkers(async (started, isRunning) => {
      spare.prepare(fit);
      await isRunning();
      let isLost = false;
      const cipher = spare.take({ ...quiet, lost: () => (isLost = true) }, fit);
      started[0]!.dispatchEvent(new Event("error"));
      expect(isLost).to.equal(true);
      cipher.close();
    }));

  it("is left where its worker is gone before a call, does not run yet, or has another script than the call wants", () =>
    watchWorkers(async (started, isRunning) => {
      spare.prepare(fit);
      await isRunning();
      started[0]!.dispatchEvent(new Event("error"));
      const afterLoss = spare.take(quiet, fit);
      expect(afterLoss.mode).to.equal(null);
      spare.prepare(fit);
      const tooEarly = spare.take(quiet, fit);
      expect(tooEarly.mode).to.equal(null);
      await Promise.all([afterLoss.ready, tooEarly.ready]);
      started.length = 0;
      spare.prepare(fit);
      await isRunning();
      const ofHost = spare.take(quiet, { ...fit, workerUrl: "/none.js" });
      expect(ofHost.mode).to.equal(null);
      await ofHost.ready.catch(() => undefined);
      for (const cipher of [afterLoss, tooEarly, ofHost]) cipher.close();
    }));

  it("is not started for a page that encrypts on its main thread", () =>
    watchWorkers(async (started) => {
      spare.prepare({ ...fit, onMainThread: true });
      const cipher = spare.take(quiet, fit);
      await cipher.ready;
      expect(started).to.have.lengthOf(1);
      cipher.close();
    }));
});
