import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import {
  MediaSessionControls,
  type CallSession,
} from "../../../../src/elements/call-view/behaviours/system-integration.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";

/** The session of a page: what is set in it now, and how often something was. */
class FakeSession implements CallSession {
  readonly handlers = new Map<string, () => void>();
  readonly active: Record<string, boolean> = {};
  settings = 0;
  metadata: MediaMetadata | null = null;
  /** An action that this engine does not know. */
  unknown = "";

  setActionHandler(action: string, handler: (() => void) | null): void {
    this.settings++;
    if (action === this.unknown) throw new TypeError("Unknown action.");
    if (handler) this.handlers.set(action, handler);
    else this.handlers.delete(action);
  }

  setMicrophoneActive(active: boolean): Promise<void> {
    this.active.microphone = active;
    return Promise.reject(new DOMException("Not now.", "InvalidStateError"));
  }

  setCameraActive(active: boolean): void {
    this.active.camera = active;
  }

  get title(): string | null {
    return this.metadata?.title ?? null;
  }

  get actions(): string[] {
    return [...this.handlers.keys()].sort();
  }
}

function controls() {
  const session = new FakeSession();
  const pressed: string[] = [];
  const system = new MediaSessionControls((event) => pressed.push(event.type), session);
  return { session, pressed, system };
}

describe("the system's buttons for a call", () => {
  it("fire the same events as the toolbar", () => {
    const { session, pressed, system } = controls();
    system.show(aSnapshot("connected"), "");
    for (const action of ["hangup", "togglemicrophone", "togglecamera"])
      session.handlers.get(action)!();
    expect(pressed).to.deep.equal(["sx-hang-up", "sx-toggle-microphone", "sx-toggle-camera"]);
    system.release();
  });

  it("are those that the call allows now, with the devices as they are", () => {
    const { session, system } = controls();
    system.show(aSnapshot("connected", "audio"), "");
    expect(session.actions).to.deep.equal(["hangup", "togglecamera", "togglemicrophone"]);
    expect(session.active).to.deep.equal({ microphone: true, camera: false });
    system.show(aSnapshot("connected", "audio", { actions: ["hang-up", "resume"] }), "");
    expect(session.actions).to.deep.equal(["hangup"]);
    system.release();
  });

  it("are set when something changes, not at every look", () => {
    const { session, system } = controls();
    const show = (changes: Partial<CallSnapshot>) =>
      system.show(aSnapshot("connected", "audio", changes), "");
    show({});
    show({ asOf: 1, relayed: true });
    expect(session.settings).to.equal(3);
    system.release();
  });

  it("name the contact only where the host allows it, and leave the host's own words alone otherwise", () => {
    const { session, system } = controls();
    session.metadata = new MediaMetadata({ title: "The host's" });
    system.show(aSnapshot("connected"), "");
    expect(session.title).to.equal("The host's");
    system.release();
    expect(session.title).to.equal("The host's");
    system.show(aSnapshot("connected"), "Ann Petersen");
    expect(session.title).to.equal("Ann Petersen");
    system.release();
    expect(session.title).to.equal(null);
  });

  it("are gone with the call, and say that nothing is recorded", () => {
    const { session, system } = controls();
    system.show(aSnapshot("connected"), "Ann");
    system.release();
    expect([session.actions, session.active]).to.deep.equal([
      [],
      { microphone: false, camera: false },
    ]);
    const { settings } = session;
    system.release();
    expect(session.settings).to.equal(settings);
  });

  it("belong to the view whose call began first, until that ends", () => {
    const [first, second] = [controls(), controls()];
    first.system.show(aSnapshot("connected"), "");
    second.system.show(aSnapshot("ringing"), "");
    second.system.release();
    expect([first.session.actions.length, second.session.settings]).to.deep.equal([3, 0]);
    first.system.release();
    second.system.show(aSnapshot("ringing"), "");
    expect(second.session.actions.length).to.equal(3);
    second.system.release();
  });

  it("lack one where the engine does not know it, and are none where it has no session", () => {
    const { session, system } = controls();
    session.unknown = "togglemicrophone";
    system.show(aSnapshot("connected"), "");
    expect(session.actions).to.deep.equal(["hangup", "togglecamera"]);
    system.release();
    const none = new MediaSessionControls(() => undefined, undefined);
    none.show(aSnapshot("connected"), "Ann");
    none.release();
  });

  it("are there in this browser", () => {
    const system = new MediaSessionControls(() => undefined);
    system.show(aSnapshot("connected"), "Ann Petersen");
    expect(navigator.mediaSession.metadata?.title).to.equal("Ann Petersen");
    system.release();
    expect(navigator.mediaSession.metadata === null).to.be.true;
  });
});
