import type { Words } from "./strings.ts";

/** English strings of declining with a text, which load with it, and with the screen of its caller. */
export const declineEnglish = {
  back: "Back",
  declineWithText: "Decline with a message",
  ownText: "Your own message",
  says: (name) => `${name}:`,
  sendAndDecline: "Send and decline",
} satisfies Partial<Words>;
