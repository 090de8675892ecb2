import { expect } from "@open-wc/testing";
import type { ReactiveController } from "lit";
import type { AlertSettings } from "../../../../src/controller/alerts.ts";
import {
  SystemIntegration,
  type SystemHost,
  type SystemParts,
} from "../../../../src/elements/call-view/behaviours/system-integration.ts";
import { SxCloseEvent } from "../../../../src/events/before-and-after-intents.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { states } from "../../../../stories/support/unions.ts";
import { settled } from "../../../support/virtual-clock.ts";

/** Records the calls to the parts, in order. */
class FakeParts implements SystemParts {
  readonly log: string[] = [];
  settings: AlertSettings | undefined;
  isAwake = false;
  shown: string | null = null;
  readonly alerts = {
    follow: (_calls: unknown, settings: AlertSettings) => void (this.settings = settings),
    hush: () => void this.log.push("hush"),
    resume: () => void this.log.push("resume"),
    release: () => void this.log.push("release"),
    test: (volume: number) => void this.log.push(`test ${volume}`),
  };
  readonly screen = { set: (wanted: boolean) => void (this.isAwake = wanted) };
  readonly system = {
    show: (_snapshot: unknown, name: string) => void (this.shown = name),
    release: () => void (this.shown = null),
  };
}

/** A view that is drawn when the test says so. */
class FakeView extends HTMLElement implements SystemHost {
  calls: SystemHost["calls"] = { snapshot: aSnapshot("idle"), others: [] };
  volume = 0.5;
  soundRegion: string | null = null;
  ring = false;
  noHaptics = false;
  noWakeLock = false;
  systemControls: SystemHost["systemControls"] = "buttons";
  readonly updateComplete = Promise.resolve(true);
  updates = 0;
  readonly #controllers: ReactiveController[] = [];

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {
    this.updates++;
  }
  draw(): void {
    for (const controller of this.#controllers) controller.hostUpdated?.();
  }
  connectedCallback(): void {
    for (const controller of this.#controllers) controller.hostConnected?.();
  }
  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }
}
customElements.define("fake-view", FakeView);

function shown(changes: Partial<SystemHost> = {}) {
  const view = Object.assign(new FakeView(), changes);
  const parts = new FakeParts();
  const attention = new SystemIntegration(
    view,
    () => ({ language: "de", name: "Ann" }),
    () => undefined,
    parts,
  );
  document.body.append(view);
  const show = (snapshot: ReturnType<typeof aSnapshot>) => {
    view.calls = { snapshot, others: [] };
    view.draw();
  };
  return { view, parts, attention, show };
}

describe("the attention of a call", () => {
  afterEach(() => {
    for (const view of document.querySelectorAll("fake-view")) view.remove();
  });

  it("keeps the screen on and shows the system its buttons while a call runs, and only then", () => {
    const { parts, show } = shown();
    for (const state of states) {
      show(aSnapshot(state, "audio"));
      const runs = !["idle", "incoming", "ended"].includes(state);
      expect([parts.isAwake, parts.shown], state).to.deep.equal([runs, runs ? "" : null]);
    }
  });

  it("does as the host chooses", () => {
    const { view, parts, show } = shown({
      noWakeLock: true,
      systemControls: "named",
      noHaptics: true,
      ring: true,
      volume: 1,
    });
    show(aSnapshot("connected"));
    expect([parts.isAwake, parts.shown]).to.deep.equal([false, "Ann"]);
    expect(parts.settings).to.deep.equal({
      volume: 1,
      ring: true,
      haptics: false,
      region: null,
      language: "de",
    });
    view.noWakeLock = false;
    view.systemControls = "off";
    view.soundRegion = "AT";
    view.draw();
    expect([parts.isAwake, parts.shown, parts.settings?.region]).to.deep.equal([true, null, "AT"]);
  });

  it("releases everything with the view, and takes nothing up while it is away", () => {
    const { view, parts, show } = shown();
    show(aSnapshot("connected"));
    view.remove();
    expect([parts.isAwake, parts.shown, parts.log.splice(0)]).to.deep.equal([
      false,
      null,
      ["release"],
    ]);
    view.draw();
    expect([parts.isAwake, parts.shown]).to.deep.equal([false, null]);
  });

  it("goes on where the view was moved", () => {
    const { view, parts, show } = shown();
    show(aSnapshot("connected"));
    const { updates } = view;
    const place = document.createElement("div");
    document.body.append(place);
    place.append(view);
    expect(view.updates).to.equal(updates + 1);
    view.draw();
    expect([parts.isAwake, parts.shown]).to.deep.equal([true, ""]);
    place.remove();
  });

  it("takes any press in the view for the permission to sound", () => {
    const { view, parts, attention } = shown();
    let plays = 0;
    // No more of an element is used than is here.
    const audio = {
      paused: true,
      play: () => Promise.resolve(plays++),
    } as unknown as HTMLMediaElement;
    attention.sound.refused(audio);
    for (const name of ["pointerup", "keydown", "click"]) {
      view.dispatchEvent(new Event(name));
    }
    expect([plays, parts.log]).to.deep.equal([3, ["resume", "resume", "resume"]]);
  });

  it("renders the view when sound is blocked, and when it is not any more", async () => {
    const { view, attention } = shown();
    const { updates } = view;
    const audio = document.createElement("audio");
    attention.sound.refused(audio);
    await settled();
    expect(view.updates).to.equal(updates + 1);
    attention.sound.settled(audio);
    await settled();
    expect(view.updates).to.equal(updates + 2);
  });

  it("ends a tone with the screen that it belongs to", () => {
    const { view, parts } = shown();
    view.dispatchEvent(new SxCloseEvent());
    expect(parts.log).to.deep.equal(["hush"]);
  });
});
