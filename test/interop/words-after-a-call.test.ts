import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { skipsFirefox, type EngineName } from "../support/interop/browsers.ts";
import { betweenEngines, builtPage, carry, press, until } from "../support/interop/built-pages.ts";

/*
 * A call that is declined with words, and the note that its caller leaves, between the pages of two engines as built. Reads `dist/`, which
 * `npm test` builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

async function declinedWithNote(
  from: EngineName,
  to: EngineName,
  media: "audio" | "video" = "audio",
): Promise<void> {
  const [caller, callee] = await Promise.all([
    builtPage(from, served.origin),
    builtPage(to, served.origin),
  ]);
  const stop = carry(caller, callee);
  try {
    await caller.evaluate("view.notes = true");
    await callee.evaluate(`view.quickTexts = ["In a meeting.", "On my way \\u202e now"]`);
    await caller.evaluate(`void view.startCall({ media: "${media}" })`);
    await until(callee, `view.state === "incoming"`);
    await press(callee, "decline-with-text");
    await until(callee, `find("quick-text")`);
    await callee.evaluate(`find("texts").querySelectorAll("[part~=quick-text]")[1].click()`);
    await until(caller, `view.state === "ended"`);
    // Without the mark that would turn what follows.
    expect(await caller.evaluate("view.snapshot.ending.text")).toBe("On my way now");
    await until(caller, `find("text")?.textContent.includes("On my way now")`);
    expect(await callee.evaluate("view.snapshot.record.text")).toBe("On my way now");

    await press(caller, "leave-note");
    if (media === "video") await until(caller, `find("note-preview")?.videoWidth > 0`);
    await until(caller, `find("note-time") && !find("note-time").textContent.startsWith("00:00")`);
    await press(caller, "note-stop");
    // It can be seen before it is sent.
    if (media === "video") await until(caller, `find("note-picture")?.videoWidth > 0`);
    await press(caller, "note-send");
    await until(caller, "notes.length === 1");
    const note = (await caller.evaluate(
      "({ type: notes[0].mimeType, size: notes[0].blob.size, milliseconds: notes[0].durationMs, isOfCall: notes[0].callId === view.snapshot.record.callId })",
    )) as { type: string; size: number; milliseconds: number; isOfCall: boolean };
    expect(note.type).toMatch(new RegExp(`^${media}/(?:webm|ogg|mp4)`));
    expect(note.size).toBeGreaterThan(500);
    expect(note.milliseconds).toBeGreaterThan(500);
    expect(note.isOfCall).toBe(true);
  } finally {
    stop();
    await Promise.all([caller, callee].map((page) => page.browserContext().close()));
  }
}

describe("a call that is declined with words", () => {
  betweenEngines("shows them to the caller, who leaves a note", declinedWithNote);

  it(
    "leaves the caller of a video call a note with its picture",
    { tags: "long", timeout: 60_000 },
    () => declinedWithNote("chromium", "chromium", "video"),
  );

  it.skipIf(skipsFirefox)(
    "leaves a caller with Firefox a note with its picture",
    { tags: "long", timeout: 60_000 },
    () => declinedWithNote("firefox", "chromium", "video"),
  );
});
