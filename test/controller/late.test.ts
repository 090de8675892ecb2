import { expect } from "@open-wc/testing";
import { Late } from "../../src/controller/late.ts";

/** A part that loads when the test says, and how often it was asked for. */
function aPart() {
  const asked: { resolve: (part: string) => void; reject: (reason: Error) => void }[] = [];
  let begin!: () => void;
  const first = new Promise<void>((resolve) => (begin = resolve));
  const late = new Late(
    () => new Promise<string>((resolve, reject) => asked.push({ resolve, reject })),
    () => first,
  );
  return { late, asked, begin };
}

describe("a part that comes late", () => {
  it("is loaded once, after what goes before it", async () => {
    const { late, asked, begin } = aPart();
    const soon = [late.soon(), late.soon()];
    await Promise.resolve();
    expect([asked.length, late.part]).to.deep.equal([0, null]);
    begin();
    await Promise.resolve();
    await Promise.resolve();
    asked[0]?.resolve("part");
    expect(await Promise.all([...soon, late.load()])).to.deep.equal(["part", "part", "part"]);
    expect([asked.length, late.part]).to.deep.equal([1, "part"]);
  });

  it("loads at once on request, for all that wait", async () => {
    const { late, asked } = aPart();
    const soon = late.soon();
    const now = late.load();
    expect(asked.length).to.equal(1);
    asked[0]?.resolve("part");
    expect(await Promise.all([soon, now])).to.deep.equal(["part", "part"]);
  });

  it("tells everybody that it did not load, and is tried again by the next who asks", async () => {
    const { late, asked } = aPart();
    const both = [late.soon(), late.load()].map((promise) =>
      promise.then(String, (reason: unknown) => (reason as Error).message),
    );
    asked[0]?.reject(new Error("offline"));
    expect(await Promise.all(both)).to.deep.equal(["offline", "offline"]);
    const again = late.load();
    asked[1]?.resolve("part");
    expect([await again, late.part]).to.deep.equal(["part", "part"]);
  });
});
