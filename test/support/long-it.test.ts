import { expect } from "@open-wc/testing";
import { registerFiles } from "../../.config/register-files.js";
import { longIt } from "./long-it.ts";

type Registering = (name: string, body: () => void) => void;

describe("a page of browser tests", () => {
  const mocha = { describe: globalThis.describe, it: globalThis.it };
  let registered: string[];
  let path: string[];

  beforeEach(() => {
    registered = [];
    path = [];
    const suite: Registering = (name, body) => {
      path.push(name);
      body();
      path.pop();
    };
    const test: Registering = (name) => void registered.push([...path, name].join(" › "));
    const only = () => undefined;
    Object.assign(globalThis, {
      describe: Object.assign(suite, { only, skip: only }),
      it: Object.assign(test, { only, skip: only }),
    });
  });

  afterEach(() => {
    Object.assign(globalThis, mocha);
  });

  /** What a file has: one test that stands for a kind, and one that repeats it, also in a suite of a suite. */
  const load = () => {
    it("stands for its kind", () => undefined);
    describe("a suite", () => {
      describe("inside", () => {
        it("stands", () => undefined);
        longIt("repeats it", () => undefined);
      });
    });
    longIt("repeats it", () => undefined);
    return Promise.resolve();
  };

  it("leaves repeats out in the check", async () => {
    await registerFiles([["a.test.ts", load]], { long: false });
    expect(registered).to.deep.equal([
      "a.test.ts › stands for its kind",
      "a.test.ts › a suite › inside › stands",
    ]);
  });

  it("has nothing but repeats in the long tests", async () => {
    await registerFiles([["a.test.ts", load]], { long: true });
    expect(registered).to.deep.equal([
      "a.test.ts › a suite › inside › repeats it",
      "a.test.ts › repeats it",
    ]);
  });

  it("has all of a file that is long itself, and of a file beside it what is its own", async () => {
    await registerFiles(
      [
        ["a.test.ts", load],
        ["b.long.test.ts", load],
      ],
      { long: true },
    );
    expect(registered.filter((name) => name.startsWith("a"))).to.have.length(2);
    expect(registered.filter((name) => name.startsWith("b"))).to.deep.equal([
      "b.long.test.ts › stands for its kind",
      "b.long.test.ts › a suite › inside › stands",
      "b.long.test.ts › a suite › inside › repeats it",
      "b.long.test.ts › repeats it",
    ]);
  });

  it("is none where a file is run by itself: all are there", () => {
    void load();
    expect(registered).to.have.length(4);
  });
});
