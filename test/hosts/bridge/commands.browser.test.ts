import { expect } from "@open-wc/testing";
import type { HostData } from "../../../src/hosts/bridge/connect-host.ts";
import type { HostedView } from "../../../src/hosts/bridge/host-settings.ts";
import { aSnapshot, aWaitingCall } from "../../../stories/support/snapshots.ts";
import { HostedCall } from "../../support/hosts/hosted-call.ts";
import { samples } from "../../support/signals.ts";

const callId = "c3RvcmllcyBhbmQgdGVzdA";
const other = "zzzzzzzzzzzzzzzzzzzzzQ";

describe("a verb of the host", () => {
  type Verb = keyof HostData;
  const rows: { [Type in Verb]?: readonly [HostData[Type], asked: object] } = {
    "start-call": [{ media: "video" }, { type: "start", media: "video", to: "ann" }],
    accept: [{}, { type: "accept", media: "video" }],
    decline: [{}, { type: "decline" }],
    ignore: [{}, { type: "ignore" }],
    "hang-up": [{}, { type: "hang-up" }],
    "set-microphone": [{ on: true }, { type: "set-device", device: "microphone", on: true }],
    "set-camera": [{ on: false }, { type: "set-device", device: "camera", on: false }],
    "flip-camera": [{}, { type: "flip-camera" }],
    "set-screen": [{ on: true }, { type: "set-device", device: "screen", on: true }],
    hold: [{}, { type: "hold" }],
    resume: [{}, { type: "resume" }],
    swap: [{ callId: other }, { type: "swap", callId: other }],
    "answered-elsewhere": [{ callId }, { type: "answered-elsewhere", callId }],
    "declined-elsewhere": [{ callId }, { type: "declined-elsewhere", callId }],
  };
  for (const type of Object.keys(rows) as Verb[]) {
    it(`asks the same of the call as its button: ${type}`, async () => {
      const hosted = await HostedCall.joined(aSnapshot("incoming"));
      const [data, asked] = rows[type] as [never, object];
      expect(await hosted.host.request(type as "hold", data)).to.deep.equal({});
      expect(hosted.calls.asked).to.deep.equal([asked]);
    });
  }

  it("goes on with the last call", async () => {
    const hosted = await HostedCall.joined();
    const snapshot = aSnapshot("connected");
    await hosted.host.request("resume-call", { snapshot });
    expect(hosted.calls.asked).to.deep.equal([{ type: "resume-call", last: snapshot, to: "ann" }]);
  });

  it("asks for the report of the call", async () => {
    const hosted = await HostedCall.joined();
    expect(await hosted.host.request("get-report", {})).to.deep.equal({ report: null });
  });

  it("means the call that waits, where it names it", async () => {
    const hosted = await HostedCall.joined();
    const waiting = aWaitingCall("audio", { callId: other });
    hosted.calls.show(aSnapshot("connected"), {}, [waiting]);
    await hosted.host.request("accept", { callId: other, active: "hold" });
    await hosted.host.request("accept", { callId: other, media: "video" });
    await hosted.host.request("decline", { callId: other });
    await hosted.host.request("ignore", { callId: other });
    expect(hosted.calls.asked).to.deep.equal([
      { type: "accept-waiting", callId: other, media: "audio", active: "hold" },
      { type: "accept-waiting", callId: other, media: "video", active: "end" },
      { type: "decline-waiting", callId: other },
      { type: "ignore-waiting", callId: other },
    ]);
  });

  it("means the call that is shown, where it names that", async () => {
    const hosted = await HostedCall.joined(aSnapshot("incoming"));
    await hosted.host.request("accept", { callId, media: "audio" });
    await hosted.host.request("decline", { callId });
    await hosted.host.request("decline", { text: "Later" });
    expect(hosted.calls.asked).to.deep.equal([
      { type: "accept", media: "audio" },
      { type: "decline" },
      { type: "decline", text: "Later" },
    ]);
  });

  it("declines a waiting call with words, too", async () => {
    const hosted = await HostedCall.joined();
    hosted.calls.show(aSnapshot("connected"), {}, [aWaitingCall("audio", { callId: other })]);
    await hosted.host.request("decline", { callId: other, text: "In a call" });
    expect(hosted.calls.asked).to.deep.equal([
      { type: "decline-waiting", callId: other, text: "In a call" },
    ]);
  });
});

describe("a signal", () => {
  it("is handed on unread, with who has sent it", async () => {
    const hosted = await HostedCall.joined();
    for (const message of [samples.invite, 7, null])
      await hosted.host.request("receive-signal", { message, from: "ann" });
    await hosted.host.request("receive-signal", { message: samples.end });
    expect(hosted.calls.received).to.deep.equal([samples.invite, 7, null, samples.end]);
    expect(hosted.senders).to.deep.equal(["ann", "ann", "ann", undefined]);
  });

  it("brings its sender's name for the screen", async () => {
    const hosted = await HostedCall.joined();
    const contact = { id: "noura", name: "Noura" };
    await hosted.host.request("receive-signal", {
      message: { ...samples.invite, callId },
      contact,
    });
    expect(hosted.senders).to.deep.equal(["noura"]);
    expect(hosted.view.contactOf?.(callId)).to.deep.equal(contact);
    expect(hosted.view.contactOf?.(other)).to.equal(null);
    hosted.calls.show(aSnapshot("incoming"));
    await hosted.view.updateComplete;
    expect(hosted.view.shadowRoot!.querySelector("[part=surface]")!.ariaLabel).to.contain("Noura");
  });

  it("of many callers costs no more memory than 64 names", async () => {
    const hosted = await HostedCall.joined();
    const ids = Array.from({ length: 70 }, (_, index) => `call${String(index)}`.padEnd(22, "A"));
    for (const id of ids) {
      await hosted.host.request("receive-signal", {
        message: { ...samples.invite, callId: id, sentAt: Date.now() },
        contact: { id, name: id },
      });
      // The first one rings, and goes on ringing while the others come.
      if (id === ids[0]) hosted.calls.show(aSnapshot("incoming", "audio", { callId: id }));
    }
    const named = (id: string) => hosted.view.contactOf?.(id)?.name ?? "";
    expect(ids.filter((id) => named(id) === id).length).to.equal(64);
    // The call that rings keeps its name, and so do those that wait.
    const live = [hosted.view.snapshot, ...hosted.view.others].map(({ callId }) => callId!);
    expect(live).to.include(ids[0]);
    expect(live.map(named)).to.deep.equal(live);
  });
});

describe("the settings of a host", () => {
  it("are properties of the view, and nothing that is not named changes", async () => {
    const hosted = await HostedCall.joined();
    const { view } = hosted;
    await hosted.host.request("configure", {
      contact: { id: "bob", name: "Bob" },
      iceServers: [{ urls: "turn:a.example", username: "u", credential: "c" }],
      ...{
        relayOnly: true,
        ringTimeout: 30,
        reconnectTimeout: 20,
        dataSaver: 100,
        whenBusy: "busy",
        avatarBeforeAccept: true,
      },
      ...{
        hostSecret: btoa("s".repeat(32)),
        hostBinding: "AQID",
        volume: 0.2,
        ring: true,
        smallWindow: "host",
      },
      ...{
        lang: "de",
        dir: "ltr",
        keepBars: true,
        permissionHelp: "webview-android",
        systemControls: "off",
      },
    });
    expect(view.contact).to.deep.equal({ id: "bob", name: "Bob" });
    expect(view.iceServers).to.deep.equal([
      { urls: "turn:a.example", username: "u", credential: "c" },
    ]);
    expect([view.relayOnly, view.ringTimeout, view.reconnectTimeout, view.dataSaver]).to.deep.equal(
      [true, 30, 20, 100],
    );
    expect([view.whenBusy, view.volume, view.ring, view.smallWindow]).to.deep.equal([
      "busy",
      0.2,
      true,
      "host",
    ]);
    expect(view.avatarBeforeAccept).to.equal(true);
    expect([view.lang, view.dir, view.keepBars, view.systemControls]).to.deep.equal([
      "de",
      "ltr",
      true,
      "off",
    ]);
    expect([view.hostSecret?.length, [...(view.hostBinding ?? [])].join()]).to.deep.equal([
      32,
      "1,2,3",
    ]);
    await hosted.host.request("configure", { hostSecret: null });
    expect([view.hostSecret, view.relayOnly, view.contact.name]).to.deep.equal([null, true, "Bob"]);
  });

  it("reach the theme, the scheme and the size of the text", async () => {
    const hosted = await HostedCall.joined();
    const { style } = document.documentElement;
    await hosted.host.request("configure", {
      ...{ theme: { "--sx-color-accent": "rgb(1, 2, 3)" }, colorScheme: "dark", textSize: 1.5 },
    });
    expect(getComputedStyle(hosted.view).getPropertyValue("--sx-color-accent")).to.equal(
      "rgb(1, 2, 3)",
    );
    expect(getComputedStyle(hosted.view).colorScheme).to.equal("dark");
    expect(style.fontSize).to.equal("150%");
    style.fontSize = "";
  });

  it("are all set but the one that is wrong, which is named", async () => {
    const hosted = await HostedCall.joined();
    const wrong = { relayOnly: true, smallWindow: "none" as "off" };
    const answer = await hosted.host.request("configure", wrong);
    expect(answer).to.deep.equal({ ignored: ["smallWindow"] });
    expect([hosted.view.relayOnly, hosted.view.smallWindow]).to.deep.equal([true, "browser"]);
  });
});

describe("the routes of the sound", () => {
  it("are the view's to offer, and none again where the host has none", async () => {
    const hosted = await HostedCall.joined();
    const routes = [{ id: "s", label: "Speaker", selected: true, kind: "speaker" as const }];
    await hosted.host.request("audio-routes", { routes });
    expect(hosted.view.audioRoutes).to.deep.equal(routes);
    await hosted.host.request("audio-routes", { routes: null });
    expect(hosted.view.audioRoutes).to.equal(null);
  });
});

describe("an app in a small window of the system", () => {
  const shown = ({ hideControls, pictures }: HostedView) => `${String(hideControls)} ${pictures}`;

  it("shows the other side's picture alone, and afterwards what it was", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    await hosted.host.request("picture-in-picture", { active: true });
    expect(shown(hosted.view)).to.equal("true remote");
    await hosted.host.request("picture-in-picture", { active: true });
    await hosted.host.request("picture-in-picture", { active: false });
    expect(shown(hosted.view)).to.equal("false all");
    await hosted.host.request("picture-in-picture", { active: false });
    expect(shown(hosted.view)).to.equal("false all");
  });

  it("takes new settings for afterwards", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    await hosted.host.request("picture-in-picture", { active: true });
    await hosted.host.request("configure", { pictures: "local", hideControls: true });
    expect(shown(hosted.view)).to.equal("true remote");
    await hosted.host.request("picture-in-picture", { active: false });
    expect(shown(hosted.view)).to.equal("true local");
  });

  it("goes on filming when it is no longer in front", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    await hosted.host.request("picture-in-picture", { active: true });
    await hosted.host.request("background", {});
    expect(hosted.calls.asked).to.deep.equal([]);
  });
});

describe("an app that is no longer seen", () => {
  it("releases the camera, and takes it again when it is seen", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    await hosted.host.request("background", {});
    await hosted.host.request("foreground", {});
    await hosted.host.request("foreground", {});
    expect(hosted.calls.asked).to.deep.equal([
      { type: "set-device", device: "camera", on: false },
      { type: "set-device", device: "camera", on: true },
    ]);
  });

  it("keeps it where the host says so, and takes none that was off", async () => {
    const filming = await HostedCall.joined(aSnapshot("connected"));
    await filming.host.request("background", { keepCamera: true });
    await filming.host.request("foreground", {});
    const speaking = await HostedCall.joined(aSnapshot("connected", "audio"));
    await speaking.host.request("background", {});
    await speaking.host.request("foreground", {});
    expect([...filming.calls.asked, ...speaking.calls.asked]).to.deep.equal([]);
  });

  it("takes no camera in another call, in one that is over, or against a later wish", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    await hosted.host.request("background", {});
    hosted.calls.show(aSnapshot("connected", "video", { callId: other }));
    await hosted.host.request("foreground", {});
    await hosted.host.request("background", {});
    hosted.calls.show(aSnapshot("ended", "video", { callId: other }));
    await hosted.host.request("foreground", {});
    hosted.calls.show(aSnapshot("connected"));
    await hosted.host.request("background", {});
    await hosted.host.request("set-camera", { on: false });
    await hosted.host.request("foreground", {});
    expect(
      hosted.calls.asked.filter((intent) => intent.type === "set-device" && intent.on),
    ).to.deep.equal([]);
  });
});

describe("the back button", () => {
  const press = (hosted: HostedCall) => hosted.host.request("back-button", {});

  it("is the host's where nothing is open", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    expect(await press(hosted)).to.deep.equal({ handled: false });
  });

  it("closes a panel", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    hosted.view.performScreenAction("security");
    await hosted.view.updateComplete;
    expect(hosted.view.shadowRoot!.querySelector("[part=panel]")).not.to.equal(null);
    expect(await press(hosted)).to.deep.equal({ handled: true });
    await hosted.view.updateComplete;
    expect(hosted.view.shadowRoot!.querySelector("[part=panel]") === null).to.equal(true);
    expect(await press(hosted)).to.deep.equal({ handled: false });
  });

  it("closes the menu of the toolbar, wherever the focus is", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    const { view } = hosted;
    Object.assign(view.parentElement!.style, { width: "390px", height: "700px" });
    await view.updateComplete;
    const toolbar = view.shadowRoot!.querySelector("sx-call-controls")!;
    await toolbar.updateComplete;
    toolbar.shadowRoot!.querySelector<HTMLElement>(".more")!.click();
    await toolbar.updateComplete;
    expect(toolbar.hasAttribute("menu-open")).to.equal(true);
    (toolbar.shadowRoot!.activeElement as HTMLElement | null)?.blur();
    expect(await press(hosted)).to.deep.equal({ handled: true });
    expect(toolbar.hasAttribute("menu-open")).to.equal(false);
    expect(await press(hosted)).to.deep.equal({ handled: false });
  });
});

describe("another network", () => {
  it("reaches the page as the browser's event", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    let heard = 0;
    const listener = () => heard++;
    addEventListener("online", listener);
    await hosted.host.request("network-changed", {});
    removeEventListener("online", listener);
    expect(heard).to.equal(1);
  });
});
