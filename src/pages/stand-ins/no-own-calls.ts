import { idleModel } from "../../call/state/model.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import type { createCallCenter as replaced } from "../../controller/call-center.ts";
import { noLevels, noOthers, noTracks } from "../../controller/call-source.ts";
import { CallError } from "../../errors.ts";

/**
 * For SimpleX's pages: the view has these calls from its upgrade until it gets the app's, in the same task. Avoids the code of
 * calls between two kits, a tenth of the script.
 */
export const createCallCenter: typeof replaced = () => ({
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
