import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import { aRecord, aSnapshot } from "../../../stories/support/snapshots.ts";
import { SxAcceptEvent, SxDeclineEvent } from "../../../src/events/before-and-after-intents.ts";
import { SxCallEndedEvent, SxStateChangedEvent } from "../../../src/events/call-facts.ts";
import { showIncomingCall } from "../../../src/hosts/notifications/call-notification.ts";
import {
  CallNotifier,
  type CallNotifierOptions,
} from "../../../src/hosts/notifications/call-notifier.ts";
import { callId, fakeView, FakeSurroundings, otherId } from "../../support/notifications/fakes.ts";
import { codeRejectedBy } from "../../support/thrown.ts";
import { settled } from "../../support/virtual-clock.ts";

const idle = aSnapshot("idle");
const rings = (id = callId, media: "audio" | "video" = "video"): CallSnapshot =>
  aSnapshot("incoming", media, { callId: id, startedAt: Date.now() });
const inCall = (id = otherId) => aSnapshot("connected", "video", { callId: id });

describe("the notifier of calls", () => {
  let around: FakeSurroundings;
  let view: ReturnType<typeof fakeView>;
  let notifier: CallNotifier | null;

  async function start(options: Partial<CallNotifierOptions> = {}): Promise<void> {
    notifier = await CallNotifier.start(
      view,
      { serviceWorker: around.registration, ...options },
      around,
    );
    await settled();
  }

  /** The view goes to other calls, and says so as it does. */
  async function goTo(snapshot: CallSnapshot, others: readonly CallSnapshot[] = []): Promise<void> {
    const previous = view.snapshot.state;
    Object.assign(view, { snapshot, others });
    view.dispatchEvent(new SxStateChangedEvent({ state: snapshot.state, previous }));
    await settled();
  }

  async function press(action: "accept" | "decline", more: object = {}): Promise<void> {
    const answer = { callId, action, until: around.now() + 60_000, ...more };
    around.post({ type: "sx-call-answer", answer });
    await settled();
  }

  const titles = () => around.registration.shown.map(({ title }) => title);

  beforeEach(() => {
    around = new FakeSurroundings();
    view = fakeView(idle);
    notifier = null;
  });

  afterEach(() => {
    notifier?.close();
  });

  describe("shows", () => {
    it("a call that rings in a hidden page, until the ringing ends", async () => {
      await start();
      expect(titles()).to.deep.equal([]);
      await goTo(rings());
      expect(around.registration.words).to.deep.equal(["Incoming video call", "Accept", "Decline"]);
      await goTo(aSnapshot("connecting", "video", { callId }));
      expect(titles()).to.deep.equal([]);
    });

    it("a call that rings already when it starts", async () => {
      view = fakeView(rings());
      await start();
      expect(titles()).to.have.lengthOf(1);
    });

    it("nothing while the person looks at the page, and again when they look away", async () => {
      around.seen = true;
      await start();
      await goTo(rings());
      expect(titles()).to.deep.equal([]);
      around.look(false);
      await settled();
      expect(titles()).to.have.lengthOf(1);
      around.look(true);
      await settled();
      expect(titles()).to.deep.equal([]);
    });

    it("a call even then where the host wants it always", async () => {
      around.seen = true;
      await start({ when: "always" });
      await goTo(rings());
      expect(titles()).to.have.lengthOf(1);
    });

    it("it once, though the calls change in other ways", async () => {
      await start();
      await goTo(rings());
      await goTo({ ...view.snapshot, asOf: 1 });
      around.look(false);
      await settled();
      expect(around.registration.showings).to.equal(1);
    });

    it("a waiting call, with the effect of accepting on the ongoing one", async () => {
      await start();
      await goTo(inCall(), [rings()]);
      expect(around.registration.words[1]).to.equal("Hold and accept");
      await goTo(aSnapshot("connecting", "video", { callId: otherId }), [rings()]);
      expect(around.registration.words[1]).to.equal("End and accept");
      await goTo(rings());
      expect(around.registration.words[1]).to.equal("Accept");
      await goTo(inCall());
      expect(titles()).to.deep.equal([]);
    });

    it("the contact's name only where the host allows it, and that of the call", async () => {
      await start({ showName: true });
      await goTo(rings());
      expect(titles()).to.deep.equal(["Incoming video call from Ann"]);
      view.contactOf = (id) => (id === otherId ? { name: "Bob" } : null);
      await goTo(rings(), [rings(otherId, "audio")]);
      expect(titles()).to.deep.equal([
        "Incoming video call from Ann",
        "Incoming audio call from Bob",
      ]);
    });

    it("a call without a name where the host's own code fails to say it", async () => {
      view.contactOf = () => {
        throw new Error("The host's.");
      };
      await start({ showName: true });
      await goTo(rings());
      expect(titles()).to.deep.equal(["Incoming video call"]);
    });

    it("it as soon as the person has allowed it, though it rings already", async () => {
      around.registration.isAllowed = false;
      await start();
      await goTo(rings());
      expect(titles()).to.deep.equal([]);
      around.registration.isAllowed = true;
      around.look(false);
      await settled();
      expect(titles()).to.have.lengthOf(1);
    });
  });

  describe("closes it", () => {
    it("by its own timer, where nobody else ends the ringing", async () => {
      view.ringTimeout = 20;
      await start();
      await goTo(rings());
      await around.clock.advance(19_000);
      expect(titles()).to.have.lengthOf(1);
      await around.clock.advance(2_000);
      expect(titles()).to.deep.equal([]);
    });

    it("where a push had the worker show a call that ended before it rang here", async () => {
      await start();
      const expiresAt = Date.now() + 60_000;
      for (const id of [callId, otherId])
        await showIncomingCall(around.registration, { callId: id, media: "audio", expiresAt });
      view.dispatchEvent(new SxCallEndedEvent({ record: aRecord({ callId }) }));
      await settled();
      expect(around.registration.shown.map(({ options }) => options.tag)).to.deep.equal([otherId]);
    });

    it("though the browser showed it late", async () => {
      await start();
      let show: () => void = () => undefined;
      around.registration.hold = new Promise((resolve) => (show = resolve));
      await goTo(rings());
      await goTo(aSnapshot("ended", "video", { callId }));
      show();
      await settled();
      expect([around.registration.showings, titles()]).to.deep.equal([1, []]);
    });

    it("when it is closed itself, and follows nothing any more", async () => {
      await start();
      await goTo(rings());
      notifier?.close();
      await settled();
      expect(titles()).to.deep.equal([]);
      await goTo(rings(otherId));
      await press("accept", { callId: otherId });
      expect([titles(), view.asked]).to.deep.equal([[], []]);
      expect(around.clock.pending).to.equal(0);
    });
  });

  describe("performs the pressed action", () => {
    it("accepts and declines the call that rings, once, with what it asks for", async () => {
      await start();
      await goTo(rings(callId, "audio"));
      await press("accept");
      await goTo(rings(callId, "audio"));
      expect(view.asked).to.deep.equal([["accept", { media: "audio" }]]);
      await press("decline");
      expect(view.asked.slice(1)).to.deep.equal([["decline", undefined]]);
    });

    it("waits for a call that is still on its way here, and forgets it when it has rung out", async () => {
      await start();
      await press("accept");
      expect(view.asked).to.deep.equal([]);
      await goTo(rings());
      expect(view.asked).to.deep.equal([["accept", { media: "video" }]]);
      await press("accept", { callId: otherId });
      await around.clock.advance(61_000);
      await goTo(rings(otherId));
      expect(view.asked).to.have.lengthOf(1);
    });

    it("accepts a call that waits as its button said, and declines it", async () => {
      await start();
      await goTo(inCall(), [rings()]);
      await press("accept", { active: "hold" });
      await press("decline");
      expect(view.asked).to.deep.equal([
        ["accept waiting", { callId, media: "video", active: "hold" }],
        ["decline waiting", callId],
      ]);
    });

    it("ends no call for a button without that text", async () => {
      await start();
      await goTo(inCall(), [rings()]);
      await press("accept");
      expect(view.asked).to.deep.equal([]);
      await goTo(aSnapshot("ended", "video", { callId: otherId }), [rings()]);
      await press("accept");
      expect(view.asked).to.deep.equal([
        ["accept waiting", { callId, media: "video", active: "end" }],
      ]);
    });

    it("asks the host first, as the buttons of the view do", async () => {
      const events: unknown[] = [];
      for (const name of [SxAcceptEvent.eventName, SxDeclineEvent.eventName]) {
        view.addEventListener(name, (event) => {
          event.preventDefault();
          events.push([event.type, (event as SxAcceptEvent | SxDeclineEvent).detail]);
        });
      }
      await start();
      await goTo(rings());
      await press("accept");
      await press("decline");
      await goTo(inCall(), [rings()]);
      await press("accept", { active: "end" });
      await press("decline");
      expect(view.asked).to.deep.equal([]);
      expect(events).to.deep.equal([
        ["sx-accept", { media: "video" }],
        ["sx-decline", null],
        ["sx-accept", { callId, media: "video", active: "end" }],
        ["sx-decline", { callId }],
      ]);
    });

    it("accepts valid messages of its own worker only", async () => {
      await start();
      await goTo(rings());
      const answer = { callId, action: "accept", until: around.now() + 60_000 };
      around.post({ type: "sx-call-answer", answer }, { source: {} });
      around.post({ type: "sx-call-answer", answer: { ...answer, action: "hang-up" } });
      for (const wrong of [null, "x", {}, { type: "sx-call-answer" }]) around.post(wrong);
      await settled();
      expect(view.asked).to.deep.equal([]);
    });

    it("tells the worker whether a call rings here", async () => {
      await start();
      await goTo(inCall(), [rings()]);
      const ask = async (id: string) => {
        const { port1, port2 } = new MessageChannel();
        const said = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
        around.post({ type: "sx-call-asked", callId: id }, { ports: [port2] });
        return said;
      };
      expect([await ask(callId), await ask(otherId)]).to.deep.equal([true, false]);
    });
  });

  describe("starts", () => {
    it("with the worker of the host, tells it where calls are answered, and asks for nothing", async () => {
      notifier = await CallNotifier.start(
        view,
        { serviceWorker: "/sw.js", scope: "/", silent: true, icon: "/i.png" },
        around,
      );
      expect(around.registered).to.deep.equal([["/sw.js", { scope: "/" }]]);
      const [message] = around.registration.posted as [
        { type: string; settings: Record<string, unknown> },
      ];
      expect(message.type).to.equal("sx-call-page");
      expect(message.settings).to.deep.include({
        callPage: location.origin + location.pathname,
        icon: `${location.origin}/i.png`,
        silent: true,
      });
      expect(around.registration.posted).to.have.lengthOf(1);
    });

    it("not with a page outside of the scope or a picture from elsewhere", async () => {
      const code = (options: Partial<CallNotifierOptions>) => codeRejectedBy(start(options));
      expect(await code({ icon: "https://elsewhere.example/i.png" })).to.equal("bad-argument");
      expect(await code({ badge: "data:image/png;base64,AA" })).to.equal("bad-argument");
      expect(await code({ callPage: "https://elsewhere.example/" })).to.equal("bad-argument");
      around = new FakeSurroundings(new URL("./inner/", location.href).href);
      expect(await code({ callPage: new URL("./inner/call", location.href) })).to.equal(
        "bad-argument",
      );
      expect(around.registration.posted).to.deep.equal([]);
    });

    it("not where the worker does not start, and reports it", async () => {
      around.workers.register = () => Promise.reject(new TypeError("no"));
      expect(
        await codeRejectedBy(CallNotifier.start(view, { serviceWorker: "/sw.js" }, around)),
      ).to.equal("not-possible");
      const gone = Object.assign(around.registration, { active: { state: "redundant" } });
      expect(
        await codeRejectedBy(CallNotifier.start(view, { serviceWorker: gone }, around)),
      ).to.equal("not-possible");
    });

    it("and says what the browser says of the permission", async () => {
      await start();
      expect(notifier?.permission).to.equal(Notification.permission);
    });
  });
});
