import { expect } from "@open-wc/testing";
import de from "../../../src/elements/words/locales/de.ts";
import he from "../../../src/elements/words/locales/he.ts";
import {
  closeIncomingCall,
  closeStaleCalls,
  showIncomingCall,
  remember,
} from "../../../src/hosts/notifications/call-notification.ts";
import {
  textsOf,
  type NotificationSettings,
} from "../../../src/hosts/notifications/notification-messages.ts";
import {
  callId,
  FakeRegistration,
  otherId,
  settingsIn,
} from "../../support/notifications/fakes.ts";
import { codeRejectedBy } from "../../support/thrown.ts";

const scope = new URL("./shown/", location.href).href;
const call = () => ({
  callId,
  media: "video" as const,
  expiresAt: Date.now() + 60_000,
  name: "Ann",
});

describe("the notification of an incoming call", () => {
  let registration: FakeRegistration;
  const show = (change: object = {}, more?: Partial<NotificationSettings>) =>
    showIncomingCall(registration, { ...call(), ...change }, more && settingsIn(scope, more));
  const options = () => registration.shown[0]!.options;

  beforeEach(async () => {
    await caches.delete("sx-call-kit");
    registration = new FakeRegistration(scope);
  });

  it("shows the kind of call without a name on a locked screen", async () => {
    expect(await show()).to.equal(true);
    expect(registration.words).to.deep.equal(["Incoming video call", "Accept", "Decline"]);
    await show({ media: "audio" });
    expect(registration.words[0]).to.equal("Incoming audio call");
    expect(JSON.stringify(registration.shown)).not.to.contain("Ann");
  });

  it("says the name where the page or the host's worker allows it, but not against the worker", async () => {
    await show({}, { showName: true });
    expect(registration.words[0]).to.equal("Incoming video call from Ann");
    await show({ showName: true }, {});
    expect(registration.words[0]).to.equal("Incoming video call from Ann");
    await show({ showName: false }, { showName: true });
    expect(registration.words[0]).to.equal("Incoming video call");
    await show({ name: "  " }, { showName: true });
    expect(registration.words[0]).to.equal("Incoming video call");
  });

  it("takes nothing but a short plain line of a name", async () => {
    await show({ name: "A\u202Enn\nBob $& \u2066x" }, { showName: true });
    expect(registration.words[0]).to.equal("Incoming video call from A nn Bob $&  x");
    for (const mark of [
      ...["\u2028", "\u2029", "\u0085", "\u000b", "\u000c", "\u0000", "\u001b", "\u007f", "\u009f"],
      ...["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u200b"],
      ...["\u2060", "\u2063", "\ufeff", "\u00ad", "\ud83d"],
    ]) {
      await show({ name: `Ann${mark}Bob${mark}` }, { showName: true });
      expect(registration.words[0], mark.codePointAt(0)!.toString(16)).to.equal(
        "Incoming video call from Ann Bob",
      );
    }
    // What emoji and scripts are written with stays.
    await show({ name: "👩\u200d🚀 می\u200cرود" }, { showName: true });
    expect(registration.words[0]).to.equal("Incoming video call from 👩\u200d🚀 می\u200cرود");
    await show({ name: "😀".repeat(1000) }, { showName: true });
    expect(registration.words[0]).to.equal(`Incoming video call from ${"😀".repeat(64)}`);
  });

  it("carries the call and nothing that is secret", async () => {
    const { name, ...rest } = call();
    expect(
      await showIncomingCall(registration, {
        ...rest,
        name,
        active: "hold",
        sdp: "v=0",
        key: "k",
      } as never),
    ).to.equal(true);
    expect(options().data).to.deep.equal({ sxCall: { ...rest, active: "hold" } });
    expect(options().tag).to.equal(callId);
  });

  it("replaces the one of the same call, and leaves another's", async () => {
    await show();
    await show({ callId: otherId });
    await show({ media: "audio" });
    expect(registration.shown.map(({ title }) => title)).to.deep.equal([
      "Incoming video call",
      "Incoming audio call",
    ]);
  });

  it("says on the button what becomes of the call that the person is in", async () => {
    await show({ active: "hold" });
    expect(registration.words[1]).to.equal("Hold and accept");
    await show({ active: "end" });
    expect(registration.words[1]).to.equal("End and accept");
  });

  it("stays until it is answered, makes itself heard once, and looks as the page wants it", async () => {
    const picture = new URL("/icon.png", scope).href;
    await show({}, { icon: picture, badge: picture, vibrate: [300, 100] });
    expect(options()).to.deep.include({ requireInteraction: true, silent: false, renotify: false });
    expect(options()).to.deep.include({ icon: picture, badge: picture, vibrate: [300, 100] });
    await show({}, { renotify: true });
    expect(options().renotify).to.equal(true);
  });

  it("asks for no vibration where it is silent, which the standard refuses", async () => {
    await show({}, { silent: true, vibrate: [300], renotify: true });
    expect(options().silent).to.equal(true);
    expect(
      Object.keys(options()).filter((key) => key === "vibrate" || key === "renotify"),
    ).to.deep.equal([]);
  });

  it("speaks the language of the page, or the one that is asked for where the page has stored it", async () => {
    const texts = [de, he].map(textsOf);
    await show({}, { texts });
    expect(registration.words).to.deep.equal([de.incoming("video"), de.accept, de.decline]);
    await show({ lang: "he-IL" }, { texts, showName: true });
    expect(registration.words[0]).to.equal(he.incomingFrom("video", "Ann"));
    expect(options()).to.deep.include({ lang: "he", dir: "rtl" });
    await show({ lang: "fr" }, { texts });
    expect(options().lang).to.equal("de");
  });

  it("is made by what a page has stored before, where none is there", async () => {
    await remember(scope, "settings", settingsIn(scope, { texts: [textsOf(de)], showName: true }));
    await show();
    expect(registration.words[0]).to.equal(de.incomingFrom("video", "Ann"));
  });

  it("uses defaults where the stored settings are invalid", async () => {
    await remember(
      scope,
      "settings",
      settingsIn(scope, { showName: true, icon: "https://elsewhere.example/a.png" }),
    );
    await show();
    expect(registration.words[0]).to.equal("Incoming video call");
    expect(options().icon).to.equal(undefined);
  });

  it("is not shown where its time is over or the person has not allowed it", async () => {
    expect(await show({ expiresAt: Date.now() - 1 })).to.equal(false);
    registration.isAllowed = false;
    expect(await show()).to.equal(false);
    expect(registration.showings).to.equal(0);
  });

  it("refuses anything but a call, such as another push", async () => {
    for (const wrong of [{ callId: "x" }, { media: "" }, { expiresAt: undefined }]) {
      expect(await codeRejectedBy(show(wrong))).to.equal("bad-argument");
    }
    expect(await codeRejectedBy(showIncomingCall(registration, null as never))).to.equal(
      "bad-argument",
    );
  });

  it("closes by its call alone, and never what is the host's own", async () => {
    await registration.showNotification("A message", { tag: callId, data: { chat: 1 } });
    await registration.showNotification("Another", {
      tag: "chat",
      data: { sxCall: { ...call() } },
    });
    await show({ callId: otherId });
    await closeIncomingCall(callId, registration);
    expect(registration.shown).to.have.lengthOf(3);
    await closeIncomingCall(otherId, registration);
    expect(registration.shown.map(({ title }) => title)).to.deep.equal(["A message", "Another"]);
  });

  it("goes on the next wake where it has rung for too long", async () => {
    const sxCall = { callId, media: "audio", expiresAt: Date.now() - 1 };
    await registration.showNotification("Old", { tag: callId, data: { sxCall } });
    await show({ callId: otherId });
    expect(registration.words[0]).to.equal("Incoming video call");
    expect(registration.shown).to.have.lengthOf(1);
    await closeStaleCalls(registration);
    expect(registration.shown).to.have.lengthOf(1);
  });
});
