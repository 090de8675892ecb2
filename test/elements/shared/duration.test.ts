import { expect } from "@open-wc/testing";
import { clockDuration, spokenDuration } from "../../../src/elements/shared/duration.ts";

describe("a duration", () => {
  it("is a clock of minutes and seconds, from an hour on with hours", () => {
    expect(clockDuration(0, "en")).to.equal("00:00");
    expect(clockDuration(5_999, "en")).to.equal("00:05");
    expect(clockDuration(754_300, "en")).to.equal("12:34");
    expect(clockDuration(3_599_999, "en")).to.equal("59:59");
    expect(clockDuration(3_600_000, "en")).to.equal("1:00:00");
    expect(clockDuration(360_000_000, "en")).to.equal("100:00:00");
  });

  it("is a clock in the digits of the language", () => {
    expect(clockDuration(754_300, "fa")).to.equal("۱۲:۳۴");
    expect(clockDuration(3_605_000, "ja")).to.equal("1:00:05");
  });

  it("is never negative, whatever the system's clock did", () => {
    expect(clockDuration(-5_000, "en")).to.equal("00:00");
  });

  it("is said in words of the language", () => {
    expect(spokenDuration(0, "en")).to.equal("0 sec");
    expect(spokenDuration(754, "en")).to.equal("12 min, 34 sec");
    expect(spokenDuration(3_660, "en")).to.equal("1 hr, 1 min");
    expect(spokenDuration(754, "de")).to.equal("12 Min., 34 Sek.");
  });
});
