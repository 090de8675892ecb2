import { expect } from "@open-wc/testing";
import { english } from "sx-call-kit";
import {
  announcement,
  endingWords,
  statusLine,
} from "../../../src/elements/call-view/status-text.ts";
import { deviceWords } from "../../../src/elements/call-view/in-call/badges.ts";
import type { Localize } from "../../../src/elements/words/strings.ts";
import { aSnapshot, anEnding } from "../../../stories/support/snapshots.ts";
import { endReasons, errorCodes, sides, states, steps } from "../../../stories/support/unions.ts";

const localize: Localize = (key, ...given) => {
  const word = english[key] as string | ((...all: unknown[]) => string);
  return typeof word === "string" ? word : word(...given);
};
const contact = { name: "Ann" };

describe("the words of a call", () => {
  for (const step of steps) {
    it(`name the step "${step}" of connecting`, () => {
      const line = statusLine({
        snapshot: aSnapshot("connecting", "video", { step }),
        contact,
        localize,
      });
      expect(line).to.match(/…$/);
      expect(line).to.equal(english[`step.${step}`](contact.name));
    });
  }

  it("tell starting from calling and calling from ringing", () => {
    const line = (snapshot: ReturnType<typeof aSnapshot>) =>
      statusLine({ snapshot, contact, localize });
    expect(line(aSnapshot("inviting", "audio", { step: "devices" }))).to.equal("Starting…");
    expect(line(aSnapshot("inviting"))).to.equal("Calling…");
    expect(line(aSnapshot("ringing"))).to.equal("Ringing…");
  });

  for (const code of errorCodes) {
    it(`say what happened and what to do for "${code}"`, () => {
      const { title, advice } = endingWords({
        snapshot: anEnding({ reason: "failed", by: "none", problem: code }),
        contact,
        localize,
      });
      expect(title).to.match(/^[A-Z].*[a-z]$/);
      expect(advice).to.match(/^[A-Z].*\.$/);
      expect(title).to.not.contain(code);
    });
  }

  for (const reason of endReasons) {
    for (const by of sides) {
      it(`say how a call ended: ${reason}, by ${by}`, () => {
        const { title, advice } = endingWords({
          snapshot: anEnding({ reason, by, problem: null }),
          contact,
          localize,
        });
        expect(title).to.match(/^[A-Z].*[a-z]$/);
        expect(advice).to.equal("");
      });
    }
  }

  it("never say that no connection was possible of a call that had one", () => {
    const ending = { reason: "failed", by: "none", problem: "connection-failed" } as const;
    const title = (connectedAt: number | null) =>
      endingWords({ snapshot: { ...anEnding(ending), connectedAt }, contact, localize }).title;
    expect([title(null), title(1_000_000)]).to.deep.equal([
      english["error.connection-failed"],
      english.connectionLost,
    ]);
  });

  it("keep what connecting was stuck on where the other side says that the call failed", () => {
    const stuck = { reason: "no-answer", server: null } as const;
    const snapshot = anEnding({ reason: "failed", by: "remote", problem: null }, "audio", {
      stuck,
    });
    const { title, advice } = endingWords({ snapshot, contact, localize });
    expect(title).to.equal("The call failed on Ann’s device");
    expect(advice).to.match(/^[A-Z].*\.$/);
  });

  it("announce every state but the idle one", () => {
    for (const state of states) {
      const said = announcement({ snapshot: aSnapshot(state), contact, localize });
      expect(said !== "", state).to.equal(state !== "idle");
    }
  });

  it("say why a device does not work", () => {
    expect(deviceWords("camera", "permission-denied", localize)).to.contain("blocked");
    expect(deviceWords("microphone", "device-not-found", localize)).to.contain(
      "No microphone was found",
    );
    expect(deviceWords("microphone", "device-busy", localize)).to.contain("doesn’t start");
    expect(deviceWords("screen", "internal", localize)).to.contain("Screen sharing did not start");
  });
});
