import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import type { SxNoteDetail } from "sx-call-kit";
import { aRecord, aSnapshot, anEnding } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const unanswered = { reason: "unanswered", by: "none", problem: null } as const;

/** An outgoing call that nobody has answered. */
const ended = () => ({
  ...anEnding(unanswered),
  direction: "outgoing" as const,
  record: aRecord({ outcome: "unanswered", durationSeconds: 0, protection: "none" }),
});

class NoteHarness {
  readonly view: CallViewHarness;
  readonly tracks: MediaStreamTrack[] = [];
  readonly notes: SxNoteDetail[] = [];

  private constructor(view: CallViewHarness) {
    this.view = view;
    const { element } = view;
    element.addEventListener("sx-note", ({ detail }) => this.notes.push(detail));
    element.mediaDevices = {
      enumerateDevices: () => Promise.resolve([]),
      getUserMedia: async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        this.tracks.push(...stream.getTracks());
        return stream;
      },
    };
  }

  static async show(snapshot = ended(), notes = true): Promise<NoteHarness> {
    const view = await CallViewHarness.show(snapshot);
    const harness = new NoteHarness(view);
    view.element.notes = notes;
    await view.settled();
    return harness;
  }

  get isLive(): boolean {
    return this.tracks.some(({ readyState }) => readyState === "live");
  }

  async press(part: string): Promise<void> {
    await this.until(part);
    this.view.part(part).click();
    await this.view.settled();
  }

  /** Waits until there is something to keep. */
  async untilHeard(): Promise<void> {
    await this.until("note-time");
    await waitUntil(() => !this.view.part("note-time").textContent.startsWith("00:00"), "time");
  }

  until(part: string): Promise<void> {
    return waitUntil(() => this.view.has(part), part);
  }
}

describe("a note", () => {
  it("is offered where the host sends it, and nowhere else", async () => {
    expect((await NoteHarness.show()).view.names).to.include("Leave a voice note");
    expect((await NoteHarness.show(ended(), false)).view.has("leave-note")).to.equal(false);
    const talked = aSnapshot("ended", "audio");
    expect((await NoteHarness.show(talked as never)).view.has("leave-note")).to.equal(false);
    const video = { ...ended(), media: "video" as const };
    expect((await NoteHarness.show(video)).view.names).to.include("Leave a video note");
  });

  it("is recorded, heard and handed to the host, and the microphone is released at its stop", async () => {
    const harness = await NoteHarness.show();
    await harness.press("leave-note");
    await harness.until("note-stop");
    expect([harness.isLive, harness.view.text.includes("Recording")]).to.deep.equal([true, true]);
    await expect(harness.view.element).to.be.accessible();
    await harness.untilHeard();
    await harness.press("note-stop");
    await harness.until("note-play");
    expect(harness.isLive).to.equal(false);
    expect(harness.view.names).to.deep.equal(["Play", "Send note", "Record again", "Discard"]);
    await waitUntil(() => harness.view.focused === "Play");
    await expect(harness.view.element).to.be.accessible();
    await harness.press("note-send");
    expect(harness.notes).to.have.lengthOf(1);
    const [note] = harness.notes;
    expect(note?.callId).to.equal(ended().callId);
    expect(note?.mimeType).to.match(/^audio\//);
    expect(note?.blob).to.be.instanceOf(Blob);
    expect(note?.durationMs).to.be.within(0, 120_000);
    expect(harness.view.text).to.contain("Your note is on its way");
    expect(harness.view.has("leave-note")).to.equal(false);
  });

  it("goes through the effects that were on in the call, and through no others", async () => {
    for (const isOn of [true, false]) {
      const voice = { noiseSuppression: null, voiceIsolation: isOn };
      const harness = await NoteHarness.show({ ...ended(), voice });
      const processed: string[] = [];
      const process = (track: MediaStreamTrack) => (processed.push(track.kind), track);
      harness.view.element.effects = [
        { feature: "voiceIsolation", process },
        { feature: "backgroundBlur", process },
      ];
      await harness.press("leave-note");
      await harness.until("note-stop");
      expect(processed).to.deep.equal(isOn ? ["audio"] : []);
      await harness.press("note-discard");
    }
  });

  it("can be recorded again, and discarded without a trace", async () => {
    const harness = await NoteHarness.show();
    await harness.press("leave-note");
    await harness.untilHeard();
    await harness.press("note-stop");
    await harness.press("note-again");
    await harness.until("note-stop");
    expect(harness.isLive).to.equal(true);
    await harness.press("note-discard");
    expect([harness.isLive, harness.view.has("note"), harness.notes.length]).to.deep.equal([
      false,
      false,
      0,
    ]);
    expect(harness.view.has("leave-note")).to.equal(true);
  });

  it("ends for a call that comes in, and is kept until after it", async () => {
    const harness = await NoteHarness.show();
    await harness.press("leave-note");
    await harness.untilHeard();
    harness.view.calls.show(aSnapshot("incoming", "audio", { callId: "bmV4dCBjYWxsIGhlcmUhIQ" }));
    await harness.view.settled();
    expect([harness.isLive, harness.view.has("note")]).to.deep.equal([false, false]);
    harness.view.calls.show(anEnding({ reason: "declined", by: "local", problem: null }));
    await harness.until("note-play");
    expect(harness.view.text).to.contain("A call came in, so the recording stopped.");
    await harness.press("note-send");
    expect(harness.notes[0]?.callId).to.equal(ended().callId);
  });

  it("leaves no microphone open where the page is hidden or the view is removed", async () => {
    const hidden = await NoteHarness.show();
    await hidden.press("leave-note");
    await hidden.until("note-stop");
    dispatchEvent(new Event("pagehide"));
    expect(hidden.isLive).to.equal(false);
    const removed = await NoteHarness.show();
    await removed.press("leave-note");
    await removed.until("note-stop");
    removed.view.element.remove();
    expect(removed.isLive).to.equal(false);
  });

  it("says in plain words that the microphone is refused, and tries again", async () => {
    const harness = await NoteHarness.show();
    const { mediaDevices } = harness.view.element;
    harness.view.element.mediaDevices = {
      ...mediaDevices!,
      getUserMedia: () => Promise.reject(new DOMException("", "NotAllowedError")),
    };
    await harness.press("leave-note");
    await harness.until("note-retry");
    expect(harness.view.text).to.contain("Your microphone is blocked.");
    expect(harness.view.names).to.deep.equal(["Try again", "Close"]);
    await harness.press("note-discard");
    expect(harness.view.has("note")).to.equal(false);
  });
});
