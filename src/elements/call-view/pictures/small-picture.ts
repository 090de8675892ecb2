import type { LitElement, ReactiveController } from "lit";

/** CSS pixels by which a finger may move during a tap. */
const slack = 8;

/** Milliseconds after which movement is ignored: a picture held still is not flung. */
const memory = 100;

interface Moment extends Point {
  readonly time: number;
}

/**
 * The small picture over the large one: dragged, flung to a corner, moved by arrow keys, and swapped. The grid positions the
 * corners, so that it never covers a bar, in any size and writing direction.
 */
export class SmallPicture implements ReactiveController {
  /** Kept for the life of the element, because the person chose it. */
  corner: Corner = "bottom-end";
  /** `true` where the person wants the own picture large. */
  isSwapped = false;

  readonly #host: LitElement;
  readonly #canSwap: () => boolean;
  /** Recent positions of the pointer, beginning where it went down. */
  #path: Moment[] = [];
  #start: Moment | null = null;
  #isDragged = false;

  /** @param canSwap - returns `true` with two pictures to swap. */
  constructor(host: LitElement, canSwap: () => boolean) {
    this.#host = host;
    this.#canSwap = canSwap;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#start = null;
  }

  /** Swaps the small and the large picture. */
  swap(): void {
    if (!this.#canSwap()) return;
    this.#change(() => (this.isSwapped = !this.isSwapped));
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    // Synthetic events have no pointer to capture.
    if (event.isTrusted) this.#handle?.setPointerCapture(event.pointerId);
    this.#start = momentOf(event);
    this.#path = [this.#start];
    this.#isDragged = false;
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    if (this.#start === null) return;
    const now = momentOf(event);
    const [x, y] = [now.x - this.#start.x, now.y - this.#start.y];
    this.#isDragged ||= Math.hypot(x, y) > slack;
    this.#path = [...this.#path.filter(({ time }) => now.time - time < memory), now];
    if (this.#isDragged)
      for (const element of this.#moving) element.style.translate = `${x}px ${y}px`;
  };

  readonly onPointerUp = (event: PointerEvent): void => {
    if (this.#start === null) return;
    const now = momentOf(event);
    this.#start = null;
    if (!this.#isDragged) return;
    const [first] = this.#path.filter(({ time }) => now.time - time < memory);
    const passed = first ? Math.max(1, now.time - first.time) : 1;
    const speed = first
      ? { x: (now.x - first.x) / passed, y: (now.y - first.y) / passed }
      : { x: 0, y: 0 };
    const [at, middle] = [
      middleOf(this.#handle),
      middleOf(this.#host.renderRoot.querySelector(".centre")),
    ];
    this.#moveTo(
      landingOf(at, event.type === "pointercancel" ? { x: 0, y: 0 } : speed, middle, this.#isRtl),
    );
  };

  /** Also fired by Enter, Space and screen readers. The click at the end of a drag is ignored. */
  readonly onClick = (event: Event): void => {
    event.stopPropagation();
    if (!this.#isDragged) this.swap();
    this.#isDragged = false;
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const next = steppedTo(this.corner, event.key, this.#isRtl);
    if (next === null) return;
    event.preventDefault();
    this.#moveTo(next);
  };

  #moveTo(corner: Corner): void {
    this.#change(() => {
      this.corner = corner;
      for (const element of this.#moving) element.style.translate = "";
    });
  }

  #change(change: () => void): void {
    const frames = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".frame")];
    void glide(frames, () => {
      change();
      this.#host.requestUpdate();
      return this.#host.updateComplete;
    });
  }

  get #isRtl(): boolean {
    return getComputedStyle(this.#host).direction === "rtl";
  }

  /** The small picture and what lies over it. */
  get #moving(): Iterable<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll<HTMLElement>(".small");
  }

  get #handle(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".handle");
  }
}

const momentOf = ({ clientX, clientY, timeStamp }: PointerEvent): Moment => ({
  x: clientX,
  y: clientY,
  time: timeStamp,
});

function middleOf(element: Element | null): Point {
  const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Returns `true` with reduced motion. */
export const wantsReducedMotion = (): boolean =>
  matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Motion of a picture to its new place or size. */
export const glideTiming = { duration: 240, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };

/** Where the picture in an element is, with what its box cuts off: it keeps its shape on the way from one box to another. */
function pictureIn(element: HTMLElement): DOMRect {
  const box = element.getBoundingClientRect();
  const video = element.querySelector("video");
  const { videoWidth: width = 0, videoHeight: height = 0 } = video ?? {};
  if (video === null || width === 0 || box.width === 0) return box;
  const shares = [box.width / width, box.height / height];
  const isWhole = video.dataset.fit === "fit" && video.closest(".large") !== null;
  const scale = isWhole ? Math.min(...shares) : Math.max(...shares);
  const [spareX, spareY] = [box.width - width * scale, box.height - height * scale];
  // Its place in the box is that of `object-position`.
  return new DOMRect(
    box.x + spareX / 2,
    box.y + spareY * (isWhole ? 0.5 : 0.3),
    width * scale,
    height * scale,
  );
}

/**
 * Animates elements to the positions after a change, by properties of the compositor only.
 *
 * @param change - resolves once the new positions are rendered.
 */
export async function glide(
  elements: readonly HTMLElement[],
  change: () => Promise<unknown>,
): Promise<void> {
  const before = elements.map(pictureIn);
  await change();
  if (wantsReducedMotion()) return;
  elements.forEach((element, index) => {
    const [from, to, box] = [before[index], pictureIn(element), element.getBoundingClientRect()];
    if (!from?.width || !to.width || !to.height) return;
    const [x, y] = [from.width / to.width, from.height / to.height];
    const steps = [
      {
        transformOrigin: "0 0",
        transform: `translate(${from.x - box.x - x * (to.x - box.x)}px, ${from.y - box.y - y * (to.y - box.y)}px) scale(${x}, ${y})`,
      },
      { transformOrigin: "0 0", transform: "none" },
    ];
    element.animate(steps, glideTiming);
  });
}

/** A corner of the area between the bars. `start` is left in left-to-right writing. */
export type Corner = `${"top" | "bottom"}-${"start" | "end"}`;

/** A position in CSS pixels, or a velocity in CSS pixels per millisecond. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Milliseconds by which a released picture continues to move: a flick crosses a phone. */
const flight = 200;

const corner = (isTop: boolean, isLeft: boolean, isRtl: boolean): Corner =>
  `${isTop ? "top" : "bottom"}-${isLeft === isRtl ? "end" : "start"}`;

/**
 * Returns the corner where a released picture lands.
 *
 * @param at - its center.
 * @param speed - its velocity.
 * @param middle - center of the area.
 */
export function landingOf(at: Point, speed: Point, middle: Point, isRtl: boolean): Corner {
  return corner(at.y + speed.y * flight < middle.y, at.x + speed.x * flight < middle.x, isRtl);
}

/** Returns the corner for an arrow key; the same one at the edge; `null` for other keys. */
export function steppedTo(from: Corner, key: string, isRtl: boolean): Corner | null {
  const isTop = from.startsWith("top");
  const isLeft = from.endsWith("start") !== isRtl;
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
      return corner(key === "ArrowUp", isLeft, isRtl);
    case "ArrowLeft":
    case "ArrowRight":
      return corner(isTop, key === "ArrowLeft", isRtl);
    default:
      return null;
  }
}
