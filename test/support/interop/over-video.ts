import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { SxCallView } from "sx-call-kit";
import { ann } from "../../../stories/support/contacts.ts";
import { plainTrack } from "../../../stories/support/drawn-tracks.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot, aWaitingCall } from "../../../stories/support/snapshots.ts";

/** Something that must be readable, and where it is: CSS pixels of the page. */
export interface Readable {
  readonly name: string;
  readonly kind: "text" | "icon";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How well something stands out, WCAG 2.2: 1 to 21. */
export type Contrast = Readable & { readonly ratio: number };

const off = { state: "off", problem: null } as const;

/** Shows a video call whose picture is of one colour, with everything that can stand over it. */
async function show(colour: string): Promise<void> {
  const snapshot = aSnapshot("connected", "video", {
    local: { microphone: off, camera: off, screen: off, facing: null },
    remote: { known: true, microphone: false, camera: true, screen: false },
  });
  const size = { position: "fixed", inset: "0", fontFamily: "sans-serif" };
  render(
    html`<div style=${styleMap(size)}>
      <sx-call-view
        .contact=${ann}
        .calls=${fixedCalls(snapshot, { remoteCamera: plainTrack(colour) }, [aWaitingCall("audio")])}
      ></sx-call-view>
    </div>`,
    document.body,
  );
  const view = document.querySelector<SxCallView>("sx-call-view")!;
  await view.updateComplete;
  const video = view.shadowRoot!.querySelector("video")!;
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}

/** Every word and every icon that is shown, in all shadow trees. */
function readables(root: ParentNode = document.body): Readable[] {
  const found: Readable[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    const { shadowRoot, classList } = element;
    if (shadowRoot) found.push(...readables(shadowRoot));
    if (
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest(".visually-hidden") !== null
    )
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

function boxOf(place: Element | Range) {
  const { x, y, width, height } = place.getBoundingClientRect();
  return { x, y, width, height };
}

/** Reads the contrast of each from a screenshot: the colour that most pixels have against the one that differs most from it. */
async function measure(screenshot: string, scale: number): Promise<Contrast[]> {
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

const page = { show, measure };
export type OverVideoPage = typeof page;
Object.assign(globalThis, { overVideo: page });
