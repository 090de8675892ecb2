import { CallError } from "../errors.ts";

/**
 * Limits for messages of the other side. Each is about twice the maximum between two kits, for longer SDP of later engines. A
 * hostile message costs no more than reading it once.
 */
export const limits = {
  /** Characters of an `invite`, as JSON. */
  inviteSize: 8_192,
  /** Characters of any other message, as JSON. */
  messageSize: 32_768,
  /** Characters of one session description. */
  descriptionSize: 8_192,
  /** Candidates in one message. */
  candidates: 32,
  /** Characters of one candidate line. */
  candidateSize: 512,
  /** Characters of a message on the data channel. */
  controlSize: 16_384,
  /** Nesting depth of a message. Messages of the kit need 3. */
  depth: 6,
  /** Values in a message, counting every object, array and leaf. Messages of the kit need about 180. */
  values: 512,
} as const;

/** JSON data. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

interface Shape {
  readonly depth: number;
  readonly values: number;
}

/**
 * Copies untrusted input into new plain data, and measures it. The original is not accessed afterwards: no getter, proxy,
 * `toJSON` or inherited property can give different values later.
 *
 * @param untrusted any value.
 * @param maxSize maximum number of characters as JSON, approximately; reading stops there.
 * @param shape limits of nesting and number of values; other protocols have other limits.
 * @returns the copy, whose objects have no prototype, and its size.
 * @throws {CallError} `too-large` above a limit, `bad-signal` where it is not plain data.
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
    // A getter or proxy trap threw, or a proxy was revoked.
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
      throw new CallError("bad-signal", "A signal contains a value that is not plain data.");
  }
  budget.spend(4);
  if (value === null) return null;
  if (Array.isArray(value)) {
    // The length is read once: a proxy could grow between two readings.
    const { length } = value;
    if (length > budget.shape.values)
      throw new CallError("too-large", "A signal contains too long a list.");
    const list: Plain[] = [];
    for (let index = 0; index < length; index++) list.push(copy(value[index], depth + 1, budget));
    return list;
  }
  const record = Object.create(null) as Record<string, Plain>;
  // `for in` would include inherited properties. `Object.keys` builds a list of all keys first, which the host's JSON parser
  // has already bounded.
  for (const key of Object.keys(value)) {
    budget.spend(key.length + 3);
    const field = (value as Record<string, unknown>)[key];
    // JSON has no `undefined`: such a field counts as absent.
    if (field !== undefined) record[key] = copy(field, depth + 1, budget);
  }
  return record;
}
