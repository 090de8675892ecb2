import { HostError } from "../../../src/hosts/bridge/call-page.ts";

/** The code that a request was rejected with; anything else that was thrown in its words. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof HostError ? thrown.code : String(thrown);
