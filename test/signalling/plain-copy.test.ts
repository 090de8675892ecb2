import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { parseSignal } from "../../src/signalling/messages.ts";
import { plainCopy, limits } from "../../src/signalling/plain-copy.ts";
import { samples, signalTypes } from "../support/signals.ts";
import { codeThrownBy } from "../support/thrown.ts";

const max = limits.messageSize;
const codeOf = (value: unknown) => codeThrownBy(() => plainCopy(value, max));

/** Values that JSON cannot express, or that no honest host would pass. */
const everything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 4,
});

describe("a copy of untrusted input", () => {
  for (const value of [
    null,
    true,
    false,
    0,
    -1.5,
    "",
    "text",
    [],
    {},
    [1, [2, { a: null }]],
    { a: { b: ["c"] } },
  ]) {
    it(`has the same plain data: ${JSON.stringify(value)}`, () => {
      expect(JSON.stringify(plainCopy(value, max).value)).to.equal(JSON.stringify(value));
    });
  }

  it("shares nothing with what was given", () => {
    const given = { list: [{ a: 1 }] };
    const { value } = plainCopy(given, max);
    given.list[0]!.a = 2;
    given.list.push({ a: 3 });
    expect(JSON.stringify(value)).to.equal('{"list":[{"a":1}]}');
  });

  it("has objects without a prototype, so that a field that was not sent is not found on one", () => {
    const { value } = plainCopy({}, max);
    expect(Object.getPrototypeOf(value)).to.equal(null);
    expect("toString" in (value as object)).to.equal(false);
  });

  it("takes `__proto__`, `constructor` and `prototype` for names like any other", () => {
    const hostile = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ) as unknown;
    const { value } = plainCopy(hostile, max);
    expect(Object.keys(value as object)).to.deep.equal(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
    expect((value as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it("leaves out a field that is set to undefined, as JSON does", () => {
    expect(Object.keys(plainCopy({ a: undefined, b: 1 }, max).value as object)).to.deep.equal([
      "b",
    ]);
  });

  it("takes an object's own enumerable fields only", () => {
    class Hidden {
      shown = 1;
      #secret = 2;
      get inherited() {
        return this.#secret;
      }
      toJSON() {
        return { other: this.#secret };
      }
    }
    const given = Object.defineProperty(new Hidden(), "quiet", { value: 3, enumerable: false });
    expect(Object.keys(plainCopy(given, max).value as object)).to.deep.equal(["shown"]);
  });

  it("measures about what JSON would", () => {
    for (const type of signalTypes) {
      const { size } = plainCopy(samples[type], max);
      const text = JSON.stringify(samples[type]).length;
      expect(size).to.be.within(text * 0.95, text * 1.1 + 20);
    }
  });
});

describe("input that is not plain data", () => {
  const odd: Record<string, unknown> = {
    undefined,
    "a function": () => 1,
    "a symbol": Symbol("x"),
    "a big integer": 1n,
    "a function in a list": [() => 1],
    "a symbol in a field": { a: Symbol("x") },
    "undefined in a list": [undefined],
    "a hole in a list": new Array(3),
  };
  for (const [name, value] of Object.entries(odd)) {
    it(`is refused: ${name}`, () => {
      expect(codeOf(value)).to.equal("bad-signal");
    });
  }

  it("is refused where it holds itself", () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    const list: unknown[] = [];
    list.push(list);
    expect([codeOf(ring), codeOf(list)]).to.deep.equal(["bad-signal", "bad-signal"]);
  });

  it("is refused where it is nested too deep, also where JSON could still say it", () => {
    let deep: unknown = 1;
    for (let level = 0; level < limits.depth + 1; level++) deep = { deep };
    expect(codeOf(deep)).to.equal("bad-signal");
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(codeOf(deep)).to.equal("bad-signal");
  });

  it("is refused where a getter throws, whatever it throws", () => {
    for (const thrown of [new Error("x"), "x", null, undefined]) {
      const given = {
        get a(): unknown {
          // Theirs to throw, not ours.
          // oxlint-disable-next-line typescript/only-throw-error
          throw thrown;
        },
      };
      expect(codeOf(given)).to.equal("bad-signal");
    }
  });

  it("is refused where a getter calls itself without end", () => {
    const given = {
      get a(): unknown {
        return this.a;
      },
    };
    expect(codeOf(given)).to.equal("bad-signal");
  });

  it("is refused where a proxy throws or was revoked", () => {
    const fault = () => {
      throw new TypeError("trap");
    };
    for (const trap of ["ownKeys", "get", "getOwnPropertyDescriptor"] as const) {
      expect(codeOf(new Proxy({ a: 1 }, { [trap]: fault }))).to.equal("bad-signal");
    }
    const revoked = Proxy.revocable({}, {});
    const revokedList = Proxy.revocable([], {});
    revoked.revoke();
    revokedList.revoke();
    expect([codeOf(revoked.proxy), codeOf(revokedList.proxy)]).to.deep.equal([
      "bad-signal",
      "bad-signal",
    ]);
  });
});

describe("input that changes while it is read", () => {
  it("is read once: a field cannot be one thing when it is checked and another when it is used", () => {
    let reads = 0;
    const given = {
      ...samples.end,
      get reason() {
        reads += 1;
        return reads === 1 ? "hung-up" : "not a reason";
      },
    };
    expect(parseSignal(given)).to.deep.equal(samples.end);
    expect(reads).to.equal(1);
  });

  it("has its length read once: a list cannot grow while it is copied", () => {
    let length = 2;
    const growing: unknown[] = new Proxy([1, 1], {
      get: (_, key) => (key === "length" ? length++ : 1),
    });
    const { value } = plainCopy(growing, max);
    expect(value).to.deep.equal([1, 1]);
  });

  it("ends where a list gives an endless length, a growing one or none", () => {
    const listOf = (length: unknown): unknown[] =>
      new Proxy([], { get: (_, key) => (key === "length" ? length : 1) });
    let grown = 0;
    const growing = { valueOf: () => grown++ };
    for (const length of [Number.POSITIVE_INFINITY, 2 ** 53, growing])
      expect(codeOf(listOf(length))).to.equal("too-large");
    for (const length of [Number.NaN, "many", undefined, -1])
      expect(plainCopy(listOf(length), max).value).to.deep.equal([]);
    expect(codeOf(listOf(Symbol("x")))).to.equal("bad-signal");
  });

  it("ends where a proxy makes a new object at every step", () => {
    const endless = (): object => new Proxy({ a: 1, b: 1 }, { get: endless });
    expect(codeOf(endless())).to.equal("bad-signal");
  });
});

describe("input that is too large", () => {
  const large: Record<string, () => unknown> = {
    "a text of 10 MB": () => "x".repeat(10_000_000),
    "a field of 10 MB": () => ({ ...samples.end, callId: "x".repeat(10_000_000) }),
    "a field's name of 10 MB": () => ({ ["x".repeat(10_000_000)]: 1 }),
    "a list of a million": () => Array.from({ length: 1_000_000 }, () => 0),
    "a list of a million holes": () => new Array<unknown>(1_000_000),
    "an object of a hundred thousand fields": () =>
      Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`f${at}`, 1])),
    "a million bytes": () => new Uint8Array(1_000_000),
    "more values than a message has": () =>
      Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => 1)),
  };
  for (const [name, make] of Object.entries(large)) {
    it(`is refused: ${name}`, () => {
      expect(codeOf(make())).to.equal("too-large");
      expect(codeThrownBy(() => parseSignal(make()))).to.equal("too-large");
    });
  }

  it("is refused exactly over its limit", () => {
    expect(codeThrownBy(() => plainCopy("x".repeat(98), 100))).to.equal(null);
    expect(codeThrownBy(() => plainCopy("x".repeat(99), 100))).to.equal("too-large");
  });
});

describe("the shape of another protocol's messages", () => {
  it("may be deeper and hold more values than ours, up to its own limits", () => {
    const wide = (count: number) => Array.from({ length: count }, () => 1);
    const shape = { depth: 8, values: 1000 };
    const deep = [[[[[[[[1]]]]]]]];
    const code = (value: unknown, other?: typeof shape) =>
      codeThrownBy(() => plainCopy(value, max, other));
    expect([code(wide(999)), code(deep)]).to.deep.equal(["too-large", "bad-signal"]);
    expect([code(wide(999), shape), code(deep, shape)]).to.deep.equal([null, null]);
    expect([code(wide(1000), shape), code([deep], shape)]).to.deep.equal([
      "too-large",
      "bad-signal",
    ]);
  });

  it("may be narrower than ours too", () => {
    const shape = { depth: 1, values: 3 };
    const code = (value: unknown) => codeThrownBy(() => plainCopy(value, max, shape));
    expect([code([1, 2]), code([1, 2, 3]), code([[1]])]).to.deep.equal([
      null,
      "too-large",
      "bad-signal",
    ]);
  });
});

describe("anything at all", () => {
  it("is copied or refused, and nothing but a call error is thrown", () => {
    fc.assert(
      fc.property(everything, (value) => {
        codeOf(value);
        codeThrownBy(() => parseSignal(value));
      }),
      { numRuns: 2000 },
    );
  });

  it("in any field of a good message is refused or taken as plain data of its type", () => {
    const places = signalTypes.flatMap((type) =>
      Object.keys(samples[type]).map((field) => ({ type, field })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), everything, ({ type, field }, value) => {
        // JSON has one zero only.
        fc.pre(!Object.is(value, -0));
        const code = codeThrownBy(() => {
          const taken = parseSignal({ ...samples[type], [field]: value });
          // Accepted values contain JSON data only: they are equal after serialisation.
          expect(parseSignal(JSON.parse(JSON.stringify(taken)))).to.deep.equal(taken);
        });
        expect(code).to.be.oneOf([null, "bad-signal", "too-large", "unsupported-version"]);
      }),
      { numRuns: 2000 },
    );
  });

  it("as JSON text gives a copy that says the same as the text", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const code = codeThrownBy(() => {
          const copy = plainCopy(value, max).value;
          expect(JSON.parse(JSON.stringify(copy))).to.deep.equal(JSON.parse(JSON.stringify(value)));
        });
        expect(code).to.be.oneOf([null, "too-large", "bad-signal"]);
      }),
    );
  });
});
