import type { Words } from "./strings.ts";

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
