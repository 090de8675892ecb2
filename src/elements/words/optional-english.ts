import type { Words } from "./strings.ts";
import type { CallMedia } from "../../call/terms.ts";

/** English strings of the connection check. */
export const checkEnglish = {
  check: "Check connection",
  checkAgain: "Check again",
  checkFailed: "The check could not be done",
  checkFailedAdvice: "Try again. If it happens again, update the app.",
  checkIdle: "Find out whether calls can get through from here. It takes a few seconds.",
  checkRunning: "Asking the servers…",
  checkServers: "Servers",
  checkStop: "Stop",
  checkTitle: "Connection check",
  checkUnnamed: "A server without a usable address",
  "check.overall.good": "Calls can get through",
  "check.advice.good": "A relay works, so that calls connect where a direct path does not.",
  "check.overall.relay-only-tcp": "Calls can get through, but may stutter",
  "check.advice.relay-only-tcp":
    "A relay works, but not in the fast way. For better sound and picture, try another network.",
  "check.overall.loop-failed": "Calls may not get through",
  "check.advice.loop-failed":
    "A relay answers, but passes nothing on. Try another network. If it is the same there, tell who runs it.",
  "check.overall.no-relay": "Some calls may not get through",
  "check.advice.no-relay":
    "No relay works. Calls connect only where there is a direct path. The list says what to do.",
  "check.overall.unreachable": "No server answers",
  "check.advice.unreachable":
    "Check that you are online. If you are, turn off your VPN or try another network.",
  "check.overall.no-servers": "There is no server to ask",
  "check.advice.no-servers":
    "Calls connect only where there is a direct path. This app can be given servers in its settings.",
  "check.server.ok": "Works",
  "check.server.unreachable":
    "Cannot be reached. It may be down, or this network blocks it: try another one.",
  "check.server.name-not-found":
    "Its name was not found. Check that you are online, then its spelling.",
  "check.server.wrong-password":
    "It refused the password. Update it in the app, or ask who runs the server for a new one.",
  "check.server.no-relay": "It answers, but relays nothing. It may be full: try again later.",
  "check.server.timed-out":
    "No answer in time. It may be down, or this network blocks it: try another one.",
  "check.server.bad-url": "It cannot be asked. Correct the address in the app.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, the fast way for sound and picture, is open",
  "check.udp.blocked":
    "This network seems to block UDP, the fast way for sound and picture. Try another network, or turn off your VPN.",
  "check.udp.unknown": "It is not known whether UDP, the fast way for sound and picture, is open",
  "check.loop.ok": "A test message came back through the relay",
  "check.loop.failed": "A test message through the relay did not come back",
  "check.loop.not-tried": "No test message was sent: there is no relay that works",
} satisfies Partial<Words>;

const call = (media: CallMedia) => (media === "video" ? "video call" : "audio call");
const Call = (media: CallMedia) => (media === "video" ? "Video call" : "Audio call");

/** English strings of a call on hold beside another. */
export const heldEnglish = {
  heldCall: (name) => `${name} on hold`,
  swap: "Swap",
  swapTo: (name) => `Swap to the call with ${name}`,
} satisfies Partial<Words>;

/** English strings of the call history and its items. */
export const historyEnglish = {
  callBackTo: (name) => `Call back ${name}`,
  encrypted: "Encrypted",
  returnToCall: "Return to call",
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

/** English strings of the text in a call, which pages without it leave out. */
export const textEnglish = {
  text: "Text",
  textCut: "Older text was removed",
  textGap: "Some text did not arrive",
  textInput: "Your text",
  textKept: "This app keeps what is written here.",
  textLarge: "Large text",
  textLive: "Send as I type",
  textNew: (name) => `New text from ${name}:`,
  textNotKept: "When the call ends, nothing of this is kept.",
  textSend: "Send",
  textUnread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  textUnsent: "Not sent yet",
  textWith: (name) => `Text with ${name}`,
  textWriting: (name) => `${name} is writing…`,
  textYou: "You",
} satisfies Partial<Words>;

/** English strings of a note after a call that nobody answered. */
export const noteEnglish = {
  noteAgain: "Record again",
  noteDiscard: "Discard",
  noteFailed: "Nothing was recorded. Try again.",
  noteInterrupted: "A call came in, so the recording stopped. Check the note before you send it.",
  noteLimit: "Two minutes are over. Check the note before you send it.",
  noteNotPlayed: "This page can’t play the note. You can still send it.",
  notePause: "Pause",
  notePlay: "Play",
  noteRecorded: "Check the note before you send it.",
  noteRecording: "Recording",
  noteSend: "Send note",
  noteSent: "Your note is on its way",
  noteStop: "Stop recording",
  noteVideo: "Leave a video note",
  noteVoice: "Leave a voice note",
} satisfies Partial<Words>;
