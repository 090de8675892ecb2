import type { CallSnapshot, SxCallView } from "sx-call-kit";

/** Left, top, width and height, in whole pixels of the page. */
export type Box = readonly [number, number, number, number];

/** A control that may be pressed, and where its icon or its words are. */
export interface Control {
  readonly name: string;
  readonly box: Box;
}

/** Which picture of a side: the own camera, the other one's, its shared screen, or its camera beside the shared screen. */
export type PictureName = "own" | "theirs" | "screen" | "person";

/** A place for a picture, and where in it the picture is. */
export interface Place {
  readonly name: PictureName;
  readonly isLarge: boolean;
  readonly box: Box;
}

/** One side of the call at one frame. */
export interface Moment {
  readonly state: CallSnapshot["state"];
  /** Whether there is no call on the screen. */
  readonly isIdle: boolean;
  readonly view: Box;
  readonly name: Box | null;
  readonly microphone: Box | null;
  readonly hangUp: Box | null;
  readonly controls: readonly Control[];
  readonly places: readonly Place[];
}

type Rect = Pick<DOMRect, "x" | "y" | "width" | "height">;

const toBox = ({ x, y, width, height }: Rect): Box | null =>
  width === 0 || height === 0 ? null : ([x, y, width, height].map(Math.round) as unknown as Box);

const boxOf = (element: Element | null | undefined): Box | null =>
  element ? toBox(element.getBoundingClientRect()) : null;

/** Not what the view draws unseen before a call. */
const isSeen = ":not([inert] *)";

function boxOfWords(element: Element): Box | null {
  const range = document.createRange();
  range.selectNodeContents(element);
  return toBox(range.getBoundingClientRect());
}

/** The name that is seen: the other places of it have no box. */
function nameOf(root: ParentNode): Box | null {
  for (const element of root.querySelectorAll(`.name${isSeen}`)) {
    const box = boxOfWords(element);
    if (box !== null) return box;
  }
  return null;
}

/** All that may be pressed, in the elements inside as well. */
function controlsIn(root: ParentNode): Control[] {
  return [...root.querySelectorAll(`*${isSeen}`)].flatMap((element) => {
    if (element.hasAttribute("inert")) return [];
    if (element.shadowRoot) return controlsIn(element.shadowRoot);
    const isOff = element.matches(":disabled, [aria-disabled=true]");
    if (!(element instanceof HTMLButtonElement) || isOff) return [];
    const isThere = element.checkVisibility({ visibilityProperty: true });
    if (!isThere || getComputedStyle(element).pointerEvents === "none") return [];
    const icon = element.querySelector(".icon");
    const box = icon ? boxOf(icon) : boxOfWords(element);
    // The button over the small picture has neither.
    return box ? [{ name: element.getAttribute("part") ?? element.className, box }] : [];
  });
}

/** Where the picture in a frame is: the whole of it, or what its box leaves of it. */
function pictureIn(video: HTMLVideoElement): Rect {
  const box = video.getBoundingClientRect();
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || getComputedStyle(video).objectFit !== "contain") return box;
  const scale = Math.min(box.width / videoWidth, box.height / videoHeight);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  return {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    width,
    height,
  };
}

function placesIn(root: ParentNode): Place[] {
  return [...root.querySelectorAll<HTMLElement>(`.frame${isSeen}`)].flatMap((frame) => {
    const { classList } = frame;
    const video = frame.querySelector("video");
    const box = video ? toBox(pictureIn(video)) : boxOf(frame);
    // Below everything until it comes.
    if (box === null || classList.contains("coming")) return [];
    const name: PictureName = classList.contains("self-view")
      ? "own"
      : classList.contains("person-tile")
        ? "person"
        : video?.classList.contains("shared")
          ? "screen"
          : "theirs";
    return [{ name, isLarge: classList.contains("large"), box }];
  });
}

/** Reads where everything is on the screen of one side. */
export function momentOf(element: SxCallView): Moment {
  const root = element.shadowRoot!;
  const toolbar = root.querySelector(`sx-call-controls${isSeen}`)?.shadowRoot;
  return {
    state: element.snapshot.state,
    isIdle: root.querySelector(".idle") !== null,
    view: boxOf(element)!,
    name: nameOf(root),
    microphone: boxOf(toolbar?.querySelector('[part~="microphone"]')),
    hangUp: boxOf(toolbar?.querySelector('[part~="hang-up"]')),
    controls: controlsIn(root),
    places: placesIn(root),
  };
}

/** Whether every animation has ended but those that never do, and every picture has come. */
export function isSettled({ shadowRoot }: SxCallView): boolean {
  const isStill = shadowRoot!
    .getAnimations()
    .every(({ effect }) => effect?.getTiming().iterations === Infinity);
  const videos = [...shadowRoot!.querySelectorAll<HTMLVideoElement>(`.frame video${isSeen}`)];
  return (
    isStill &&
    videos.every(({ dataset, srcObject }) => srcObject === null || dataset.stale === undefined)
  );
}
