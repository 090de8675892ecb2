import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { CallMedia, CallSnapshot, SignalMessage, SxCallView } from "sx-call-kit";
import { isSettled, momentOf } from "./film-moment.ts";
import type { Moment } from "./film-moment.ts";
import { personOf } from "./film-people.ts";
import type { Person } from "./film-people.ts";

/** Two views in one page, a call between them, and a note of where everything was at each frame. A third person is out of sight. */

/** Both sides at one frame. */
export interface Note {
  readonly sides: readonly [caller: Moment, callee: Moment];
}

/** What is filmed. */
export interface Stage {
  /** Width and height of each side. */
  readonly size: readonly [number, number];
  /** Shape of the pictures of drawn cameras. Without one both have the browser's fake camera, which is green. */
  readonly camera?: readonly [number, number];
  /** Whether a telephone is turned. */
  readonly turns?: boolean;
  /** Whether a third person calls. */
  readonly hasThird?: boolean;
  /** Whether the path leads through a relay, which can be cut. */
  readonly isRelayed?: boolean;
}

type Side = "caller" | "callee" | "third";

const filmed = ["caller", "callee"] as const;
const names: Readonly<Record<Side, string>> = {
  caller: "Ann Petersen",
  callee: "Bob Miller",
  third: "Carol Weber",
};
const notes: Note[] = [];
const people = new Map<Side, Person>();
const mark = document.createElement("div");
mark.style.cssText = "position: fixed; inset: auto auto 0 0; inline-size: 8px; block-size: 8px";

const view = (side: Side) => document.querySelector<SxCallView>(`#${side}`)!;
const contact = (id: Side) => ({ id, name: names[id] });

function note(): void {
  requestAnimationFrame(() => {
    // As late in the frame as a page can: an observer that is younger than all of the others.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const [caller, callee] = filmed.map((side) => momentOf(view(side)));
      // Each frame shows its number, as a colour below the views.
      mark.style.background = `#${notes.length.toString(16).padStart(6, "0")}`;
      notes.push({ sides: [caller!, callee!] });
      note();
    });
    observer.observe(mark);
  });
}

/** Who is on the other side of a call: the one who has sent its first message. */
const callers = new Map<string, Side>();

function connect(from: Side, isRelayed = false): void {
  let sent: Promise<unknown> = Promise.resolve();
  view(from).addEventListener("sx-signal", ({ detail: { message } }) => {
    const caller = callers.get(message.callId) ?? from;
    callers.set(message.callId, caller);
    const to = from === "callee" ? caller : "callee";
    if (!isRelayed) view(to).receiveSignal(message, from);
    // In their order.
    else sent = sent.then(async () => view(to).receiveSignal(await relayed(message, from), from));
  });
}

declare function relayed(message: SignalMessage, side: Side): Promise<SignalMessage>;

/** Shows both views beside each other, without a call. */
async function show({ size, camera, turns, hasThird, isRelayed }: Stage): Promise<void> {
  const width = turns ? Math.max(...size) : size[0];
  const sides: readonly Side[] = hasThird ? [...filmed, "third"] : filmed;
  const place = (side: Side) =>
    styleMap({
      position: "fixed",
      insetBlockStart: "0",
      insetInlineStart: `${String({ caller: 0, callee: width, third: -2 * width }[side])}px`,
      inlineSize: `${String(size[0])}px`,
      blockSize: `${String(size[1])}px`,
      fontFamily: "sans-serif",
    });
  for (const side of sides) if (camera) people.set(side, personOf(side, camera));
  render(
    html`${sides.map(
      (side) =>
        html`<div class="side" style=${place(side)}>
          <sx-call-view
            id=${side}
            style=${camera ? "--sx-avatar-color: #55585f" : ""}
            .contact=${contact(side === "callee" ? "caller" : "callee")}
            .contactOf=${(callId: string) => (side === "callee" && callers.has(callId) ? contact(callers.get(callId)!) : null)}
            .mediaDevices=${people.get(side)?.devices ?? null}
            .volume=${0}
          ></sx-call-view>
        </div>`,
    )}`,
    document.body,
  );
  for (const side of sides) connect(side, isRelayed);
  document.body.append(mark);
  await Promise.all(sides.map((side) => view(side).updateComplete));
  note();
}

/** Turns the telephone of a side: its screen and, as theirs are upright however they are held, the pictures of its camera. */
function turn(side: Side): void {
  const { style } = view(side).parentElement!;
  const { inlineSize, blockSize } = style;
  Object.assign(style, { inlineSize: blockSize, blockSize: inlineSize });
  people.get(side)?.turn();
}

/** Presses a button by its part, wherever it is in a side. */
function press(side: Side, part: string): void {
  const search = (root: ParentNode): HTMLElement | null => {
    const own = root.querySelector<HTMLElement>(`button[part~="${part}"]`);
    if (own) return own;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const found = shadowRoot && search(shadowRoot);
      if (found) return found;
    }
    return null;
  };
  const button = search(view(side).shadowRoot!);
  if (button === null) throw new Error(`No button ${part} on the screen of the ${side}.`);
  button.click();
}

/** Whether this side sees the other one's picture, large and in place. */
function seesPicture(side: Side): boolean {
  const root = view(side).shadowRoot!;
  const video = root.querySelector<HTMLVideoElement>(".frame.theirs.large video:not([data-stale])");
  return (
    video !== null &&
    video.videoWidth > 0 &&
    root.querySelector(".self-view.small") !== null &&
    isSettled(view(side))
  );
}

/** Whether the own picture is large, with a picture in it. */
function seesItself(side: Side): boolean {
  const video = view(side).shadowRoot!.querySelector<HTMLVideoElement>(
    ".self-view.large video:not([data-stale])",
  );
  return video !== null && video.videoWidth > 0;
}

const page = {
  show,
  turn,
  press,
  view,
  seesPicture,
  seesItself,
  stopScreen: (side: Side) => people.get(side)?.stopScreen(),
  notes: () => notes,
  /** Whether nothing moves on either side. */
  isSettled: () => filmed.every((side) => isSettled(view(side))),
  /** What is on the screen of a side in the last frame. */
  now: (side: (typeof filmed)[number]): Moment => notes.at(-1)!.sides[filmed.indexOf(side)]!,
  /** Number of the frame that shows the end on both sides; -1 before it. */
  endedAt: () =>
    notes.findIndex(({ sides: both }) =>
      both.every(({ state, isIdle, hangUp }) => state === "ended" && !isIdle && hangUp === null),
    ),
  stateOf: (side: Side): CallSnapshot["state"] => view(side).snapshot.state,
  dial: (media: CallMedia, side: Side = "caller") => view(side).startCall({ media }),
  accept: (media: CallMedia) => view("callee").acceptCall({ media }),
  hangUp: () => view("caller").hangUp(),
};

declare global {
  interface Window {
    film: typeof page;
  }
}
window.film = page;
