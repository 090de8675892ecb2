import { aTimeout, expect } from "@open-wc/testing";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { codeOf } from "../../support/hosts/code-of.ts";
import { HostedCall, parsed, postedBy } from "../../support/hosts/hosted-call.ts";
import { waitUntil } from "../../support/wait-until.ts";

/** The code that a request is rejected with; `null` where it is not. */
const refusal = (request: Promise<unknown>) => request.then(() => null, codeOf);
const isAnswered = (hosted: HostedCall) => hosted.host.request("back-button", {});

describe("the page and its host meet", () => {
  it("where the app is there first", async () => {
    const hosted = await HostedCall.mount();
    hosted.startHost();
    await aTimeout(0);
    expect(hosted.types).to.deep.equal([]);
    hosted.startPage();
    await hosted.untilReady();
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });

  it("where the page is first, and repeats its greeting", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage();
    await waitUntil(() => postedBy(hosted.ends.page, "ready").length > 2, "the page asks again");
    hosted.startHost();
    await hosted.untilReady();
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });

  it("where the first greetings of both sides are lost", async () => {
    const hosted = await HostedCall.mount();
    hosted.ends.host.isDeaf = true;
    hosted.ends.page.isDeaf = true;
    hosted.startHost();
    hosted.startPage();
    await waitUntil(() => postedBy(hosted.ends.page, "ready").length > 1, "the page asks again");
    hosted.ends.host.isDeaf = false;
    hosted.ends.page.isDeaf = false;
    await hosted.untilReady();
  });

  it("where the way itself comes later, as an object that the app puts in", async () => {
    const hosted = await HostedCall.mount();
    hosted.ends.page.isCut = true;
    hosted.startPage();
    hosted.startHost();
    await aTimeout(0);
    expect(hosted.connection.isReady).to.equal(false);
    hosted.ends.page.isCut = false;
    await hosted.untilReady();
  });

  it("and then the page asks no more", async () => {
    const hosted = await HostedCall.joined();
    const asked = postedBy(hosted.ends.page, "ready").length;
    // Longer than the longest it could have waited so early.
    await aTimeout(300);
    expect(postedBy(hosted.ends.page, "ready").length).to.equal(asked);
  });
});

describe("the page reloads", () => {
  it("and meets the same app, which configures it again", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage();
    hosted.startHost(undefined, ({ type }) => {
      if (type === "ready") void hosted.host.request("configure", { volume: 0 });
    });
    await hosted.untilReady();
    hosted.startPage();
    await waitUntil(() => hosted.reported("ready").length === 2, "the host hears of the new page");
    const [first, second] = hosted.reported("ready");
    expect(first!.page).not.to.equal(second!.page);
    await waitUntil(() => hosted.connection.isReady);
    expect(
      hosted.ends.host.posted.map(parsed).filter(({ type }) => type === "configure"),
    ).to.have.length(2);
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });

  it("and what the old one was asked is answered by page-gone, never by silence", async () => {
    const hosted = await HostedCall.joined();
    hosted.calls.perform = () => new Promise(() => undefined);
    const asked = refusal(hosted.host.request("start-call", { media: "audio" }));
    hosted.startPage();
    expect(await asked).to.equal("page-gone");
  });
});

describe("a page that is not the one that its host speaks to", () => {
  it("does not meet it by an answer that was for another page", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage();
    const { page } = hosted.ends;
    const before = page.posted.length;
    page.hear(JSON.stringify({ v: 1, type: "hello", data: { host: "h", page: "f".repeat(32) } }));
    expect([hosted.connection.isReady, page.posted.length]).to.deep.equal([false, before]);
  });

  it("stays as it is where the host has met another one, and asks again when it is shown again", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    const before = page.posted.length;
    const host = parsed(hosted.ends.host.posted[0]).data.host;
    page.hear(JSON.stringify({ v: 1, type: "hello", data: { host, page: "f".repeat(32) } }));
    expect([hosted.connection.isReady, page.posted.length]).to.deep.equal([true, before]);
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    expect(hosted.connection.isReady).to.equal(false);
    await hosted.untilReady();
  });
});

describe("the app restarts", () => {
  it("and meets the same page, which tells it what goes on", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected", "audio"));
    expect(await hosted.untilReported("keep-awake")).to.deep.equal({ on: true });
    hosted.facts.length = 0;
    hosted.startHost();
    await waitUntil(() => hosted.types.includes("keep-awake"));
    expect(hosted.reported("ready")[0]!.snapshot.state).to.equal("connected");
    expect(hosted.reported("keep-awake")).to.deep.equal([{ on: true }]);
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });

  it("and gets no answer that was meant for the one before", async () => {
    const hosted = await HostedCall.joined();
    let finish: () => void = () => undefined;
    hosted.calls.perform = () => new Promise((resolve) => (finish = resolve));
    const asked = refusal(hosted.host.request("start-call", { media: "audio" }));
    await waitUntil(() =>
      hosted.ends.host.posted.some((text) => parsed(text).type === "start-call"),
    );
    await aTimeout(0);
    hosted.startHost();
    await waitUntil(() => hosted.reported("ready").length === 2);
    const before = hosted.ends.page.posted.length;
    finish();
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
    // A host that waits for a page on a loaded machine greets it again, and is met again.
    const types = hosted.ends.page.posted.slice(before).map((text) => parsed(text).type);
    expect(types.filter((type) => type !== "ready")).to.deep.equal(["ok"]);
    expect(await asked).to.equal("page-gone");
  });

  it("without its answers being asked for as fast as they come, where it never names the page", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage();
    const { page } = hosted.ends;
    // A host that knows nothing of pages: an endless talk, if every hello were answered.
    page.deliver = () =>
      queueMicrotask(() => page.hear('{"v":1,"type":"hello","data":{"host":"h"}}'));
    await aTimeout(150);
    expect(postedBy(page, "ready").length).to.be.below(8);
  });
});

describe("messages without a receiver", () => {
  it("waits at the page, and comes in order", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage();
    hosted.calls.show(aSnapshot("inviting"));
    hosted.calls.show(aSnapshot("ringing"));
    hosted.startHost();
    await hosted.untilReady();
    await waitUntil(() => hosted.reported("state-changed").length === 2);
    expect(hosted.reported("state-changed").map(({ state }) => state)).to.deep.equal([
      "inviting",
      "ringing",
    ]);
  });

  it("waits at the app, behind its configuration of the page", async () => {
    const hosted = await HostedCall.mount();
    hosted.startHost(undefined, ({ type }) => {
      if (type === "ready") void hosted.host.request("configure", { relayOnly: true });
    });
    const seen: boolean[] = [];
    const { perform } = hosted.calls;
    hosted.calls.perform = (intent) => {
      seen.push(hosted.view.relayOnly);
      return perform.call(hosted.calls, intent);
    };
    const started = hosted.host.request("start-call", { media: "audio" });
    hosted.startPage();
    expect(await started).to.deep.equal({});
    expect(seen).to.deep.equal([true]);
  });

  it("waits where a way is cut in the middle, and comes once", async () => {
    const hosted = await HostedCall.joined();
    hosted.ends.page.isCut = true;
    hosted.calls.show(aSnapshot("inviting"));
    hosted.calls.show(aSnapshot("ringing"));
    expect(hosted.connection.isReady).to.equal(false);
    hosted.ends.page.isCut = false;
    await waitUntil(() => hosted.reported("state-changed").length === 2);
    expect(hosted.reported("state-changed").map(({ state }) => state)).to.deep.equal([
      "inviting",
      "ringing",
    ]);
  });

  it("is dropped by a full queue of the page, and the app is notified how many", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage(2);
    for (const state of ["inviting", "ringing", "connecting", "connected"] as const)
      hosted.calls.show(aSnapshot(state));
    hosted.startHost();
    const { code, message } = await hosted.untilReported("error");
    expect(code).to.equal("queue-full");
    // Four changes of state, that the screen stays on, and that the call is protected: two are kept.
    expect(message).to.match(/^4 messages/);
    expect(hosted.reported("state-changed").map(({ state }) => state)).to.deep.equal(["inviting"]);
  });

  it("is refused by the app's end where there is no more room", async () => {
    const hosted = await HostedCall.mount();
    hosted.startHost(2);
    const kept = [hosted.host.request("flip-camera", {}), hosted.host.request("flip-camera", {})];
    expect(await refusal(hosted.host.request("flip-camera", {}))).to.equal("queue-full");
    hosted.startPage();
    expect(await Promise.all(kept)).to.deep.equal([{}, {}]);
  });
});

describe("a page that is asked more than it can do", () => {
  it("answers by queue-full, and by their results what it had taken", async () => {
    const hosted = await HostedCall.mount();
    hosted.startPage(2);
    hosted.startHost();
    await hosted.untilReady();
    const finish: (() => void)[] = [];
    hosted.calls.perform = () => new Promise((resolve) => finish.push(resolve));
    const requests = [1, 2, 3].map(() => refusal(hosted.host.request("flip-camera", {})));
    expect(await requests[2]).to.equal("queue-full");
    for (const one of finish) one();
    expect(await Promise.all(requests)).to.deep.equal([null, null, "queue-full"]);
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });
});

describe("a connection that is closed", () => {
  it("sends and receives nothing more, and leaves the transport and the view", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    hosted.connection.close();
    hosted.connection.close();
    expect([page.isClosed, page.listeners, hosted.connection.isReady]).to.deep.equal([
      true,
      0,
      false,
    ]);
    const before = page.posted.length;
    hosted.calls.show(aSnapshot("inviting"));
    page.hear('{"v":1,"id":1,"type":"hang-up"}');
    await aTimeout(120);
    expect(page.posted.length).to.equal(before);
    expect(hosted.calls.asked).to.deep.equal([]);
  });

  it("rejects what the app still waits for", async () => {
    const hosted = await HostedCall.mount();
    hosted.startHost();
    const asked = refusal(hosted.host.request("hang-up", {}));
    hosted.host.close();
    expect(await asked).to.equal("page-gone");
    expect(await refusal(hosted.host.request("hang-up", {}))).to.equal("page-gone");
  });
});

describe("a way that breaks under the app", () => {
  it("has the app ask until it is there again, and what waited comes once", async () => {
    const hosted = await HostedCall.joined();
    const { host } = hosted.ends;
    host.isCut = true;
    const waiting = [1, 2].map((message) => hosted.host.request("receive-signal", { message }));
    await aTimeout(0);
    expect(hosted.calls.received).to.deep.equal([]);
    host.isCut = false;
    expect(await Promise.all(waiting)).to.deep.equal([{}, {}]);
    expect(hosted.calls.received).to.deep.equal([1, 2]);
    expect(hosted.reported("ready")).to.have.length(1);
  });

  it("and under both: a new app finds a page that does not know that the old one has gone", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    const { host, page } = hosted.ends;
    [host.isCut, page.isDeaf] = [true, true];
    hosted.startHost();
    await aTimeout(0);
    expect(hosted.connection.isReady).to.equal(true);
    [host.isCut, page.isDeaf] = [false, false];
    await waitUntil(() => hosted.reported("ready").length === 2);
    expect(await isAnswered(hosted)).to.deep.equal({ handled: false });
  });
});
