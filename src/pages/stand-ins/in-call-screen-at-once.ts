import { InCallScreen } from "../../elements/call-view/in-call/in-call-screen.ts";
import type { loadInCallChunk as replaced } from "../../elements/call-view/in-call/load-in-call-chunk.ts";
import { CallError } from "../../errors.ts";

const none = () => {
  throw new CallError("internal", "This page shows the calls of its app only.");
};

/** For the pages of other messengers, which run the calls themselves and register the elements that they want. */
export const loadInCallChunk: typeof replaced = () =>
  Promise.resolve({
    openScreen: (host, parts) => new InCallScreen(host, parts),
    run: none,
    isAuthorOf: none,
    get resumptions() {
      return none();
    },
  });
