import { CallError } from "../errors.ts";
import { limits } from "./limits.ts";

/** Plain data: what JSON can say. */
export type Plain =
  null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

interface Shape {
  readonly depth: number;
  readonly values: number;
}

/**
 * Copies untrusted input into fresh plain data and measures it while it goes. After this nothing of the other side's objects is
 * touched again: no getter, proxy, `toJSON` or inherited property of theirs can answer one thing now and another later.
 *
 * @param untrusted anything at all.
 * @param maxSize the most characters that the value may have as JSON, roughly; reading stops there.
 * @param shape how deep it may be nested and how many values it may have; another protocol's messages have another shape.
 * @returns the copy, its objects without a prototype, and its size.
 * @throws {CallError} `too-large` over a limit, `bad-signal` where it is not plain data.
 */
export function plainCopy(
  untrusted: unknown,
  maxSize: number,
  shape: Shape = limits,
): { value: Plain; size: number } {
  const budget = new Budget(maxSize, shape);
  try {
    return { value: copy(untrusted, 0, budget), size: budget.size };
  } catch (thrown) {
    if (thrown instanceof CallError) throw thrown;
    // A getter or a proxy trap of theirs threw, or a revoked proxy was met.
    throw new CallError("bad-signal", "A signal could not be read as plain data.");
  }
}

class Budget {
  size = 0;
  readonly shape: Shape;
  #values = 0;
  readonly #maxSize: number;

  constructor(maxSize: number, shape: Shape) {
    this.#maxSize = maxSize;
    this.shape = shape;
  }

  spend(characters: number): void {
    this.size += characters;
    this.#values += 1;
    if (this.size > this.#maxSize || this.#values > this.shape.values) {
      throw new CallError("too-large", "A signal is larger than its limit.");
    }
  }
}

function copy(value: unknown, depth: number, budget: Budget): Plain {
  if (depth > budget.shape.depth) throw new CallError("bad-signal", "A signal is nested too deep.");
  switch (typeof value) {
    case "string":
      budget.spend(value.length + 2);
      return value;
    case "number":
      budget.spend(String(value).length);
      return value;
    case "boolean":
      budget.spend(5);
      return value;
    case "object":
      break;
    default:
      throw new CallError("bad-signal", "A signal holds something that is not plain data.");
  }
  budget.spend(4);
  if (value === null) return null;
  if (Array.isArray(value)) {
    // The length is read once: a proxy could grow between two readings.
    const { length } = value;
    if (length > budget.shape.values)
      throw new CallError("too-large", "A signal holds too long a list.");
    const list: Plain[] = [];
    for (let index = 0; index < length; index++) list.push(copy(value[index], depth + 1, budget));
    return list;
  }
  const record = Object.create(null) as Record<string, Plain>;
  // `for in` would list what a prototype adds, and `Object.keys` would build the whole list of a huge object first: both are
  // bounded here only by what the host's own JSON parser has already built in memory.
  for (const key of Object.keys(value)) {
    budget.spend(key.length + 3);
    const field = (value as Record<string, unknown>)[key];
    // JSON has no `undefined`: a field set to it is a field left out.
    if (field !== undefined) record[key] = copy(field, depth + 1, budget);
  }
  return record;
}
