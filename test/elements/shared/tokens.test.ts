import { expect } from "@open-wc/testing";
import type { CSSResult } from "lit";
import {
  SxCallControls,
  SxCallHistoryItem,
  SxCallView,
  SxIncomingCall,
  SxSecurityCode,
} from "sx-call-kit";
import { withInCallStyles } from "../../../src/elements/call-view/in-call/in-call-screen.ts";
import { tokens } from "../../../src/elements/shared/tokens.ts";

const all = (text: string, pattern: RegExp) =>
  new Set([...text.matchAll(pattern)].map(([, name]) => name));
const elements = [SxCallControls, SxCallHistoryItem, SxCallView, SxIncomingCall, SxSecurityCode];
const sheets = elements.map(
  ({ styles, tagName }) =>
    // The view has the rest of its styles once a call runs.
    [
      tagName,
      withInCallStyles(styles)
        .map((sheet) => (sheet as CSSResult).cssText)
        .join("\n"),
    ] as const,
);

describe("design tokens", () => {
  it("are defined where they are used", () => {
    for (const [tagName, text] of sheets) {
      const defined = all(text, /(--_[\w-]+)\s*:/g);
      const missing = [...all(text, /var\(\s*(--_[\w-]+)/g)].filter((name) => !defined.has(name));
      // The surrounding element sets them. They are for the element that shows the picture, a picture behind all of a call, the
      // voice of the peer, and the shape of a video. They are also for the screen around a picture and around the buttons, and
      // for a screen hardly as wide as a word.
      expect(
        missing.filter(
          (name) =>
            !/^--_(?:avatar-size$|backdrop$|control-size$|voice$|shape$|over-|controls-|narrow-)/.test(
              String(name),
            ),
        ),
        tagName,
      ).to.deep.equal([]);
    }
  });

  it("are used where they are defined", () => {
    const used = all(sheets.map(([, text]) => text).join("\n"), /var\(\s*(--_[\w-]+)/g);
    const unused = [...all(tokens.cssText, /(--_[\w-]+)\s*:/g)].filter((name) => !used.has(name));
    expect(unused).to.deep.equal([]);
  });

  it("of the host are set by the host alone: what the kit itself set inside would win over the page", () => {
    for (const [tagName, text] of sheets)
      expect([...all(text, /(--sx-[\w-]+)\s*:/g)], tagName).to.deep.equal([]);
  });

  it("can each be replaced by the host", () => {
    const values = [...tokens.cssText.matchAll(/--_([\w-]+):\s*([^;]+);/g)].filter(
      // Sizes that depend on others, and units of length.
      ([, name]) => !/^(?:avatar|cq)/.test(name ?? ""),
    );
    // Without motion, there is nothing to replace.
    for (const [, name, value] of values)
      if (value !== "0ms") expect(value, name).to.match(/^var\(--sx-/);
  });
});
