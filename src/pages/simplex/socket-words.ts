import type { SocketProblem } from "../../hosts/simplex/app-socket.ts";

/** A headline and an advice. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

/**
 * Texts of the desktop's page about its socket, in English like the whole page. The app's own texts arrive translated in
 * `description`.
 */
export const socketWords: {
  readonly retrying: Readonly<Record<SocketProblem, Notice>>;
  readonly "given-up": Readonly<Record<SocketProblem, Notice>>;
  readonly over: Notice;
  readonly again: string;
} = {
  retrying: {
    closed: {
      title: "The app closed its connection to this page",
      text: "A call that was on has ended. Trying to reach the app again…",
    },
    refused: {
      title: "The app does not accept this page any more",
      text: "Trying again…",
    },
    silent: {
      title: "The app does not answer",
      text: "Trying again…",
    },
    replaced: {
      title: "This page is open in another tab",
      text: "Trying again…",
    },
  },
  "given-up": {
    closed: {
      title: "The app closed its connection to this page",
      text: "Call again from the app. You can close this tab.",
    },
    refused: {
      title: "The app does not accept this page any more",
      text: "Its address is from an earlier start of the app. Call again from the app: it opens a new page. You can close this tab.",
    },
    silent: {
      title: "The app does not answer",
      text: "Check that the app is running, and call again from there. You can close this tab.",
    },
    replaced: {
      title: "This page is open in another tab",
      text: "Go on there. You can close this tab.",
    },
  },
  over: {
    title: "The call has ended",
    text: "You can close this tab.",
  },
  again: "Try again",
};
