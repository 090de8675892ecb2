// Gives unit tests in Node the names that tests in a browser have: a file moves from one to the other by its name alone.
import LZString from "lz-string";
import { afterAll, beforeAll } from "vitest";

export { expect } from "vitest";
export { aTimeout, waitUntil } from "@open-wc/testing-helpers/pure";

// In a page lz-string is a classic script that leaves a global.
Object.assign(globalThis, { before: beforeAll, after: afterAll, LZString });
