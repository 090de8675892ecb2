import type { Frame, Page as Tab } from "puppeteer-core";
import { expect } from "vitest";

/** A page, or a frame in one. */
type Page = Tab | Frame;

/** The required part of a view in a page of another process. */
interface View extends HTMLElement {
  readonly snapshot: {
    readonly state: string;
    readonly protection: { readonly status: string };
    readonly actions: readonly string[];
  };
  startCall(options: { media: string }): Promise<void>;
  acceptCall(options: { media: string }): Promise<void>;
}

/** State and lock of the nth view of a page. */
export const stateOf = (page: Page, index = 0): Promise<string> =>
  page.evaluate((at) => {
    const { state, protection } = (document.querySelectorAll("sx-call-view")[at] as View).snapshot;
    return `${state} ${protection.status}`;
  }, index);

/** The first view of `caller` calls, and the last one of `callee` accepts: two views of one page, or one of each of two. */
export async function callBetween(caller: Page, callee: Page): Promise<void> {
  const calleeIndex = caller === callee ? 1 : 0;
  await caller.evaluate(() =>
    (document.querySelector("sx-call-view") as View).startCall({ media: "video" }),
  );
  await expect.poll(() => stateOf(callee, calleeIndex), { timeout: 30_000 }).toBe("incoming none");
  await callee.evaluate(
    (at) => (document.querySelectorAll("sx-call-view")[at] as View).acceptCall({ media: "video" }),
    calleeIndex,
  );
}

/** Until both sides have counted frames that the other side sealed. */
export async function untilProtected(caller: Page, callee: Page): Promise<void> {
  const calleeIndex = caller === callee ? 1 : 0;
  const states = async () => [await stateOf(caller), await stateOf(callee, calleeIndex)];
  await expect
    .poll(states, { timeout: 40_000 })
    .toEqual(["connected protected", "connected protected"]);
}

/** A page's script: two views that signal to each other, and what its policy refused. */
export const twoViews = `
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective + " " + event.blockedURI));
window.problems = [];
const views = [...document.querySelectorAll("sx-call-view")];
views.forEach((view, index) => {
  const other = views[1 - index];
  view.addEventListener("sx-signal", ({ detail }) => {
    const text = JSON.stringify(detail.message);
    setTimeout(() => other.receiveSignal(JSON.parse(text)));
  });
  view.addEventListener("sx-error", ({ detail }) => problems.push(detail.code));
});
`;

/** A React component of two views that signal to each other, whose props come late, as from a store. Counts its effects. */
export const lateReactCalls = `"use client";
import * as React from "react";
import { CallView } from "sx-call-kit/react";
export function Calls() {
  const [names, setNames] = React.useState([]);
  const views = [React.useRef(null), React.useRef(null)];
  React.useEffect(() => {
    window.problems ??= [];
    window.effects = (window.effects ?? 0) + 1;
    const timer = setTimeout(() => setNames(["Bob", "Alice"]), 200);
    return () => clearTimeout(timer);
  }, []);
  return [0, 1].map((index) => (
    <CallView
      key={index}
      ref={views[index]}
      contact={names[index] && { id: String(index), name: names[index] }}
      relayOnly={names[index] && false}
      onSxSignal={({ detail }) => {
        const text = JSON.stringify(detail.message);
        setTimeout(() => views[1 - index].current.receiveSignal(JSON.parse(text)));
      }}
      onSxError={({ detail }) => problems.push(detail.code)}
    />
  ));
}
`;

/** What stands between the tags of the kit's elements in HTML of a server, in its order, without comments. */
export const serverTags = (html: string): [tag: string, inside: string][] =>
  [...html.replace(/<!--.*?-->/g, "").matchAll(/<(sx-[\w-]+)[^>]*>(.*?)<\/\1>/gs)].map(
    ([, tag = "", inside = ""]) => [tag, inside],
  );

/** All elements, as a server renders them: nothing between the tags. */
export const emptyTags: [tag: string, inside: string][] = [
  ...["call-view", "incoming-call", "call-controls", "call-history", "call-history-item"],
  ...["security-code", "device-menu", "connection-check"],
].map((name) => [`sx-${name}`, ""]);
