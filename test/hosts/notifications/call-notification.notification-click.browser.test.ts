import { expect } from "@open-wc/testing";
import {
  showIncomingCall,
  recall,
  remember,
  handleNotificationClick,
  handlePageMessage,
  type ClickHooks,
} from "../../../src/hosts/notifications/call-notification.ts";
import { callId, FakePage, FakeScope, settingsIn } from "../../support/notifications/fakes.ts";

const own = new URL("./clicked/", location.href).href;
const hello = { type: "sx-call-page", settings: settingsIn(own) };

describe("a press on the notification of a call", () => {
  let scope: FakeScope;
  let until: number;

  const show = (change: object = {}) =>
    showIncomingCall(
      scope.registration,
      { callId, media: "video", expiresAt: until, ...change },
      settingsIn(own),
    );
  const pressed = (action: "accept" | "decline", more: object = {}) => ({
    type: "sx-call-answer",
    answer: { callId, action, until, ...more },
  });

  async function press(
    action: string,
    pages: FakePage[] = [],
    hooks: ClickHooks = {},
  ): Promise<void> {
    scope.pages = pages;
    expect(handleNotificationClick(scope.click(action), hooks, scope)).to.equal(true);
    await scope.rest();
  }

  /** Returns the messages to a page that starts now. */
  async function start(page = new FakePage(`${own}call`)): Promise<readonly unknown[]> {
    expect(handlePageMessage(scope.message(hello, page), scope)).to.equal(true);
    await scope.rest();
    return page.reported;
  }

  beforeEach(async () => {
    await caches.delete("sx-call-kit");
    scope = new FakeScope(own);
    until = Date.now() + 60_000;
    await show();
  });

  it("closes it", async () => {
    await press("");
    expect(scope.registration.shown).to.have.lengthOf(0);
  });

  it("accepts in the page where it rings, and shows that page and no other", async () => {
    const [silent, ringing, other] = [
      new FakePage(`${own}a`, false),
      new FakePage(`${own}b`, true),
      new FakePage(`${own}c`),
    ];
    await press("accept", [silent, ringing, other]);
    expect([silent, ringing, other].map(({ focused }) => focused)).to.deep.equal([0, 1, 0]);
    expect([silent, ringing, other].map(({ reported }) => reported)).to.deep.equal([
      [],
      [pressed("accept")],
      [],
    ]);
    expect(scope.opened).to.deep.equal([]);
    expect(await start()).to.deep.equal([]);
  });

  it("accepts in one of two pages in which it rings", async () => {
    const pages = [new FakePage(`${own}a`, true), new FakePage(`${own}b`, true)];
    await press("accept", pages);
    expect(pages.flatMap(({ reported }) => reported)).to.deep.equal([pressed("accept")]);
  });

  it("passes on the button's effect on the ongoing call", async () => {
    await show({ active: "hold" });
    const page = new FakePage(`${own}a`, true);
    await press("accept", [page]);
    expect(page.reported).to.deep.equal([pressed("accept", { active: "hold" })]);
  });

  it("only shows the page where no button was pressed", async () => {
    const page = new FakePage(`${own}a`, true);
    await press("", [page]);
    expect([page.focused, page.reported]).to.deep.equal([1, []]);
    await show();
    await press("something else", [page]);
    expect([page.focused, page.reported]).to.deep.equal([2, []]);
  });

  it("accepts in the call page that does not know the call yet", async () => {
    await remember(own, "settings", settingsIn(own));
    for (const rings of [false, null]) {
      const page = new FakePage(`${own}call#chat`, rings);
      await show();
      await press("accept", [new FakePage(`${own}other`, false), page]);
      expect([page.focused, page.reported]).to.deep.equal([1, [pressed("accept")]]);
    }
    expect(scope.opened).to.deep.equal([]);
  });

  it("accepts all the same where the browser does not bring the page to the front", async () => {
    const page = new FakePage(`${own}a`, true);
    page.mayBeFocused = false;
    await press("accept", [page]);
    expect(page.reported).to.deep.equal([pressed("accept")]);
  });

  it("opens the call page where there is none, with nothing but the call's id, and tells it the rest", async () => {
    await start();
    await press("accept");
    expect(scope.opened).to.deep.equal([`${own}call#sx-call=${callId}`]);
    expect(await start()).to.deep.equal([pressed("accept")]);
    expect(await start()).to.deep.equal([]);
  });

  it("opens the scope where no page has ever stored a call page, and accepts nothing where no button was pressed", async () => {
    await press("");
    expect(scope.opened).to.deep.equal([`${own}#sx-call=${callId}`]);
    expect(await start()).to.deep.equal([]);
  });

  it("declines in the page where it rings, and shows no page for it", async () => {
    const page = new FakePage(`${own}a`, true);
    const asked: unknown[] = [];
    await press("decline", [page], { onDecline: (call) => asked.push(call) });
    expect([page.focused, page.reported, asked]).to.deep.equal([0, [pressed("decline")], []]);
  });

  it("keeps a decline for the next page, opens none and asks nobody else", async () => {
    await press("decline");
    expect(scope.opened).to.deep.equal([]);
    expect(await start()).to.deep.equal([pressed("decline")]);
  });

  it("tells a decline to the host's worker where no page has the call, and stays awake for it", async () => {
    const calls: unknown[] = [];
    const page = new FakePage(`${own}a`, false);
    await press("decline", [page], {
      onDecline: async (call) => Promise.resolve().then(() => calls.push(call)),
    });
    expect(calls).to.deep.equal([{ callId, media: "video" }]);
    expect(page.reported).to.deep.equal([pressed("decline")]);
  });

  it("shows the page and accepts nothing where the call has rung out meanwhile", async () => {
    const page = new FakePage(`${own}a`, true);
    const click = scope.click("accept", {
      ...scope.registration.shown[0]!,
      options: {
        tag: callId,
        data: { sxCall: { callId, media: "video", expiresAt: Date.now() - 1 } },
      },
    });
    scope.pages = [page];
    handleNotificationClick(click, {}, scope);
    await scope.rest();
    expect([page.focused, page.reported]).to.deep.equal([1, []]);
  });

  it("never asks, tells or shows a page outside of the worker's scope", async () => {
    const outside = [
      new FakePage(new URL("..", own).href, true),
      new FakePage("https://elsewhere.example/clicked/", true),
    ];
    await press("accept", outside);
    await show();
    await press("decline", outside);
    expect(outside.map(({ reported, focused }) => [reported, focused])).to.deep.equal([
      [[], 0],
      [[], 0],
    ]);
    expect(scope.opened).to.have.lengthOf(1);
  });

  it("is done once, though the host asks again", async () => {
    const page = new FakePage(`${own}a`, true);
    scope.pages = [page];
    const click = scope.click("accept");
    expect([
      handleNotificationClick(click, {}, scope),
      handleNotificationClick(click, {}, scope),
    ]).to.deep.equal([true, true]);
    await scope.rest();
    expect(page.reported).to.deep.equal([pressed("accept")]);
  });

  it("is left to the host where the notification is its own", async () => {
    for (const data of [null, "x", { sxCall: null }, { sxCall: { callId, media: "video" } }]) {
      const foreign = { title: "A message", options: { tag: callId, data } };
      scope.registration.shown = [foreign];
      expect(handleNotificationClick(scope.click("accept"), {}, scope)).to.equal(false);
    }
    await scope.rest();
    expect([scope.registration.shown.length, scope.opened]).to.deep.equal([1, []]);
  });
});

describe("the message of a page to the worker", () => {
  it("is heard only from a page of the worker's scope and origin, and well-formed", async () => {
    await caches.delete("sx-call-kit");
    const scope = new FakeScope(own);
    const page = new FakePage(`${own}call`);
    const heard = (data: unknown, source: unknown = page, origin?: string) =>
      handlePageMessage(scope.message(data, source, origin), scope);
    expect(heard(hello, new FakePage(new URL("..", own).href))).to.equal(false);
    expect(heard(hello, page, "https://elsewhere.example")).to.equal(false);
    expect(heard(hello, null)).to.equal(false);
    expect(heard(hello, {})).to.equal(false);
    expect(heard({ ...hello, type: "sx-call-answer" })).to.equal(false);
    expect(
      heard({ ...hello, settings: settingsIn(own, { callPage: "https://elsewhere.example/" }) }),
    ).to.equal(false);
    expect([null, undefined, 1, "x", []].map((data) => heard(data))).to.deep.equal(
      Array(5).fill(false),
    );
    await scope.rest();
    expect(await recall(own, "settings")).to.equal(undefined);
    expect(heard(hello)).to.equal(true);
    await scope.rest();
    expect(await recall(own, "settings")).to.deep.equal(hello.settings);
  });
});
