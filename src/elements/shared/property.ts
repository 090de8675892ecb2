import type { PropertyDeclaration } from "lit";
import { property as litProperty } from "lit/decorators.js";
import { numberConverter, switchConverter } from "./read-property.ts";

/** The method of an element that reads what a host sets. */
export const readGiven = Symbol("read given");

interface Reading {
  [readGiven](name: string, given: unknown): unknown;
}

const converters = new Map<unknown, PropertyDeclaration["converter"]>([
  [Boolean, switchConverter],
  [Number, numberConverter],
]);

/** As TypeScript wants a decorator of a field. What it returns counts for an accessor, whose own descriptor would come back otherwise. */
type Decorator = (prototype: Reading, name: string) => void;

/**
 * A public property: Lit's, whose values come through one door. Beside fields that the element sets itself, `@state()`.
 */
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
