import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { CallMedia, CallSnapshot, SxCallView } from "sx-call-kit";

/** Two views in one page, a call between them, and a note of where everything was at each frame. Devices of the browser. */

/** Left, top, width and height, in whole pixels of the page. */
export type Box = readonly [number, number, number, number];

/** One side of the call at one frame. */
export interface Moment {
  readonly state: CallSnapshot["state"];
  /** Whether there is no call on the screen. */
  readonly isIdle: boolean;
  readonly name: Box | null;
  readonly microphone: Box | null;
  readonly hangUp: Box | null;
  /** The icons in the toolbar that are shown. */
  readonly icons: readonly Box[];
}

/** Both sides at one frame. */
export interface Note {
  readonly sides: readonly [caller: Moment, callee: Moment];
}

const sides = ["caller", "callee"] as const;
const notes: Note[] = [];
const mark = document.createElement("div");
mark.style.cssText = "position: fixed; inset: auto auto 0 0; inline-size: 8px; block-size: 8px";

const view = (side: string) => document.querySelector<SxCallView>(`#${side}`)!;

function boxOf(element: Element | null | undefined): Box | null {
  const box = element?.getBoundingClientRect();
  if (!box || box.width === 0) return null;
  return [box.x, box.y, box.width, box.height].map(Math.round) as unknown as Box;
}

/** Not what the view draws unseen before a call. */
const isSeen = ":not([inert] *)";

/** The name that is seen: the other places of it have no box. */
function nameOf(root: ParentNode): Box | null {
  for (const element of root.querySelectorAll(`.name${isSeen}`)) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect();
    if (box.width > 0)
      return [box.x, box.y, box.width, box.height].map(Math.round) as unknown as Box;
  }
  return null;
}

function momentOf(element: SxCallView): Moment {
  const root = element.shadowRoot!;
  const controls = root.querySelector(`sx-call-controls${isSeen}`)?.shadowRoot;
  const isHidden = element.getAttribute("bars") === "hidden";
  return {
    state: element.snapshot.state,
    isIdle: root.querySelector(".idle") !== null,
    name: nameOf(root),
    microphone: boxOf(controls?.querySelector('[part~="microphone"]')),
    hangUp: boxOf(controls?.querySelector('[part~="hang-up"]')),
    icons: isHidden
      ? []
      : [...(controls?.querySelectorAll(".toolbar .icon") ?? [])]
          .map(boxOf)
          .filter((box) => box !== null),
  };
}

function note(): void {
  const [caller, callee] = sides.map((side) => momentOf(view(side)));
  // Each frame shows its number, as a colour below the views.
  mark.style.background = `#${notes.length.toString(16).padStart(6, "0")}`;
  notes.push({ sides: [caller!, callee!] });
  requestAnimationFrame(note);
}

/** Shows both views beside each other, without a call. */
async function show(width: number, height: number, avatarUrl?: string): Promise<void> {
  const size = styleMap({
    inlineSize: `${String(width)}px`,
    blockSize: `${String(height)}px`,
    fontFamily: "sans-serif",
  });
  const person = (id: string, name: string) => ({ id, name, ...(avatarUrl && { avatarUrl }) });
  render(
    html`<div style=${styleMap({ position: "fixed", inset: "0", display: "flex" })}>
      <div style=${size}>
        <sx-call-view id="caller" .contact=${person("b", "Bob Miller")} .volume=${0}></sx-call-view>
      </div>
      <div style=${size}>
        <sx-call-view
          id="callee"
          .contact=${person("a", "Ann Petersen")}
          .volume=${0}
        ></sx-call-view>
      </div>
    </div>`,
    document.body,
  );
  const [caller, callee] = [view("caller"), view("callee")];
  caller.addEventListener("sx-signal", ({ detail }) => callee.receiveSignal(detail.message));
  callee.addEventListener("sx-signal", ({ detail }) => caller.receiveSignal(detail.message));
  document.body.append(mark);
  await caller.updateComplete;
  await callee.updateComplete;
  note();
}

/** Whether this side sees the other one's picture, large and in place: nothing moves in it any more. */
function seesPicture(side: string): boolean {
  const root = view(side).shadowRoot!;
  const video = root.querySelector<HTMLVideoElement>(".frame.theirs.large video:not([data-stale])");
  const isSettled = root
    .getAnimations()
    .every(({ effect }) => effect?.getTiming().iterations === Infinity);
  return (
    video !== null &&
    video.videoWidth > 0 &&
    root.querySelector(".self-view.small") !== null &&
    isSettled
  );
}

/** Whether the own picture is large, with a picture in it. */
function seesItself(side: string): boolean {
  const video = view(side).shadowRoot!.querySelector<HTMLVideoElement>(
    ".self-view.large video:not([data-stale])",
  );
  return video !== null && video.videoWidth > 0;
}

const page = {
  show,
  seesPicture,
  seesItself,
  notes: () => notes,
  /** Number of the frame that shows the end on both sides; -1 before it. */
  endedAt: () =>
    notes.findIndex(({ sides: both }) =>
      both.every(({ state, isIdle, hangUp }) => state === "ended" && !isIdle && hangUp === null),
    ),
  stateOf: (side: string) => view(side).snapshot.state,
  dial: (media: CallMedia) => view("caller").startCall({ media }),
  accept: (media: CallMedia) => view("callee").acceptCall({ media }),
  hangUp: () => view("caller").hangUp(),
};

declare global {
  interface Window {
    film: typeof page;
  }
}
window.film = page;
