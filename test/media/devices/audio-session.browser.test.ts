import { expect } from "@open-wc/testing";
import { watchPage, type AudioSession } from "../../../src/media/devices/audio-session.ts";

/** A session as Safari has it. */
class FakeSession extends EventTarget implements AudioSession {
  type = "auto";
  state = "active";

  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

describe("the audio session of a page with a call", () => {
  it("is one that plays and records, and afterwards as before, with two calls until the last has ended", () => {
    const session = new FakeSession();
    session.type = "ambient";
    const ends = [watchPage(() => undefined, session), watchPage(() => undefined, session)];
    expect(session.type).to.equal("play-and-record");
    ends[0]!();
    ends[0]!();
    expect(session.type).to.equal("play-and-record");
    ends[1]!();
    expect(session.type).to.equal("ambient");
  });

  it("tells the end of an interruption, not its beginning, and nothing after the call", () => {
    const session = new FakeSession();
    let times = 0;
    const end = watchPage(() => (times += 1), session);
    session.become("interrupted");
    expect(times).to.equal(0);
    session.become("active");
    session.become("active");
    expect(times).to.equal(1);
    session.become("interrupted");
    end();
    session.become("active");
    expect(times).to.equal(1);
  });

  it("is not needed: a page that is seen again is reported where the engine has none", () => {
    let times = 0;
    const end = watchPage(() => (times += 1), undefined);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(times).to.equal(1);
    end();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(times).to.equal(1);
  });
});
