import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { encodeReply, parseHostMessage } from "../../../src/hosts/simplex/simplex-host.ts";
import { hostile, marker } from "./hostile.ts";
import { keyText, wireSamples, wireTypes } from "./wire.ts";

describe("anything at all", () => {
  /** Made when it is used: fast-check itself looks at the values that it hands over, which a revoked proxy does not bear. */
  type Make = () => unknown;
  const made = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Make> =>
    arbitrary.map((value) => () => value);

  const anything = made(
    fc.anything({
      ...{
        withBigInt: true,
        withBoxedValues: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
      },
      ...{
        withObjectString: true,
        withSet: true,
        withSparseArray: true,
        withTypedArray: true,
        maxDepth: 3,
      },
    }),
  );
  const hostiles = fc.constantFrom<Make[]>(...Object.values(hostile));
  const names = fc.constantFrom(
    "__proto__",
    "constructor",
    "toJSON",
    "type",
    "length",
    "command",
    "corrId",
    "0",
  );
  const odd = [
    null,
    undefined,
    "",
    Number.NaN,
    -1,
    2 ** 53,
    marker,
    "x".repeat(5000),
    keyText,
    "__proto__",
  ];
  const values = fc.oneof(
    anything,
    hostiles,
    made(fc.jsonValue({ maxDepth: 3 })),
    made(fc.constantFrom(...odd)),
    made(fc.constantFrom(...wireTypes.flatMap((type) => Object.values(wireSamples[type])))),
  );
  const sample = fc.constantFrom(...wireTypes.map((type) => wireSamples[type]));

  const messageWith = (command: fc.Arbitrary<Make>) =>
    fc.tuple(fc.option(values), command).map(([corrId, make]) => () => ({
      ...(corrId && { corrId: corrId() }),
      command: make(),
    }));
  /** A command with one field changed, or one more. */
  const changed = sample.chain((command) =>
    fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(command)), names), values).map(
      ([name, make]) =>
        () =>
          Object.defineProperty({ ...command }, name, { value: make(), enumerable: true }),
    ),
  );
  /** The JSON text of a good command with some characters changed: packed texts are most of it. */
  const damaged = fc
    .tuple(
      sample,
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 2 })), {
        maxLength: 3,
      }),
    )
    .map(([command, changes]) =>
      changes.reduce(
        (text, [where, other]) => {
          const at = Math.floor(where * text.length);
          return text.slice(0, at) + other + text.slice(at + 1);
        },
        JSON.stringify({ corrId: 1, command }),
      ),
    );

  function expectWellBehaved(given: unknown): "taken" | "refused" {
    const parsed = parseHostMessage(given);
    if (!parsed.ok) {
      // Names of ours, and at most one short word of theirs.
      if (!/^[a-zA-Z0-9 .:]{1,100}$/.test(parsed.message))
        throw new Error(`message: ${parsed.message}`);
      encodeReply({ resp: { type: "error", message: parsed.message }, command: parsed.echo });
      return "refused";
    }
    // Accepted messages contain JSON data only: they are equal after serialisation.
    const again = parseHostMessage(encodeReply({ resp: { type: "ok" }, command: parsed.echo }));
    if (!again.ok || JSON.stringify(again.command) !== JSON.stringify(parsed.command))
      throw new Error("the echo is another");
    return "taken";
  }

  /** Seeded: a case that fails once fails always. */
  function fuzz(cases: fc.Arbitrary<Make>, numRuns: number): Record<"taken" | "refused", number> {
    const counts = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(cases, (make) => void (counts[expectWellBehaved(make())] += 1)),
      { numRuns, seed: 20_240_611 },
    );
    return counts;
  }

  it("is refused with a reason and never throws: 6,000 values and texts", () => {
    const json = fc.oneof(
      fc.json(),
      fc.json().map((text) => `{"command":${text}}`),
    );
    const counts = fuzz(
      fc.oneof(anything, hostiles, made(fc.string()), made(json), messageWith(values)),
      6000,
    );
    expect(counts.taken + counts.refused).to.equal(6000);
  });

  it("in a field of a good command is refused or taken as plain data: 8,000 commands", () => {
    const counts = fuzz(messageWith(changed), 8000);
    expect(counts.taken).to.be.greaterThan(500);
    expect(counts.refused).to.be.greaterThan(500);
  });

  it("on the way through a socket is refused or taken: 6,000 damaged texts", () => {
    const counts = fuzz(made(damaged), 6000);
    expect(counts.taken).to.be.greaterThan(500);
    expect(counts.refused).to.be.greaterThan(500);
  });
});
