import { nothing } from "lit";
import { idleModel } from "../../call/state/model.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import { noLevels, noOthers, noTracks, type CallSource } from "../../controller/call-source.ts";
import type {
  OwnCalls as replacedCalls,
  eventsOf as replacedEvents,
  LastCallOffer as replacedOffer,
} from "../../elements/call-view/behaviours/own-calls.ts";
import type { loadInCallChunk as replacedChunk } from "../../elements/call-view/in-call/load-in-call-chunk.ts";
import type { loadShareChunk as replacedShare } from "../../elements/call-view/load-late-chunks.ts";
import { shareChunk } from "../../elements/call-view/share/shared-picture.ts";
import { InCallScreen } from "../../elements/call-view/in-call/in-call-screen.ts";
import { CallProvider } from "../../elements/shared/context.ts";
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

/** Calls of the view from its upgrade until it gets the app's calls, in the same task. */
const noCalls = (): CallSource => ({
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

/** The calls of the app, which the page closes itself. Avoids the code of calls between two kits, a tenth of the script. */
export class OwnCalls implements Pick<replacedCalls, "current" | "needed" | "replace"> {
  readonly #onNotice: ConstructorParameters<typeof replacedCalls>[2];
  readonly #provider: CallProvider;
  #calls: CallSource | null = null;
  #unsubscribe: (() => void) | undefined;

  constructor(...[host, , onNotice]: ConstructorParameters<typeof replacedCalls>) {
    this.#onNotice = onNotice;
    this.#provider = new CallProvider(host, () => this.needed);
  }

  get current(): CallSource | null {
    return this.#calls;
  }

  get needed(): CallSource {
    return (this.#calls ??= noCalls());
  }

  replace(calls: CallSource): void {
    this.#unsubscribe?.();
    this.#calls = calls;
    this.#unsubscribe = calls.subscribe((notice) => {
      this.#onNotice(notice, calls);
    });
    this.#provider.changed();
  }
}

/** The page itself reads the calls: nobody listens to events of the view. */
export const eventsOf: typeof replacedEvents = () => [];

export class LastCallOffer implements Pick<replacedOffer, "current" | "render"> {
  readonly current = null;

  readonly render = (): typeof nothing => nothing;
}
