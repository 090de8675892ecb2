import { expect } from "@open-wc/testing";
import { captureError } from "../../../src/media/devices/device-opener.ts";

describe("what a failed capture means", () => {
  it("follows the name of the platform's error", () => {
    const names = [
      "NotAllowedError",
      "SecurityError",
      "NotFoundError",
      "OverconstrainedError",
      "NotReadableError",
      "AbortError",
    ];
    expect(names.map((name) => captureError(new DOMException("x", name)))).to.deep.equal([
      "permission-denied",
      "permission-denied",
      "device-not-found",
      "device-not-found",
      "device-busy",
      "device-busy",
    ]);
  });

  it("is a device that does not start where the error is of no known kind, or none at all", () => {
    for (const thrown of [new TypeError("x"), "NotAllowedError", null, undefined])
      expect(captureError(thrown)).to.equal("device-busy");
  });
});
