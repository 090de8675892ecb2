import { idleModel } from "../../call/state/model.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import type { createCallCenter as replacedCalls } from "../../controller/call-center.ts";
import { noLevels, noOthers, noTracks } from "../../controller/call-source.ts";
import type { loadInCallChunk as replacedChunk } from "../../elements/call-view/in-call/load-in-call-chunk.ts";
import type { loadShareChunk as replacedShare } from "../../elements/call-view/load-late-chunks.ts";
import { shareChunk } from "../../elements/call-view/share/share-chunk.ts";
import { InCallScreen } from "../../elements/call-view/in-call/in-call-screen.ts";
import { CallError } from "../../errors.ts";

/*
 * For the pages of other messengers, which run the calls themselves and register the elements that they want.
 */

const none = () => {
  throw new CallError("internal", "This page shows the calls of its app only.");
};

export const loadInCallChunk: typeof replacedChunk = () =>
  Promise.resolve({
    openScreen: (host, parts) => new InCallScreen(host, parts),
    run: none,
    isAuthorOf: none,
    get resumptions() {
      return none();
    },
    get rules() {
      return none();
    },
  });

export const loadShareChunk: typeof replacedShare = () => Promise.resolve(shareChunk);

/**
 * The view has these calls from its upgrade until it gets the app's, in the same task. Avoids the code of calls between two kits,
 * a tenth of the script.
 */
export const createCallCenter: typeof replacedCalls = () => ({
  snapshot: toSnapshot(
    idleModel({
      ringMilliseconds: 0,
      relayOnly: false,
      reconnectMilliseconds: 0,
      canShareScreen: false,
      canCallBack: false,
      unable: null,
    }),
  ),
  tracks: noTracks,
  levels: noLevels,
  others: noOthers,
  perform: () =>
    Promise.reject(new CallError("not-possible", "This page shows the calls of its app only.")),
  receive: () => undefined,
  subscribe: () => () => undefined,
  close: () => undefined,
});
