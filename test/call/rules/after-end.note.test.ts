import { expect } from "@open-wc/testing";
import { mayLeaveNote } from "../../../src/call/rules/after-end.ts";
import { aRecord, aSnapshot } from "../../../stories/support/snapshots.ts";
import { outcomes } from "../../../stories/support/unions.ts";

describe("a note may be left", () => {
  it("by a caller whom nobody has answered, who was declined, or who found the line busy", () => {
    const may = outcomes.filter((outcome) =>
      mayLeaveNote({ state: "ended", direction: "outgoing", record: aRecord({ outcome }) }),
    );
    expect([...may].sort()).to.deep.equal(["busy", "declined", "unanswered"]);
  });

  it("by nobody else, and not before the end", () => {
    const record = aRecord({ outcome: "declined" });
    expect(mayLeaveNote({ state: "ended", direction: "incoming", record })).to.equal(false);
    expect(mayLeaveNote({ state: "ended", direction: "outgoing", record: null })).to.equal(false);
    expect(mayLeaveNote(aSnapshot("ringing", "audio"))).to.equal(false);
  });
});
