// The page of the engine tests: the moments of a call, drawn without a camera and without a network.
import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { SxCallView } from "sx-call-kit";
import { ann } from "../../../stories/support/contacts.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { posters } from "../../../stories/support/posters.ts";
import { isShown, measure } from "../readability.ts";

/** Shows one poster in the whole window and resolves when its pictures are drawn. */
async function show(name: string): Promise<void> {
  const poster = posters.find((each) => each.name === name);
  if (poster === undefined) throw new Error(`There is no poster ${name}.`);
  const calls = fixedCalls(poster.snapshot, poster.tracks?.() ?? {}, poster.others);
  const size = { position: "fixed", inset: "0", fontFamily: "sans-serif" };
  render(html`<div style=${styleMap(size)}></div>`, document.body);
  render(
    html`<div style=${styleMap(size)}>
      <sx-call-view keep-bars .contact=${ann} .calls=${calls}></sx-call-view>
    </div>`,
    document.body,
  );
  await document.querySelector<SxCallView>("sx-call-view")!.updateComplete;
}

/** Returns `true` if every picture that is shown has been decoded. */
function isDrawn(): boolean {
  const videos = [...document.querySelector("sx-call-view")!.shadowRoot!.querySelectorAll("video")];
  return videos.every((video) => video.videoWidth > 0 && video.readyState >= 2);
}

/** Least width in CSS pixels of what shows a person, in the window of a phone. */
const least = { avatar: 40, "self-view": 60 };

/** Pictures of people that are too small to see, or cut off by the window. */
function unseen(): string[] {
  return Object.entries(least).flatMap(([part, width]) =>
    within(document, `[part~="${part}"]`)
      .filter((element) => isShown(element))
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width < width || box.height < width || box.top < 0)
      .map((box) => `${part} of ${box.width.toFixed()} px at ${box.top.toFixed()} px`),
  );
}

const within = (root: ParentNode, selector: string): Element[] => [
  ...root.querySelectorAll(selector),
  ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
    shadowRoot ? within(shadowRoot, selector) : [],
  ),
];

/** Pairs of buttons whose boxes overlap, and buttons that lie outside the window. */
function misplaced(): string[] {
  const boxes = buttonsIn(document).map((button) => ({
    name: button.ariaLabel ?? button.textContent.trim(),
    box: button.getBoundingClientRect(),
    isOnPicture: button.part.contains("self-view-flip"),
  }));
  const outside = boxes
    .filter(
      ({ box }) =>
        box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1,
    )
    .map(({ name }) => `${name} lies outside`);
  const overlapping = boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      // The own picture is a button too, with the one for its camera in a corner of it.
      .filter(
        ({ box, isOnPicture }) => overlap(one.box, box) && !(isOnPicture && holds(one.box, box)),
      )
      .map(({ name }) => `${one.name} and ${name} overlap`),
  );
  return [...outside, ...overlapping];
}

function buttonsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => {
    const inner = element.shadowRoot ? buttonsIn(element.shadowRoot) : [];
    const { width, height } = element.getBoundingClientRect();
    const isPressed = element.tagName === "BUTTON" && isShown(element) && width > 2 && height > 2;
    return isPressed ? [element, ...inner] : inner;
  });
}

const holds = (outer: DOMRect, inner: DOMRect): boolean =>
  outer.left <= inner.left &&
  outer.top <= inner.top &&
  outer.right >= inner.right &&
  outer.bottom >= inner.bottom;

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;

const states = { show, isDrawn, misplaced, unseen, measure };
export type StatesPage = typeof states;
Object.assign(globalThis, { states });
