import { expect } from "@open-wc/testing";
import { Lazy } from "../../src/controller/lazy.ts";

/** A part that loads when the test says, and how often it was asked for. */
function aPart() {
  const asked: { resolve: (part: string) => void; reject: (reason: Error) => void }[] = [];
  let begin!: () => void;
  const first = new Promise<void>((resolve) => (begin = resolve));
  const lazy = new Lazy(
    () => new Promise<string>((resolve, reject) => asked.push({ resolve, reject })),
    () => first,
  );
  return { lazy, asked, begin };
}

describe("a lazily loaded part", () => {
  it("is loaded once, after what goes before it", async () => {
    const { lazy, asked, begin } = aPart();
    const soon = [lazy.loadWhenIdle(), lazy.loadWhenIdle()];
    await Promise.resolve();
    expect([asked.length, lazy.part]).to.deep.equal([0, null]);
    begin();
    await Promise.resolve();
    await Promise.resolve();
    asked[0]?.resolve("part");
    expect(await Promise.all([...soon, lazy.load()])).to.deep.equal(["part", "part", "part"]);
    expect([asked.length, lazy.part]).to.deep.equal([1, "part"]);
  });

  it("loads at once on request, for all that wait", async () => {
    const { lazy, asked } = aPart();
    const soon = lazy.loadWhenIdle();
    const now = lazy.load();
    expect(asked.length).to.equal(1);
    asked[0]?.resolve("part");
    expect(await Promise.all([soon, now])).to.deep.equal(["part", "part"]);
  });

  it("tells everybody that it did not load, and is tried again by the next who asks", async () => {
    const { lazy, asked } = aPart();
    const both = [lazy.loadWhenIdle(), lazy.load()].map((promise) =>
      promise.then(String, (reason: unknown) => (reason as Error).message),
    );
    asked[0]?.reject(new Error("offline"));
    expect(await Promise.all(both)).to.deep.equal(["offline", "offline"]);
    const again = lazy.load();
    asked[1]?.resolve("part");
    expect([await again, lazy.part]).to.deep.equal(["part", "part"]);
  });
});
