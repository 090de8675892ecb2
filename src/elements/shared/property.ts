import type { PropertyDeclaration } from "lit";
import { property as litProperty } from "lit/decorators.js";
import { converters } from "./property-readers.ts";

/** Name of the method that reads values of a host. */
export const readGiven = Symbol("read given");

interface Reading {
  [readGiven](name: string, given: unknown): unknown;
}

/**
 * TypeScript's type of a field decorator. Its return value matters for an accessor, whose own descriptor would be restored
 * otherwise.
 */
type Decorator = (prototype: Reading, name: string) => void;

/** Declares a public property: Lit's, with validated values. Use `@state()` for fields that the element sets itself. */
export function property(options: PropertyDeclaration = {}): Decorator {
  return (prototype, name) => {
    const converter = converters.get(options.type);
    litProperty({ ...(converter && { converter }), ...options })(prototype, name);
    const declared = Object.getOwnPropertyDescriptor(prototype, name);
    const set = declared?.set;
    if (set === undefined) return declared;
    const read = {
      ...declared,
      set(this: Reading, given: unknown) {
        set.call(this, this[readGiven](name, given));
      },
    };
    Object.defineProperty(prototype, name, read);
    return read;
  };
}
