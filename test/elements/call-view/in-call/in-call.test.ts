import "sx-call-kit/define";
import { expect, oneEvent } from "@open-wc/testing";
import { render } from "lit";
import { english, type CallSnapshot, type DeviceStatus, type RemoteMediaStatus } from "sx-call-kit";
import type { QualityBars } from "../../../../src/call/state/quality.ts";
import type { CallTracks } from "../../../../src/controller/call-source.ts";
import { icon } from "../../../../src/elements/shared/icons.ts";
import { bob, mallory } from "../../../../stories/support/contacts.ts";
import { plainTrack } from "../../../../stories/support/drawn-tracks.ts";
import { aProtection, aSnapshot } from "../../../../stories/support/snapshots.ts";
import { protections } from "../../../../stories/support/unions.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const { show } = CallViewHarness;

const aTrack = () => plainTrack("#456");
const off: DeviceStatus = { state: "off", problem: null };
const on: DeviceStatus = { state: "on", problem: null };
const remote = (changes: Partial<RemoteMediaStatus>) => ({
  known: true,
  microphone: true,
  camera: true,
  screen: false,
  ...changes,
});
const signs = (harness: CallViewHarness) =>
  [...harness.root.querySelectorAll(".sign")].map((sign) =>
    sign.textContent.replace(/\s+/g, " ").trim(),
  );
const withoutIsolates = (words: string) => words.replace(/[\u2068\u2069]/g, "");
const playing = (harness: CallViewHarness, selector: string) =>
  (
    harness.root.querySelector<HTMLMediaElement>(selector)?.srcObject as MediaStream | null
  )?.getTracks() ?? [];

describe("the screen of a running call", () => {
  it("plays the pictures silently and the sounds apart from them", async () => {
    const tracks: Partial<CallTracks> = {
      remoteCamera: aTrack(),
      localCamera: aTrack(),
      remoteMicrophone: aTrack(),
    };
    const harness = await show(aSnapshot("connected"), { tracks });
    expect(playing(harness, "video.picture")).to.deep.equal([tracks.remoteCamera]);
    expect(playing(harness, ".self-view video")).to.deep.equal([tracks.localCamera]);
    expect(playing(harness, "audio")).to.deep.equal([tracks.remoteMicrophone]);
    for (const video of harness.root.querySelectorAll("video")) {
      expect([video.muted, video.autoplay, video.playsInline]).to.deep.equal([true, true, true]);
    }
    expect(harness.root.querySelector("audio")!.muted).to.be.false;
  });

  /** What is rendered, and the next task of the page, in their order. */
  async function orderOf(harness: CallViewHarness, change: () => void): Promise<string[]> {
    const order: string[] = [];
    const observer = new MutationObserver(() => {
      if (!order.includes("screen")) order.push("screen");
    });
    observer.observe(harness.root, { subtree: true, childList: true, characterData: true });
    change();
    // An engine's answer is a task of its own. Of two timers the one that is due first runs first, however late both are.
    setTimeout(() => order.push("task"));
    await waitUntil(() => order.length === 2, "rendered");
    observer.disconnect();
    await harness.settled();
    return order;
  }

  it("waits for a moment when a call begins to connect, on either side, in which the engine needs the page", async () => {
    const harness = await show(aSnapshot("ringing"));
    for (const before of ["incoming", "ringing"] as const) {
      await harness.changeTo(aSnapshot(before));
      const order = await orderOf(harness, () => harness.calls.show(aSnapshot("connecting")));
      expect(order, before).to.deep.equal(["task", "screen"]);
      expect(harness.text).to.include(english.connecting);
    }
  });

  it("shows a call that is connected by then at once", async () => {
    const harness = await show(aSnapshot("ringing"));
    const order = await orderOf(harness, () => {
      harness.calls.show(aSnapshot("connecting"));
      harness.calls.show(aSnapshot("connected"));
    });
    expect(order).to.deep.equal(["screen", "task"]);
  });

  it("has the numbers of its clock ready before the call is connected: an engine takes its time for the first", async () => {
    const languages: unknown[] = [];
    const { NumberFormat } = Intl;
    Intl.NumberFormat = class extends NumberFormat {
      constructor(...given: ConstructorParameters<typeof NumberFormat>) {
        super(...given);
        languages.push(given[0]);
      }
    } as typeof NumberFormat;
    const { lang } = document.documentElement;
    document.documentElement.lang = "is";
    try {
      const harness = await show(aSnapshot("connecting"));
      await waitUntil(() => languages.includes("is"), "no format was made while connecting");
      languages.length = 0;
      await harness.changeTo({ ...aSnapshot("connected"), connectedAt: Date.now() });
      expect(harness.root.querySelector("[part=timer]")).to.not.equal(null);
      expect(languages).to.deep.equal([]);
    } finally {
      document.documentElement.lang = lang;
      Intl.NumberFormat = NumberFormat;
    }
  });

  it("keeps the element of a picture from one state to the next, so that it never blinks", async () => {
    const tracks = { remoteCamera: aTrack(), localCamera: aTrack() };
    const harness = await show(aSnapshot("connecting"), { tracks });
    const [picture, self] = harness.root.querySelectorAll("video");
    await harness.changeTo(aSnapshot("connected"));
    await harness.changeTo(aSnapshot("reconnecting"));
    expect([...harness.root.querySelectorAll("video")]).to.deep.equal([picture, self]);
  });

  it("fills the screen with one's own picture until the other side is there", async () => {
    const localCamera = aTrack();
    const harness = await show(aSnapshot("ringing"), { tracks: { localCamera } });
    const self = harness.root.querySelector(".self-view")!;
    expect(self.getBoundingClientRect().width).to.equal(390);
    await harness.changeTo(aSnapshot("connected"), { localCamera, remoteCamera: aTrack() });
    expect(harness.root.querySelector(".self-view")).to.equal(self);
    await waitUntil(() => harness.root.getAnimations().length === 0);
    expect(self.getBoundingClientRect().width).to.be.below(140);
  });

  it("mirrors one's own picture of the front camera only", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: { localCamera: aTrack() } });
    const mirrored = () =>
      harness.root.querySelector(".self-view video")!.classList.contains("mirrored");
    expect(mirrored()).to.be.true;
    await harness.changeTo(
      aSnapshot("connected", "video", {
        local: { microphone: on, camera: on, screen: off, facing: "environment" },
      }),
    );
    expect(mirrored()).to.be.false;
  });

  it("shows a shared screen whole and the person small", async () => {
    const tracks = { remoteCamera: aTrack(), remoteScreen: aTrack() };
    const harness = await show(
      aSnapshot("connected", "video", { remote: remote({ screen: true }) }),
      { tracks },
    );
    expect(playing(harness, "video.picture")).to.deep.equal([tracks.remoteScreen]);
    expect(getComputedStyle(harness.root.querySelector("video.picture")!).objectFit).to.equal(
      "contain",
    );
    expect(playing(harness, ".person-tile video")).to.deep.equal([tracks.remoteCamera]);
  });

  it("says what the other side tells of its devices", async () => {
    const harness = await show(
      aSnapshot("connected", "video", { remote: remote({ microphone: false, camera: false }) }),
    );
    expect(signs(harness)).to.deep.equal(["Ann Petersen is muted", "Camera is off"]);
  });

  it("says nothing of the other side's devices before it has reported them", async () => {
    const silent = { known: false, microphone: false, camera: false, screen: false };
    expect(signs(await show(aSnapshot("connected", "video", { remote: silent })))).to.deep.equal(
      [],
    );
  });

  it("says that one is muted: in words, or on one's own picture", async () => {
    const muted = { microphone: off, camera: off, screen: off, facing: null };
    expect(signs(await show(aSnapshot("connected", "audio", { local: muted })))).to.deep.equal([
      "You are muted",
    ]);
    const seen = await show(aSnapshot("connected", "video", { local: { ...muted, camera: on } }), {
      tracks: { localCamera: aTrack() },
    });
    expect(signs(seen)).to.deep.equal([]);
    expect(seen.part("self-view").ariaLabel).to.contain("You are muted");
    expect(seen.isVisible(".badge")).to.be.true;
  });

  it("says that one shares the screen, and why a device does not work", async () => {
    const failed: DeviceStatus = { state: "failed", problem: "device-busy" };
    const local = { microphone: on, camera: failed, screen: on, facing: null };
    expect(signs(await show(aSnapshot("connected", "video", { local })))).to.deep.equal([
      `${english.sharing} ${english.stopSharing} ${english.pauseSharing} ${english.shareOther}`,
      `${english.deviceBusy("camera")} ${english.tryAgain}`,
    ]);
  });

  it("pauses a shared screen, shares something else, and says on both sides that it is a still", async () => {
    const local = { microphone: on, camera: off, screen: on, facing: null };
    const harness = await show(aSnapshot("connected", "audio", { local }));
    harness.part("pause-sharing").click();
    harness.part("share-other").click();
    harness.calls.show(
      aSnapshot("connected", "audio", { local: { ...local, screenPaused: true } }),
    );
    await harness.settled();
    expect(signs(harness)).to.deep.equal([
      `${english.sharingPaused} ${english.stopSharing} ${english.resumeSharing} ${english.shareOther}`,
    ]);
    harness.part("pause-sharing").click();
    expect(harness.calls.asked).to.deep.equal([
      { type: "pause-screen", on: true },
      { type: "change-screen" },
      { type: "pause-screen", on: false },
    ]);
    await expect(harness.element).to.be.accessible();
    const theirs = await show(
      aSnapshot("connected", "video", { remote: remote({ screen: true, screenPaused: true }) }),
    );
    expect(signs(theirs).map(withoutIsolates)).to.deep.equal([
      english.remoteSharingPaused("Ann Petersen"),
    ]);
  });

  it("says that a screen is shared without its sound, and why", async () => {
    const silent: DeviceStatus = { ...on, isSilenced: true };
    const local = { microphone: on, camera: off, screen: silent, facing: null };
    expect(signs(await show(aSnapshot("connected", "audio", { local })))).to.deep.equal([
      `${english.sharingSilent} ${english.stopSharing} ${english.pauseSharing} ${english.shareOther}`,
    ]);
  });

  it("says what the system of a side has taken, in words that claim no more, and offers to try again", async () => {
    const taken: DeviceStatus = { state: "interrupted", problem: null };
    const local = { microphone: taken, camera: taken, screen: off, facing: null };
    const own = await show(aSnapshot("connected", "video", { local }));
    expect(signs(own)).to.deep.equal([
      `${english.deviceInterrupted("microphone")} ${english.tryAgain}`,
      `${english.deviceInterrupted("camera")} ${english.tryAgain}`,
    ]);
    own.part("try-again").click();
    expect(own.calls.asked).to.deep.equal([{ type: "set-device", device: "microphone", on: true }]);
    const theirs = async (interrupted: ("microphone" | "camera")[], media: "audio" | "video") => {
      const state = Object.fromEntries(interrupted.map((device) => [device, false]));
      const harness = await show(
        aSnapshot("connected", media, { remote: remote({ ...state, interrupted }) }),
      );
      return signs(harness).map(withoutIsolates);
    };
    expect(await theirs(["microphone"], "video")).to.deep.equal([
      english.remoteInterrupted("microphone", "Ann Petersen"),
    ]);
    expect(await theirs(["camera"], "video")).to.deep.equal([
      english.remoteInterrupted("camera", "Ann Petersen"),
    ]);
    expect(await theirs(["microphone", "camera"], "video")).to.deep.equal([
      english.remoteElsewhere("Ann Petersen"),
    ]);
  });

  it("stops sharing the screen by a button in its sign, on every size that has buttons", async () => {
    const local = { microphone: on, camera: off, screen: on, facing: null };
    const sharing = aSnapshot("connected", "audio", { local });
    for (const size of [
      [240, 400],
      [320, 300],
      [390, 600],
      [599, 320],
      [800, 600],
    ]) {
      const harness = await show(sharing, { size });
      const button = harness.part("stop-sharing");
      button.scrollIntoView({ block: "nearest" });
      const { x, y, width, height } = button.getBoundingClientRect();
      expect(height, String(size)).to.be.at.least(44);
      expect(
        harness.root.elementFromPoint(x + width / 2, y + height / 2)?.closest("button"),
        String(size),
      ).to.equal(button);
      button.click();
      expect(harness.calls.asked).to.deep.equal([
        { type: "set-device", device: "screen", on: false },
      ]);
      harness.element.remove();
    }
    const { element } = await show(sharing);
    element.hideControls = true;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector("[part=stop-sharing]")).to.be.null;
  });

  for (const status of protections) {
    it(`shows the measured protection: ${status}`, async () => {
      const harness = await show(
        aSnapshot("connected", "audio", { protection: aProtection(status) }),
      );
      const lock = harness.root.querySelector("[part~=lock]")!;
      expect(lock.textContent.trim()).to.equal(english[`protection.${status}`]);
      // Only measured protection has the closed lock.
      const closed = document.createElement("div");
      render(icon("lock"), closed);
      const pathOf = (root: ParentNode) => root.querySelector("path")!.getAttribute("d");
      expect(pathOf(lock) === pathOf(closed)).to.equal(status === "protected");
    });
  }

  it("says for its first three seconds that the call is being secured, and a fault at once", async () => {
    const words = async (status: (typeof protections)[number], age: number) => {
      const harness = await show(
        aSnapshot("connected", "audio", {
          protection: aProtection(status),
          connectedAt: Date.now() - age,
        }),
      );
      const lock = harness.root.querySelector<HTMLElement>("[part~=lock]")!;
      await harness.openPanel();
      expect(harness.part("panel-title").textContent.trim()).to.equal(lock.textContent.trim());
      return lock.textContent.trim();
    };
    for (const status of ["none", "one-way"] as const) {
      expect(await words(status, 500)).to.equal("Securing the call…");
      expect(await words(status, 3500)).to.equal(english[`protection.${status}`]);
    }
    for (const status of protections.filter((each) => !["none", "one-way"].includes(each)))
      expect(await words(status, 500)).to.equal(english[`protection.${status}`]);
  });

  it("says so by itself once the three seconds are over", async () => {
    const harness = await show(
      aSnapshot("connected", "audio", {
        protection: aProtection("one-way"),
        connectedAt: Date.now() - 1500,
      }),
    );
    const words = () => harness.lock.textContent.trim();
    expect(words()).to.equal("Securing the call…");
    await waitUntil(() => words() === english["protection.one-way"], "it stays");
  });

  it("says in words that the connection is weak, while it is, and nothing is worse", async () => {
    const quality = (bars: QualityBars) => ({
      ...{ bars, roundTripMilliseconds: 300, lossPercent: 12, jitterMilliseconds: 40 },
      ...{ freezesPerMinute: 4, incomingKbps: 90, outgoingKbps: 90, relayed: false },
      ...{ sending: "audio" as const, reason: null },
    });
    const shown = (bars: QualityBars, changes: Partial<CallSnapshot> = {}) =>
      aSnapshot("connected", "audio", { quality: quality(bars), ...changes });
    const harness = await show(shown(4));
    const said: string[][] = [];
    for (const bars of [3, 2, 1, 0, 3] as const) {
      await harness.changeTo(shown(bars));
      said.push(signs(harness));
    }
    expect(said).to.deep.equal([
      [],
      ["Weak connection"],
      ["Very weak connection"],
      ["Nothing arrives"],
      [],
    ]);
    for (const weak of ["sending", "receiving"] as const) {
      await harness.changeTo(shown(2, { quality: { ...quality(2), weak } }));
      expect(signs(harness).map(withoutIsolates)).to.deep.equal([
        english[`weak.${weak}`]("Ann Petersen"),
      ]);
    }
    await harness.changeTo(shown(1, { protection: aProtection("tampered") }));
    expect(signs(harness)).to.deep.equal([english["about.tampered"]]);
    await harness.changeTo(shown(1, { held: { local: true, remote: false } }));
    expect(signs(harness)).to.deep.equal([]);
  });

  it("has bars whose shape is seen: hollow ones beside full ones", async () => {
    const harness = await show(
      aSnapshot("connected", "video", {
        quality: { ...aSnapshot("connected").quality!, bars: 2 },
      }),
      { tracks: { remoteCamera: aTrack() } },
    );
    const looks = [...harness.root.querySelectorAll(".top-bar .bars rect")].map((bar) => {
      const { fill, stroke, opacity } = getComputedStyle(bar);
      return [fill, stroke, opacity];
    });
    const white = "rgb(255, 255, 255)";
    expect(looks).to.deep.equal([
      ...[1, 2].map(() => [white, white, "1"]),
      ...[3, 4].map(() => ["none", white, "1"]),
    ]);
  });

  it("shows no lock before anything was measured", async () => {
    for (const state of ["inviting", "ringing", "connecting"] as const) {
      expect((await show(aSnapshot(state))).has("lock"), state).to.be.false;
    }
  });

  it("dims the last picture while it reconnects, and shows the attempt", async () => {
    const harness = await show(aSnapshot("reconnecting"), { tracks: { remoteCamera: aTrack() } });
    expect(getComputedStyle(harness.root.querySelector("video.picture")!).filter).to.contain(
      "brightness",
    );
    expect(harness.text).to.contain(
      "Reconnecting… The connection was lost. Asking Ann Petersen for a new path. The call ends in ",
    );
  });
});

describe("the layout of a running call", () => {
  const tracks = () => ({ remoteCamera: aTrack(), localCamera: aTrack() });
  const box = (harness: CallViewHarness, selector: string) => {
    const outer = harness.element.getBoundingClientRect();
    const { left, right, top, bottom, width, height } = harness.root
      .querySelector(selector)!
      .getBoundingClientRect();
    return {
      left: left - outer.left,
      right: outer.right - right,
      top: top - outer.top,
      bottom: outer.bottom - bottom,
      width,
      height,
    };
  };

  it("fits a phone: picture to all edges, large targets, nothing over anything", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: tracks() });
    expect(box(harness, "video.picture")).to.include({ left: 0, right: 0, top: 0, bottom: 0 });
    for (const button of harness.controls.buttons)
      expect(button.getBoundingClientRect().width).to.be.at.least(48);
    expect(box(harness, ".self-view").bottom).to.be.above(box(harness, "sx-call-controls").height);
  });

  it("fits the narrowest phone", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: tracks(), size: [320, 560] });
    expect(box(harness, "sx-call-controls").left).to.be.at.least(0);
    expect(box(harness, "sx-call-controls").right).to.be.at.least(0);
    for (const button of harness.controls.buttons)
      expect(button.getBoundingClientRect().width).to.be.at.least(44);
  });

  it("stands the toolbar at the trailing edge of a phone on its side", async () => {
    const harness = await show(aSnapshot("connected"), { tracks: tracks(), size: [844, 390] });
    const { width, height, right, left } = box(harness, "sx-call-controls");
    expect(height).to.be.above(width);
    expect(right).to.be.below(left);
    harness.element.parentElement!.dir = "rtl";
    const mirrored = box(harness, "sx-call-controls");
    expect(mirrored.left).to.be.below(mirrored.right);
  });

  it("puts both people beside a shared screen in a wide window", async () => {
    const harness = await show(aSnapshot("connected"), {
      tracks: { ...tracks(), remoteScreen: aTrack() },
      size: [1000, 600],
    });
    // With the chunk of a shared screen, which has its layout.
    await waitUntil(() => harness.root.querySelector(".zoom-surface") !== null);
    const screen = box(harness, "video.picture");
    expect(screen.right).to.be.at.least(box(harness, ".person-tile").width);
    expect(screen.right).to.be.at.least(box(harness, ".self-view").width);
  });

  it("has nothing to press in a tiny window, only the person and a mute sign", async () => {
    const size = [200, 150];
    const muted = aSnapshot("connected", "video", { remote: remote({ microphone: false }) });
    const harness = await show(muted, { tracks: tracks(), size });
    for (const hidden of ["sx-call-controls", ".top-bar", ".self-view"])
      expect(harness.isVisible(hidden), hidden).to.be.false;
    expect(harness.isVisible(".sign.remote-muted")).to.be.true;
    const incoming = await show(aSnapshot("incoming"), { size });
    expect(incoming.incoming.buttons.filter((button) => button.checkVisibility())).to.deep.equal(
      [],
    );
    const ended = await show(aSnapshot("ended"), { size });
    expect(ended.buttons.filter((button) => button.checkVisibility())).to.deep.equal([]);
  });

  it("scrolls nowhere, however long the name is", async () => {
    for (const size of [
      [390, 700],
      [844, 390],
      [200, 150],
    ]) {
      const harness = await show(aSnapshot("connected", "audio"), { contact: mallory, size });
      const screen = harness.part("surface");
      expect(screen.scrollWidth, String(size)).to.equal(screen.clientWidth);
      expect(harness.part("name").textContent).to.contain("<img src=x");
    }
  });
});

describe("a contact's picture", () => {
  it("stands over the initials once it has loaded, and sends no referrer", async () => {
    const harness = await show(aSnapshot("connected", "audio"), { contact: bob });
    const image = harness.root.querySelector("img")!;
    await waitUntil(() => image.classList.contains("loaded"));
    expect([image.referrerPolicy, image.alt]).to.deep.equal(["no-referrer", ""]);
  });

  it("leaves the initials where it is broken", async () => {
    const contact = { id: "b", name: "Bob", avatarUrl: "data:image/png;base64,bm90IGFuIGltYWdl" };
    const harness = await show(aSnapshot("connected", "audio"), { contact });
    const image = harness.root.querySelector("img")!;
    if (!image.complete) await oneEvent(image, "error");
    expect(getComputedStyle(image).opacity).to.equal("0");
    expect(harness.root.querySelector(".initials")!.textContent).to.equal("B");
  });

  it("is not loaded from an invalid URL", async () => {
    const harness = await show(aSnapshot("connected", "audio"), { contact: mallory });
    expect(harness.root.querySelector("img")).to.be.null;
  });
});
