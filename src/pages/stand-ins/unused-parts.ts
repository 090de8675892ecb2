import { css, nothing, type PropertyDeclaration } from "lit";
import type { loadKeySharesFallback as replacedFallback } from "../../crypto/agreement/load-key-shares-fallback.ts";
import type {
  ResumptionStore,
  deriveSuccessors as replacedSuccessors,
} from "../../crypto/agreement/resumption.ts";
import type { shippedWorker as replacedWorker } from "../../crypto/worker/shipped-worker.ts";
import type {
  renderDeclineText as replacedDeclineText,
  declineTextStyles as replacedStyles,
  renderArrivedStatus as replacedStatus,
  renderArrivedText as replacedArrived,
  TextWatch as replacedWatch,
} from "../../elements/call-view/text/text-watch.ts";
import type { renderOtherCalls as replacedOtherCalls } from "../../elements/call-view/in-call/other-calls.ts";
import type { NoteOffer as ReplacedOffer } from "../../elements/call-view/note/note-offer.ts";
import type { relaysOfPage as replacedRelays } from "../../controller/relay-times.ts";
import type {
  watchPath as replacedWatchPath,
  Gathering as replacedGathering,
} from "../../media/connection/relay-choice.ts";
import { setOwnDescription } from "../../media/connection/description.ts";
import type { ShareWatch as replacedShare } from "../../elements/call-view/share/share-watch.ts";
import type { loadDeclineTexts as replacedTexts } from "../../elements/incoming-call/load-decline-texts.ts";
import type { Words } from "../../elements/words/strings.ts";
import { OpenTrack } from "../../media/devices/open-track.ts";
import type { processTrack as replacedProcess } from "../../media/devices/process-track.ts";
import type * as replaced from "../../elements/shared/property-readers.ts";
import type * as replacedRecords from "../../elements/shared/read-records.ts";
import type {
  accept as replacedAccept,
  dial as replacedDial,
  slept as replacedSlept,
} from "../../call/rules/invitation.ts";
import type {
  inviteWhenReady as replacedInvite,
  checkConfirm as replacedConfirm,
  offerReady as replacedOffer,
  sendAnswer as replacedAnswer,
  receiveSignal as replacedSignal,
} from "../../call/rules/set-up.ts";
import { step, type Step } from "../../call/rules/step.ts";
import type { CallModel } from "../../call/state/model.ts";

/*
 * For the pages of other messengers. They have no connection check, no history and no note. Their calls carry no text, and
 * are declined without one.
 */

export const loadDeclineTexts: typeof replacedTexts = () =>
  Promise.reject(new TypeError("This page has no texts to decline with."));

export const renderDeclineText: typeof replacedDeclineText = () => nothing;

export const declineTextStyles: typeof replacedStyles = css``;

export const renderArrivedText: typeof replacedArrived = () => nothing;

export const renderArrivedStatus: typeof replacedStatus = () => nothing;

export { declineTextStyles as arrivedTextStyles, declineTextStyles as otherCallsStyles };

/** A call of these pages is the only one. */
export const renderOtherCalls: typeof replacedOtherCalls = () => nothing;

export class TextWatch implements Pick<replacedWatch, "conversation" | "scene" | "handOver"> {
  readonly conversation = null;
  readonly handOver = (): void => undefined;

  scene(): null {
    return null;
  }
}

export class ShareWatch implements Pick<
  replacedShare,
  "isPeopleHidden" | "hidePeople" | "isSeen" | "picture" | "surface" | "tileName" | "tools"
> {
  readonly isPeopleHidden = false;

  readonly hidePeople = (): void => undefined;

  isSeen(): boolean {
    return false;
  }

  readonly surface = (): typeof nothing => nothing;

  readonly picture = this.surface;

  readonly tileName = this.surface;

  readonly tools = this.surface;
}

/** The apps have no processors and no effects. */
export const processTrack: typeof replacedProcess = (source, _device, _by, life) =>
  Promise.resolve(new OpenTrack(source, source, life));

/** No call of these pages is resumed after a reload. */
export class BrowserResumptions implements ResumptionStore {
  save(): Promise<void> {
    return Promise.resolve();
  }
  take(): Promise<null> {
    return Promise.resolve(null);
  }
  remove(): Promise<void> {
    return Promise.resolve();
  }
}

/** No call of these pages carries text or leaves a secret for the next one. */
export const deriveSuccessors: typeof replacedSuccessors = () => Promise.resolve(null as never);

/** Offers no note. */
export class NoteOffer implements Pick<ReplacedOffer, "renderButton" | "renderOpen"> {
  renderButton(): typeof nothing {
    return nothing;
  }
  renderOpen(): null {
    return null;
  }
}

const noWords: Partial<Words> = {};

export {
  noWords as checkEnglish,
  noWords as declineEnglish,
  noWords as heldEnglish,
  noWords as historyEnglish,
  noWords as textEnglish,
  noWords as noteEnglish,
  noWords as shareEnglish,
};

/** Their apps report at once when a call is over, and SimpleX's have no data channel, by which it is seen. */
export const watchPath: typeof replacedWatchPath = (connection, report) => {
  connection.addEventListener("connectionstatechange", () => {
    const path = connection.connectionState;
    if (path !== "closed") report(path);
  });
};

/** The apps name their relays for each call, in their order. */
export const relaysOfPage: typeof replacedRelays = () => undefined;

export class Gathering implements Pick<
  replacedGathering,
  "offered" | "offer" | "begun" | "choose"
> {
  readonly offered = "";
  readonly offer: replacedGathering["offer"];

  constructor(...[connection, , create]: ConstructorParameters<typeof replacedGathering>) {
    this.offer = async () => setOwnDescription(connection, await create());
  }

  readonly begun = (): Promise<void> => Promise.resolve();

  readonly choose: () => void = this.begun;
}

/** For a page in a single file, which provides the worker's text or encrypts on the main thread. */
export const shippedWorker: typeof replacedWorker = {
  start: () => {
    throw new TypeError("This page has no worker file.");
  },
  url: "",
};

/**
 * The fallback is 15 kB. An engine without a key share uses the other app's encryption instead, as in the
 * app's own page.
 */
export const loadKeySharesFallback: typeof replacedFallback = () =>
  Promise.reject(new TypeError("The fallback for key shares is not in this page."));

/*
 * For the pages of other messengers, which set the properties of their elements themselves: no host's value has to be read. Absent
 * values still restore the default.
 */

export const taken: typeof replaced.taken = (value) => ({ value, isRefused: false });

const own = { read: taken };
const reader = (): typeof own => own;
const unset = { read: taken, usual: undefined };

export const choice: typeof replaced.choice = reader as never;
export const number: typeof replaced.number = reader as never;
export const textAttribute: typeof replaced.textAttribute = { ...own, usual: "" } as never;
export const converters: ReadonlyMap<unknown, PropertyDeclaration["converter"]> = new Map();

export {
  taken as byUsualValue,
  own as text,
  own as callback,
  own as record,
  own as audioRoutes,
  own as unread,
  own as contact,
  unset as language,
  unset as direction,
};

export const snapshot: typeof replacedRecords.snapshot = own;
export const wordList: typeof replacedRecords.wordList = own;
export const securityCode: typeof replacedRecords.securityCode = own;

/*
 * For the pages of other messengers. Their calls begin by their own protocol: no message of `sx-call/1` is sent or received,
 * and nothing asks how long a caller waits.
 */

const unchanged = (model: CallModel): Step => step(model);

export const dial: typeof replacedDial = unchanged;
export const accept: typeof replacedAccept = unchanged;
export const slept: typeof replacedSlept = unchanged;
export const receiveSignal: typeof replacedSignal = unchanged;
export const offerReady: typeof replacedOffer = unchanged;
export const sendAnswer: typeof replacedAnswer = unchanged;
export const checkConfirm: typeof replacedConfirm = unchanged;
export const inviteWhenReady: typeof replacedInvite = unchanged;
