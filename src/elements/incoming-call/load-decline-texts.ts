/** Loads what declines with a text. Alone in its module, because a classic script has a stand-in for it. */
export const loadDeclineTexts = () =>
  import("./decline-texts.ts").then(({ declineTexts }) => declineTexts);
