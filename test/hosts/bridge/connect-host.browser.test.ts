import {
  SxNoteEvent,
  SxTranscriptEvent,
  SxPictureInPictureEvent,
} from "../../../src/events/screen-events.ts";
import { expect } from "@open-wc/testing";
import { CallError } from "../../../src/errors.ts";
import { SxCallBackEvent, SxCloseEvent } from "../../../src/events/before-and-after-intents.ts";
import { SxChooseRouteEvent } from "../../../src/events/call-intents.ts";
import { HostError } from "../../../src/hosts/bridge/call-page.ts";
import { aSnapshot, aRecord, aWaitingCall } from "../../../stories/support/snapshots.ts";
import { HostedCall, parsed } from "../../support/hosts/hosted-call.ts";
import { samples } from "../../support/signals.ts";
import { waitUntil } from "../../support/wait-until.ts";

const callId = "c3RvcmllcyBhbmQgdGVzdA";

describe("what the page tells its host", () => {
  it("begins with capabilities and snapshot", async () => {
    const hosted = await HostedCall.joined(aSnapshot("incoming", "video"));
    const { page, version, capabilities, snapshot } = hosted.reported("ready")[0]!;
    expect(page).to.match(/^[0-9a-f]{32}$/);
    expect(version).to.equal(1);
    expect(snapshot.state).to.equal("incoming");
    expect(capabilities).to.include({
      webrtc: true,
      secureContext: true,
      mediaDevices: true,
      worker: "script-transform",
    });
  });

  it("tells a note as base64, in parts of a bounded size", async () => {
    const hosted = await HostedCall.joined();
    const bytes = Uint8Array.from({ length: 800_000 }, (_, at) => at % 251);
    const detail = {
      callId,
      blob: new Blob([bytes], { type: "audio/webm" }),
      mimeType: "audio/webm",
      durationMs: 1500,
    };
    hosted.view.dispatchEvent(new SxNoteEvent(detail));
    await waitUntil(() => hosted.reported("note").length === 2);
    const reported = hosted.reported("note");
    expect(
      reported.map(({ part, parts, mimeType, durationMs }) => [part, parts, mimeType, durationMs]),
    ).to.deep.equal([
      [0, 2, "audio/webm", 1500],
      [1, 2, "audio/webm", 1500],
    ]);
    const joined = reported.map(({ base64 }) => atob(base64)).join("");
    expect(joined.length).to.equal(bytes.length);
    expect(joined.charCodeAt(799_999)).to.equal(799_999 % 251);
  });

  it("tells what was written, as plain data", async () => {
    const hosted = await HostedCall.joined();
    const messages = [{ from: "remote", text: "Hello", at: 1_700_000_000_000 }] as const;
    hosted.view.dispatchEvent(new SxTranscriptEvent({ callId, messages }));
    await waitUntil(() => hosted.reported("transcript").length > 0);
    expect(hosted.reported("transcript")).to.deep.equal([{ callId, messages: [...messages] }]);
  });

  it("is every fact of the view, in order", async () => {
    const hosted = await HostedCall.joined();
    const { calls } = hosted;
    calls.notify({ type: "signal", message: samples.ringing });
    calls.show(aSnapshot("incoming"));
    calls.notify({ type: "incoming", callId, media: "video" });
    calls.show(aSnapshot("connected"));
    calls.notify({ type: "waiting", callId, media: "audio" });
    calls.notify({ type: "held", callId, held: true, by: "remote" });
    calls.notify({ type: "error", error: new CallError("device-busy", "In use.") });
    calls.show(aSnapshot("ended"));
    calls.notify({ type: "ended", record: aRecord() });
    await hosted.untilReported("call-ended");
    expect(hosted.types.filter((type) => type !== "ready")).to.deep.equal([
      ...([
        "signal",
        "state-changed",
        "ring",
        "incoming",
        "protection-changed",
        "state-changed",
        "ring",
        "keep-awake",
      ] as const),
      ...([
        "call-waiting",
        "call-held",
        "error",
        "protection-changed",
        "state-changed",
        "keep-awake",
        "call-ended",
      ] as const),
    ]);
    expect(hosted.reported("signal")).to.deep.equal([{ message: samples.ringing }]);
    expect(hosted.reported("incoming")).to.deep.equal([{ callId, media: "video" }]);
    expect(hosted.reported("call-waiting")).to.deep.equal([{ callId, media: "audio" }]);
    expect(hosted.reported("call-held")).to.deep.equal([{ callId, held: true, by: "remote" }]);
    expect(hosted.reported("error")).to.deep.equal([{ code: "device-busy", message: "In use." }]);
    expect(hosted.reported("call-ended")).to.deep.equal([{ record: aRecord() }]);
    expect(hosted.reported("ring").map(({ on }) => on)).to.deep.equal([true, false]);
    expect(hosted.reported("keep-awake").map(({ on }) => on)).to.deep.equal([true, false]);
    expect(hosted.reported("state-changed").map(({ snapshot }) => snapshot.state)).to.deep.equal([
      "incoming",
      "connected",
      "ended",
    ]);
    expect(hosted.reported("protection-changed")[0]!.protection.status).to.equal("protected");
  });

  it("is the check of the security code, and a device that is refused", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    const { local } = aSnapshot("connected");
    const refused = { state: "failed", problem: "permission-denied" } as const;
    hosted.calls.show(
      aSnapshot("connected", "video", {
        verification: { local: true, remote: null },
        local: { ...local, camera: refused },
      }),
    );
    expect(await hosted.untilReported("permission-needed")).to.deep.equal({ device: "camera" });
    expect(hosted.reported("security-code-checked")).to.deep.equal([
      { match: true, code: "41 31 01 52 20 63 09" },
    ]);
  });

  it("includes intents that only the host can perform", async () => {
    const hosted = await HostedCall.joined();
    const { view } = hosted;
    view.dispatchEvent(new SxChooseRouteEvent({ id: "earpiece" }));
    expect(view.dispatchEvent(new SxCallBackEvent({ media: "video", callId }))).to.equal(false);
    expect(view.dispatchEvent(new SxCloseEvent())).to.equal(true);
    await hosted.untilReported("close");
    expect(hosted.reported("choose-route")).to.deep.equal([{ id: "earpiece" }]);
    expect(hosted.reported("call-back")).to.deep.equal([{ media: "video", callId }]);
  });

  it("is the wish for a small window, where the host has them", async () => {
    const hosted = await HostedCall.joined();
    const { view } = hosted;
    expect(view.dispatchEvent(new SxPictureInPictureEvent({ on: true }))).to.equal(true);
    view.smallWindow = "host";
    expect(view.dispatchEvent(new SxPictureInPictureEvent({ on: true }))).to.equal(false);
    view.dispatchEvent(new SxPictureInPictureEvent({ on: false }));
    await waitUntil(() => hosted.reported("picture-in-picture").length === 2);
    expect(hosted.reported("picture-in-picture")).to.deep.equal([
      { wanted: true },
      { wanted: false },
    ]);
  });

  it("is the snapshot of a call that the page takes leave of, to resume it from", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    dispatchEvent(new Event("pagehide"));
    const { state, snapshot } = await hosted.untilReported("state-changed");
    expect([state, snapshot.callId]).to.deep.equal(["connected", callId]);
    hosted.calls.show(aSnapshot("ended"));
    await waitUntil(() => hosted.reported("state-changed").length === 2);
    dispatchEvent(new Event("pagehide"));
    await hosted.host.request("get-snapshot", {});
    expect(hosted.reported("state-changed")).to.have.length(2);
  });
});

describe("a message of the host", () => {
  it("is answered under its id, with what came of it", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    page.hear('{"v":1,"id":"x1","type":"set-microphone","data":{"on":false}}');
    await waitUntil(() => parsed(page.posted.at(-1)).re === "x1");
    expect(parsed(page.posted.at(-1))).to.deep.equal({ v: 1, re: "x1", type: "ok", data: {} });
    expect(hosted.calls.asked).to.deep.equal([
      { type: "set-device", device: "microphone", on: false },
    ]);
  });

  it("is answered by the code of the call where it failed", async () => {
    const hosted = await HostedCall.joined();
    hosted.calls.failure = new CallError("device-not-found", "There is no camera.");
    const thrown = await hosted.host.request("set-camera", { on: true }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(HostError);
    expect(thrown).to.include({ code: "device-not-found", message: "There is no camera." });
  });

  it("is answered by internal where something else was thrown, without its words", async () => {
    const hosted = await HostedCall.joined();
    hosted.calls.failure = new TypeError("a=candidate secret");
    const thrown = await hosted.host.request("flip-camera", {}).catch((error: unknown) => error);
    expect(thrown).to.include({
      code: "internal",
      message: "The call kit has a defect.",
    });
  });

  it("is answered by no word where it has no id and nothing failed", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    const before = page.posted.length;
    page.hear('{"v":1,"type":"set-microphone","data":{"on":false}}');
    await hosted.host.request("get-snapshot", {});
    expect(page.posted.slice(before).map((text) => parsed(text).type)).to.deep.equal(["ok"]);
  });

  it("is answered by an error without an id where it had none and failed", async () => {
    const hosted = await HostedCall.joined();
    hosted.calls.failure = new CallError("not-possible", "No.");
    hosted.ends.page.hear('{"v":1,"type":"hold"}');
    expect(await hosted.untilReported("error")).to.deep.equal({
      code: "not-possible",
      message: "No.",
    });
  });

  it("is refused by its id where it is none of the page's", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    const codes: unknown[] = [];
    for (const text of [
      ...[
        '{"v":1,"id":1,"type":"explode"}',
        '{"v":1,"id":2,"type":"set-camera"}',
        '{"v":3,"id":3,"type":"hold"}',
        "nonsense",
      ],
      `"${"x".repeat(4_194_303)}"`,
    ]) {
      page.hear(text);
      const { re, data } = parsed(page.posted.at(-1));
      codes.push([re, data.code]);
    }
    expect(codes).to.deep.equal([
      ...[
        [1, "unknown-type"],
        [2, "bad-message"],
        [3, "unsupported-version"],
        [undefined, "bad-message"],
      ],
      [undefined, "too-large"],
    ]);
  });

  it("that is itself an answer is never answered", async () => {
    const hosted = await HostedCall.joined();
    const { page } = hosted.ends;
    const before = page.posted.length;
    for (const text of [
      ...[
        '{"v":1,"type":"error","data":{"code":"a","message":"b"}}',
        '{"v":1,"re":4,"type":"ok"}',
        '{"v":1,"re":4,"type":"x"}',
      ],
      '{"v":1,"type":"error","data":7}',
    ]) {
      page.hear(text);
    }
    expect(page.posted.length).to.equal(before);
  });
});

describe("the host is asked nothing more than it needs", () => {
  it("and learns of a waiting call with the others by their snapshots", async () => {
    const hosted = await HostedCall.joined(aSnapshot("connected"));
    hosted.calls.show(aSnapshot("connected"), {}, [aWaitingCall()]);
    const answer = await hosted.host.request("get-snapshot", {});
    expect(answer.snapshot.state).to.equal("connected");
    expect(answer.others).to.have.length(1);
  });
});
