import { expect } from "@open-wc/testing";
import { anything, assert, constantFrom, dictionary, oneof, property } from "fast-check";
import {
  isWithin,
  readAnswer,
  readCall,
  readPageMessage,
  readSettings,
  readWorkerMessage,
} from "../../../src/hosts/notifications/notification-messages.ts";
import { callId, settingsIn } from "../../support/notifications/fakes.ts";

const scope = "https://a.example/app/";
const call = { callId, media: "video", expiresAt: 2000 };
const answer = { callId, action: "accept", until: 2000 };

describe("what travels between a page, its worker and a notification", () => {
  it("is a call: only the known fields, and at most ten minutes ahead", () => {
    expect(readCall({ ...call, active: "hold", sdp: "v=0", name: "Ann" }, 1000)).to.deep.equal({
      ...call,
      active: "hold",
    });
    expect(readCall({ ...call, active: "drop" }, 1000)).to.deep.equal(call);
    expect(readCall({ ...call, expiresAt: Infinity }, 1000)?.expiresAt).to.equal(601_000);
    for (const wrong of [
      { callId: "AAAA" },
      { callId: `${callId}A` },
      { media: "screen" },
      { expiresAt: NaN },
      { expiresAt: "1" },
    ]) {
      expect(readCall({ ...call, ...wrong }, 1000)).to.equal(null);
    }
  });

  it("is an answer: accept or decline, nothing else", () => {
    expect(readAnswer({ ...answer, active: "end", more: 1 })).to.deep.equal({
      ...answer,
      active: "end",
    });
    for (const wrong of [{ action: "ignore" }, { callId: "../answers" }, { until: null }]) {
      expect(readAnswer({ ...answer, ...wrong })).to.equal(null);
    }
  });

  it("is settings: pages within the scope and pictures of the origin, nothing else", () => {
    const good = settingsIn(scope, {
      showName: true,
      silent: false,
      vibrate: [1, 2],
      icon: "https://a.example/icon.png",
    });
    expect(readSettings(good, scope)).to.deep.equal(good);
    for (const wrong of [
      { callPage: "https://b.example/app/" },
      { callPage: "https://a.example/other/" },
      { callPage: "/app/" },
      { callPage: "javascript:0" },
      { icon: "https://b.example/icon.png" },
      { badge: "data:image/png;base64,AA" },
      { texts: [] },
      { texts: [{}] },
      { showName: 1 },
      { silent: "yes" },
      { vibrate: ["1"] },
    ]) {
      expect(readSettings({ ...good, ...wrong }, scope), JSON.stringify(wrong)).to.equal(null);
    }
  });

  it("is in a scope as the browser reads scopes, and never by a likeness of the origin", () => {
    expect(isWithin("https://a.example/app/call#x", scope)).to.equal(true);
    expect(isWithin("https://a.example/", scope)).to.equal(false);
    expect(isWithin("https://a.example.evil/app/", "https://a.example")).to.equal(false);
  });

  it("is nothing at all where it is anything else", () => {
    const part = constantFrom(
      "sx-call-page",
      "sx-call-asked",
      "sx-call-answer",
      "accept",
      callId,
      scope,
      2000,
      null,
    );
    const key = constantFrom(
      "type",
      "settings",
      "answer",
      "callId",
      "action",
      "until",
      "texts",
      "callPage",
      "icon",
    );
    const nested = dictionary(key, oneof(part, anything()));
    const hostile = oneof(anything(), nested, dictionary(key, oneof(part, nested)));
    assert(
      property(hostile, (value) => {
        const read = readWorkerMessage(value);
        if (read?.type === "sx-call-asked") expect(read.callId).to.equal(callId);
        if (read?.type === "sx-call-answer")
          expect(readAnswer(read.answer)).to.deep.equal(read.answer);
        expect(readPageMessage(value, scope)).to.equal(null);
        expect(readSettings(value, scope)).to.equal(null);
        const found = readCall(value, 0);
        if (found !== null) expect(found.callId).to.equal(callId);
      }),
      { numRuns: 3000 },
    );
  });
});
