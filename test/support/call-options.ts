/** Default options of a host. */
export { defaultOptions as callOptions } from "../../src/controller/call-options.ts";
