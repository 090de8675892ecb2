import { expect } from "@open-wc/testing";
import { BlockedSound } from "../../../../src/elements/call-view/behaviours/system-integration.ts";

/** An element that plays as the browser of the test allows it. */
class FakeAudio {
  paused = true;
  allowed = false;

  play(): Promise<void> {
    if (!this.allowed)
      return Promise.reject(new DOMException("Press something first.", "NotAllowedError"));
    this.paused = false;
    // Nothing has arrived yet to be heard.
    return new Promise(() => undefined);
  }

  /** The type that the code under test expects. It uses no other members of an element. */
  get asElement(): HTMLMediaElement {
    return this as unknown as HTMLMediaElement;
  }
}

function blocked(...elements: FakeAudio[]) {
  let changes = 0;
  const sound = new BlockedSound(() => changes++);
  for (const { asElement } of elements) sound.refused(asElement);
  return { sound, changes: () => changes };
}

describe("sound that the browser holds back", () => {
  it("is reported once for several elements, and once when none is left", () => {
    const [one, two] = [new FakeAudio(), new FakeAudio()];
    const { sound, changes } = blocked(one, two);
    sound.refused(one.asElement);
    expect([sound.isBlocked, changes()]).to.deep.equal([true, 1]);
    sound.settled(one.asElement);
    sound.settled(one.asElement);
    expect([sound.isBlocked, changes()]).to.deep.equal([true, 1]);
    sound.settled(two.asElement);
    expect([sound.isBlocked, changes()]).to.deep.equal([false, 2]);
  });

  it("plays at a press, also before anything arrives to be heard", () => {
    const [one, two] = [new FakeAudio(), new FakeAudio()];
    const { sound } = blocked(one, two);
    one.allowed = two.allowed = true;
    sound.retry();
    expect([one.paused, two.paused, sound.isBlocked]).to.deep.equal([false, false, false]);
  });

  it("stays held back where the browser refuses again", () => {
    const audio = new FakeAudio();
    const { sound } = blocked(audio);
    sound.retry();
    expect([audio.paused, sound.isBlocked]).to.deep.equal([true, true]);
  });
});
