import { setViewport } from "@web/test-runner-commands";
import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { Contact, SxCallView } from "sx-call-kit";
import { bob } from "../../stories/support/contacts.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { fixedText } from "../../stories/support/fixed-text.ts";
import { now } from "../../stories/support/snapshots.ts";
import { hardStates, type RoomState } from "./room-states.ts";

/** A container, and the text size that the person has chosen: the root's, 16 px by default. */
export type Box = readonly [width: number, height: number, rootSize?: number];

/** The smallest that has buttons. */
export const smallest: Box = [240, 240];

/** The boxes that have been the hardest. */
export const hardBoxes: readonly Box[] = [
  smallest,
  [390, 300],
  [600, 240],
  [320, 568],
  [844, 390],
  [390, 844, 32],
  [844, 390, 32],
  [320, 568, 32],
  [390, 844, 64],
];

/** From the smallest with buttons to a large window, and every zoom of WCAG 1.4.4 and 1.4.10. */
export const boxes: readonly Box[] = [
  ...[160, 200, 240, 280, 320, 360, 400, 440, 480, 540, 600].map((side): Box => [side, side]),
  ...[240, 300, 360, 460].map((height): Box => [390, height]),
  [600, 240],
  [320, 568],
  [844, 390],
  [480, 419],
  [640, 350],
  [390, 844],
  [390, 844, 24],
  [390, 844, 32],
  [844, 390, 32],
  [320, 568, 32],
  [240, 320],
  [360, 640],
  [600, 600, 32],
  [390, 844, 64],
  [1280, 800, 64],
  [288, 192],
  [760, 300],
  [920, 600],
];

const longName: Contact = {
  id: "long",
  name: "Maximiliane Alexandra Hohenstein-Wittgenstein von und zu Lichtenfels",
};

/** A view in a box, one state after another. */
export class Room {
  readonly #place = document.createElement("div");

  readonly #realNow = Date.now.bind(Date);

  async open(): Promise<void> {
    // A call of some minutes: its clock is as long as one is.
    Date.now = () => now;
    document.body.append(this.#place);
    await setViewport({ width: 1300, height: 900 });
  }

  async close(): Promise<void> {
    Date.now = this.#realNow;
    document.documentElement.style.fontSize = "";
    this.#place.remove();
    await setViewport({ width: 800, height: 600 });
  }

  /** Lays out every state in a box. @returns everything that is wrong. */
  async faults(
    [width, height, rootSize = 16]: Box,
    {
      lang = "en",
      dir = "ltr",
      shown = hardStates,
    }: { lang?: string; dir?: string; shown?: readonly RoomState[] } = {},
  ): Promise<string[]> {
    document.documentElement.style.fontSize = `${String(rootSize)}px`;
    const found: string[] = [];
    for (const { name, snapshot, tracks, others = [], panel, text, notes = false } of shown) {
      const size = {
        position: "absolute",
        inset: "0 auto auto 0",
        inlineSize: `${String(width)}px`,
        blockSize: `${String(height)}px`,
        fontFamily: "sans-serif",
      };
      const drawn = tracks?.() ?? {};
      const calls = fixedCalls(snapshot, drawn, others);
      if (text) Object.defineProperties(calls, { text: { value: fixedText(...text) } });
      render(null, this.#place);
      render(
        html`<div style=${styleMap(size)} dir=${dir}>
          <sx-call-view
            lang=${lang}
            dir=${dir}
            .contact=${longName}
            .contactOf=${(callId: string) => (others.some((other) => other.callId === callId) ? bob : null)}
            .calls=${calls}
            ?notes=${notes}
          ></sx-call-view>
        </div>`,
        this.#place,
      );
      const view = this.#place.querySelector<SxCallView>("sx-call-view")!;
      await settled(view);
      // It has a layout of its own, once its picture is there.
      if (drawn.remoteScreen) await pictured(view);
      if (panel !== undefined && width >= 240) {
        view.performScreenAction(panel);
        await settled(view);
        const isOpen = () => {
          const body = view.shadowRoot!.querySelector(".panel");
          return body !== null && (panel !== "text" || body.querySelector(".draft") !== null);
        };
        while (!isOpen()) await new Promise(requestAnimationFrame);
        await settled(view);
      }
      found.push(...faultsOf(view, width >= 240).map((fault) => `${name}: ${fault}`));
      // What draws them would go on for good.
      for (const track of Object.values(drawn)) track?.stop();
    }
    return found;
  }
}

async function settled(view: SxCallView): Promise<void> {
  await view.updateComplete;
  for (const round of [1, 2]) {
    for (const inner of deep(view.shadowRoot!))
      await (inner as { updateComplete?: Promise<boolean> }).updateComplete;
    // The toolbar measures its room after it is drawn.
    if (round === 1) await new Promise(requestAnimationFrame);
  }
  for (const animation of view.shadowRoot!.getAnimations())
    if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
}

/** Waits until the shared screen is in its place. */
async function pictured(view: SxCallView): Promise<void> {
  const root = view.shadowRoot!;
  const isThere = () => root.querySelector(".stage.sharing") !== null;
  while (!isThere()) await new Promise(requestAnimationFrame);
  await settled(view);
}

interface Seen {
  readonly name: string;
  readonly element: HTMLElement;
  readonly full: DOMRect;
  /** What is left of it within everything that scrolls or cuts. */
  readonly box: DOMRect;
}

function faultsOf(view: SxCallView, hasButtons: boolean): string[] {
  const screen = view.getBoundingClientRect();
  const panel = view.shadowRoot!.querySelector(".panel");
  // A panel lies over all but the toolbar.
  const isCovered = (element: HTMLElement) =>
    isUnder(element, "[inert]") ||
    (panel !== null &&
      !isUnder(element, ".panel, .bottom") &&
      overlap(element.getBoundingClientRect(), panel.getBoundingClientRect()));
  const all = deep(view.shadowRoot!).filter((element) => isShown(element) && !isCovered(element));
  const see = (element: HTMLElement): Seen => ({
    name: element.ariaLabel ?? element.textContent.trim().replace(/\s+/g, " ").slice(0, 40),
    element,
    full: element.getBoundingClientRect(),
    box: visible(element, screen),
  });
  // The small picture is a picture: it is dragged, and lies under the toolbar's edge on purpose.
  const buttons = all.filter((element) => element.matches("button:not(.handle)")).map(see);
  const words = all
    .filter((element) =>
      element.matches(".name, .status, .line, .clock, .reason, .held-name, .notice"),
    )
    .map(see);
  const faults: string[] = [];
  for (const { name, element, full, box } of buttons) {
    if (!scroller(element) && area(box) < area(full) - 4) faults.push(`"${name}" is cut`);
    if (full.left < screen.left - 1 || full.right > screen.right + 1)
      faults.push(`"${name}" leaves the screen`);
    // The lock can be pressed around its edge, too.
    const around = parseFloat(getComputedStyle(element, "::after").blockSize) || 0;
    if (full.width < 43.5 || Math.max(full.height, around) < 43.5)
      faults.push(`"${name}" is ${full.width.toFixed()} by ${full.height.toFixed()} px`);
  }
  buttons.forEach((one, index) => {
    for (const other of buttons.slice(index + 1))
      if (overlap(one.box, other.box)) faults.push(`"${one.name}" and "${other.name}" overlap`);
    for (const word of words)
      if (!one.element.contains(word.element) && overlap(one.box, word.box))
        faults.push(`"${one.name}" covers "${word.name}"`);
  });
  for (const { name, element, full } of words) {
    if (element.matches(".heading *")) continue;
    const characters = name.length;
    if (characters > 6 && full.width < 24)
      faults.push(`"${name}" has ${full.width.toFixed()} px of width`);
    if (!scroller(element) && (full.left < screen.left - 1 || full.right > screen.right + 1))
      faults.push(`"${name}" leaves the screen`);
  }
  const avatars = all.filter((element) => element.matches(".avatar")).map(see);
  for (const { element, box } of words)
    for (const text of textsOf(element))
      if (avatars.some((avatar) => overlap(avatar.box, within(boxOf(text), box))))
        faults.push(`"${text.data}" runs over the avatar`);
  for (const element of all.filter((each) => each.matches(".frame.small, .person-tile"))) {
    const { width, height } = see(element).box;
    if (Math.min(width, height) < 40)
      faults.push(
        `${element.className} is a sliver of ${width.toFixed()} by ${height.toFixed()} px`,
      );
  }
  const rows = new Set(
    buttons
      .filter(({ element }) => element.matches(".screen-tools *"))
      .map(({ full }) => Math.round(full.top + full.height / 2)),
  );
  if (rows.size > 1) faults.push("the buttons of the shared screen are in two rows");
  // The browser draws it, with a size of its own, and takes no press where it is cut or something is over it.
  const allowing = all
    .filter((element) => element.matches(".allow"))
    .map((element) => ({ ...see(element), name: "allow" }));
  for (const { name, full, box } of allowing)
    if (box.width < full.width - 1 && screen.width >= 320) faults.push(`"${name}" is cut`);
  faults.push(
    ...coveredFaults([...buttons, ...words, ...allowing], screen),
    ...cutWords(view, all),
  );
  // What has to be pressed while there is a call, and what tells whether it is protected: seen without scrolling.
  for (const { name, element, full, box } of buttons)
    if (
      [...element.part].some((part) => atOnce.has(part)) &&
      area(box) < area(full) - 4 &&
      // Nowhere is room for all the answers there: the first one shows that there are others.
      !(
        screen.height < Math.max(300, 13 * rem()) &&
        isUnder(element, "sx-incoming-call") &&
        !element.part.contains("decline")
      )
    )
      faults.push(`"${name}" has to be scrolled to`);
  // The list of shortcuts leaves nothing else to press.
  if (hasButtons && !panel?.matches(".help") && view.state !== "idle") {
    const parts = buttons.flatMap(({ element }) => [...element.part]);
    const needed = {
      incoming: ["decline", "ignore", "accept-audio"],
      ended: ["close"],
    }[view.state as string] ?? [
      "hang-up",
      // Held by us, nothing is sent, and nothing can be turned on.
      ...(view.calls.snapshot.held.local ? ["resume"] : ["microphone", "camera"]),
    ];
    if (["connected", "reconnecting"].includes(view.state)) needed.push("more");
    for (const part of needed) if (!parts.includes(part)) faults.push(`there is no "${part}"`);
  }
  return faults;
}

const atOnce = new Set([
  ...["decline", "ignore", "accept-audio", "accept-video", "end-and-accept", "hold-and-accept"],
  ...["hang-up", "microphone", "camera", "more", "lock", "resume", "close", "stop-sharing"],
]);

/** @returns what lies under something else: the middle of it, or the middle of one of its edges. */
function coveredFaults(seen: readonly Seen[], screen: DOMRect): string[] {
  return seen.flatMap(({ name, element, box }) => {
    const { left, top, width, height } = box;
    if (width < 8 || height < 8) return [];
    const over = (
      [
        [0.5, 0.5],
        [0, 0.5],
        [1, 0.5],
        [0.5, 0],
        [0.5, 1],
      ] as const
    )
      .map(([x, y]) => topAt(left + 3 + x * (width - 6), top + 3 + y * (height - 6), screen))
      .find((top) => top !== null && !isWithin(top, element) && !isWithin(element, top));
    return over ? [`"${name}" is under ${over.localName}.${over.className}`] : [];
  });
}

function topAt(x: number, y: number, screen: DOMRect): Element | null {
  if (x < screen.left || x > screen.right || y < screen.top || y > screen.bottom) return null;
  let at = document.elementFromPoint(x, y);
  for (let inner = at; inner !== null;) {
    at = inner;
    inner = inner.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === at) break;
  }
  return at;
}

function isWithin(element: Element, outer: Element): boolean {
  for (let at: Element | null = element; at !== null; at = parentOf(at))
    if (at === outer) return true;
  return false;
}

/** @returns words of ours that are cut off, where nothing scrolls to them, that leave their button, or that are broken inside. */
function cutWords(view: SxCallView, all: readonly HTMLElement[]): string[] {
  const screen = view.getBoundingClientRect();
  return all.flatMap((element) => {
    if (isUnder(element, ".name, [dir=auto], .arrived")) return [];
    return [...element.childNodes].flatMap((node) => {
      if (!(node instanceof Text)) return [];
      const words = node.data.trim();
      if (words === "") return [];
      const text = boxOf(node);
      if (text.width === 0) return [];
      const name = words.replace(/\s+/g, " ").slice(0, 40);
      // A name may be shortened wherever it is.
      if (words.includes(longName.name)) return [];
      const button = element.closest("button")?.getBoundingClientRect();
      const faults: string[] = [];
      // The words under a button are beside it.
      if (
        button &&
        !element.matches(".caption") &&
        (text.left < button.left - 1 || text.right > button.right + 1)
      )
        faults.push(`"${name}" leaves its button`);
      for (let at: Element | null = element; at !== null; at = parentOf(at)) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (/auto|scroll/.test(overflowX + overflowY)) {
          if (text.top + at.scrollTop < at.getBoundingClientRect().top - 1.5)
            faults.push(`nothing scrolls to the words "${name}"`);
          break;
        }
        if (overflowX !== "visible" && !isInside(text, at.getBoundingClientRect())) {
          faults.push(`the words "${name}" are cut`);
          break;
        }
        if (at === view) break;
      }
      if (text.left < screen.left - 1 || text.right > screen.right + 1)
        faults.push(`the words "${name}" leave the screen`);
      return faults;
    });
  });
}

const textsOf = (element: Element) =>
  [...element.childNodes].filter(
    (node) => node instanceof Text && node.data.trim() !== "",
  ) as Text[];

/** One for all: a document updates each of its ranges at every change. */
const range = document.createRange();

/** @returns the box of a text. */
function boxOf(text: Text): DOMRect {
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  range.selectNode(document.documentElement);
  return box;
}

/** @returns the text size of the page in CSS pixels. */
const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize);

const isInside = (inner: DOMRect, outer: DOMRect): boolean =>
  inner.left >= outer.left - 1.5 &&
  inner.right <= outer.right + 1.5 &&
  inner.top >= outer.top - 1.5 &&
  inner.bottom <= outer.bottom + 1.5;

function isUnder(element: Element, selector: string): boolean {
  for (let at: Element | null = element; at !== null; at = parentOf(at))
    if (at.matches(selector)) return true;
  return false;
}

function deep(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => [
    element,
    ...(element.shadowRoot ? deep(element.shadowRoot) : []),
  ]);
}

/** The nearest ancestor that scrolls, in whichever tree. */
function scroller(element: Element): Element | null {
  for (let at = parentOf(element); at !== null; at = parentOf(at))
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const { parentNode } = element;
  if (parentNode instanceof ShadowRoot) return parentNode.host;
  return parentNode instanceof Element ? parentNode : null;
}

function visible(element: HTMLElement, screen: DOMRect): DOMRect {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  const cut = (by: DOMRect) => {
    left = Math.max(left, by.left);
    top = Math.max(top, by.top);
    right = Math.min(right, by.right);
    bottom = Math.min(bottom, by.bottom);
  };
  cut(screen);
  for (let at = parentOf(element); at !== null; at = parentOf(at))
    if (getComputedStyle(at).overflowY !== "visible") cut(at.getBoundingClientRect());
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

function isShown(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect();
  return (
    width > 2 &&
    height > 2 &&
    element.closest(".visually-hidden") === null &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}

function within(box: DOMRect, outer: DOMRect): DOMRect {
  const [left, top] = [Math.max(box.left, outer.left), Math.max(box.top, outer.top)];
  const width = Math.min(box.right, outer.right) - left;
  const height = Math.min(box.bottom, outer.bottom) - top;
  return new DOMRect(left, top, Math.max(0, width), Math.max(0, height));
}

const area = ({ width, height }: DOMRect) => width * height;

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
