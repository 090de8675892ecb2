// Measures the contrast of text and icons from the pixels of a screenshot. Runs in the page.

/** Something that must be readable, and where it is: CSS pixels of the page. */
export interface Readable {
  readonly name: string;
  readonly kind: "text" | "icon";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The contrast ratio of one of them, WCAG 2.2: 1 to 21. */
export type Contrast = Readable & { readonly ratio: number };

/** Every text and every icon that is shown, in all shadow trees. */
export function readables(root: ParentNode = document.body): Readable[] {
  const found: Readable[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    const { shadowRoot, classList } = element;
    if (shadowRoot) found.push(...readables(shadowRoot));
    if (!isShown(element) || element.closest(".visually-hidden") !== null || isCovered(element))
      continue;
    for (const node of element.childNodes) {
      const words = node.textContent?.trim() ?? "";
      if (node.nodeType !== Node.TEXT_NODE || words === "" || element.closest("svg") !== null)
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push({ name: words, kind: "text", ...boxOf(range) });
    }
    if (element.tagName === "svg" || classList.contains("icon")) {
      const button = element.closest("button");
      found.push({ name: button?.ariaLabel ?? classList.value, kind: "icon", ...boxOf(element) });
    }
  }
  return found.filter(({ width, height }) => width > 2 && height > 2);
}

/** Whether it is drawn at all. Computed here for engines before Chromium 105, which have no `checkVisibility()`. */
export function isShown(element: Element): boolean {
  if ("checkVisibility" in element)
    return element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
  const drawn = element as Element;
  if (drawn.getClientRects().length === 0 || getComputedStyle(drawn).visibility !== "visible")
    return false;
  for (let at: Element | null = drawn; at !== null; at = parentIn(at))
    if (getComputedStyle(at).opacity === "0") return false;
  return true;
}

/** What it is drawn in, across shadow trees. */
function parentIn(element: Element): Element | null {
  const root = element.getRootNode();
  return (
    element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  );
}

/** Returns `true` if a picture later in the tree covers all of it, as it covers the icon of a camera that has not started. */
function isCovered(element: Element): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const root = element.getRootNode() as ParentNode;
  return [...root.querySelectorAll("video")].some((video) => {
    const box = video.getBoundingClientRect();
    const isLater = element.compareDocumentPosition(video) & Node.DOCUMENT_POSITION_FOLLOWING;
    const isTile = element.parentElement === video.parentElement;
    return (
      Boolean(isLater) &&
      isTile &&
      video.videoWidth > 0 &&
      box.left <= left &&
      box.top <= top &&
      box.right >= right &&
      box.bottom >= bottom
    );
  });
}

function boxOf(place: Element | Range) {
  const { x, y, width, height } = place.getBoundingClientRect();
  return { x, y, width, height };
}

/**
 * Contrast ratio of each readable: the colour of most of its pixels against the one that differs most from it.
 *
 * @param screenshot a PNG of the page in base64.
 * @param scale pixels of the screenshot per CSS pixel.
 */
export async function measure(screenshot: string, scale: number): Promise<Contrast[]> {
  const bytes = Uint8Array.from(atob(screenshot), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", {
    willReadFrequently: true,
  })!;
  context.drawImage(image, 0, 0);
  return readables().map((readable) => {
    const { x, y, width, height } = readable;
    const { data } = context.getImageData(x * scale, y * scale, width * scale, height * scale);
    const counts = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const light = Math.round(
        luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) * 1000,
      );
      counts.set(light, (counts.get(light) ?? 0) + 1);
    }
    const [background] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
    // A single pixel may be the edge of something else.
    const seen = [...counts]
      .filter(([, count]) => count > 3)
      .map(([light]) => contrast(light / 1000, background / 1000));
    return { ...readable, ratio: Math.max(1, ...seen) };
  });
}

/** WCAG 2.2, relative luminance: 0 to 1, of sRGB from 0 to 255. */
function luminance(red: number, green: number, blue: number): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** What is less readable than WCAG 2.2 wants of texts (4.5) and icons (3), in words. */
export const poorOf = (contrasts: readonly Contrast[]): string[] =>
  contrasts
    .filter(({ kind, ratio }) => ratio < (kind === "text" ? 4.5 : 3))
    .map(
      ({ name, ratio, x, y }) => `${name} at ${x.toFixed()}, ${y.toFixed()}: ${ratio.toFixed(2)}`,
    );
