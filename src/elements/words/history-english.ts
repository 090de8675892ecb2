import type { CallMedia } from "../../call/terms.ts";
import type { Words } from "./strings.ts";

const call = (media: CallMedia) => (media === "video" ? "video call" : "audio call");
const Call = (media: CallMedia) => (media === "video" ? "Video call" : "Audio call");

/** English strings of the call history and its items. */
export const historyEnglish = {
  historyAll: "All",
  historyEmpty: "No calls yet",
  historyFilter: "Which calls to show",
  historyMissed: "Missed",
  historyNoDate: "Date unknown",
  historyNoneMissed: "No missed calls",
  receiptByNone: "Neither side",
  receiptByThem: "The other side",
  receiptByYou: "You",
  receiptData: "Data used",
  receiptDuration: "Duration",
  receiptEnd: "Ended by",
  receiptGaps: "Interruptions",
  receiptNotVerified: "Not compared",
  receiptProtected: "Encrypted in both directions",
  historyOngoing: (media) => `${Call(media)} in progress`,
  "history.completed.outgoing": (media) => `Outgoing ${call(media)}`,
  "history.completed.incoming": (media) => `Incoming ${call(media)}`,
  "history.missed.outgoing": (media) => `${Call(media)} was missed`,
  "history.missed.incoming": (media) => `Missed ${call(media)}`,
  "history.declined.outgoing": (media) => `${Call(media)} was declined`,
  "history.declined.incoming": (media) => `Declined ${call(media)}`,
  "history.cancelled.outgoing": (media) => `Cancelled ${call(media)}`,
  "history.cancelled.incoming": (media) => `${Call(media)} was cancelled`,
  "history.busy.outgoing": (media) => `${Call(media)}: line was busy`,
  "history.busy.incoming": (media) => `${Call(media)} while you were busy`,
  "history.unanswered.outgoing": (media) => `${Call(media)}: no answer`,
  "history.unanswered.incoming": (media) => `Missed ${call(media)}`,
  "history.failed.outgoing": (media) => `${Call(media)} failed`,
  "history.failed.incoming": (media) => `Incoming ${call(media)} failed`,
  "history.answered-elsewhere.outgoing": (media) => `${Call(media)} on another device`,
  "history.answered-elsewhere.incoming": (media) => `${Call(media)} answered on another device`,
} satisfies Partial<Words>;
