import { expect } from "@open-wc/testing";
import { painted } from "../../src/controller/lazy.ts";

describe("a lazily loaded part", () => {
  it("waits for a frame to be painted", async () => {
    let frames = 0;
    const count = () => {
      frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await painted();
    // In a page that is not painted at all it goes on, too.
    expect(frames >= 2 || document.hidden).to.equal(true);
  });
});
