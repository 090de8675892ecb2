import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { CallSnapshot, SxCallView } from "sx-call-kit";
import type { CallTracks } from "../../src/controller/call-source.ts";
import { ann } from "../../stories/support/contacts.ts";
import { drawnTracks } from "../../stories/support/drawn-tracks.ts";
import { fixedCalls, type FixedCalls } from "../../stories/support/fixed-calls.ts";
import { fixedText } from "../../stories/support/fixed-text.ts";
import { aProtection, aSnapshot } from "../../stories/support/snapshots.ts";

type Change = (snapshot: CallSnapshot) => CallSnapshot;

const measured = { roundTripMilliseconds: 40, lossPercent: 0, jitterMilliseconds: 3 } as const;
const sent = { freezesPerMinute: 0, incomingKbps: 900, outgoingKbps: 900 } as const;
const weak: CallSnapshot["quality"] = {
  ...{ bars: 1, relayed: true, sending: "360p15", reason: "network" },
  ...measured,
  ...sent,
};

const own =
  (
    device: "microphone" | "camera" | "screen",
    status: Partial<CallSnapshot["local"]["screen"]>,
  ): Change =>
  (snapshot) => ({
    ...snapshot,
    local: { ...snapshot.local, [device]: { ...snapshot.local[device], ...status } },
  });
const theirs =
  (changes: Partial<CallSnapshot["remote"]>): Change =>
  (snapshot) => ({ ...snapshot, remote: { ...snapshot.remote, ...changes } });

/** Everything that can be said of a call that runs, beside its name, its clock and its lock. */
export const remarks: Record<string, Change> = {
  muted: own("microphone", { state: "off" }),
  "the other side muted": theirs({ microphone: false }),
  "the other side's camera off": theirs({ camera: false }),
  "the other side interrupted": theirs({ interrupted: ["microphone"] }),
  "the other side's screen paused": theirs({ screen: true, screenPaused: true }),
  "a weak connection": (snapshot) => ({ ...snapshot, quality: weak }),
  "a weak connection to the other side": (snapshot) => ({
    ...snapshot,
    quality: { ...weak, weak: "sending" },
  }),
  "a weak connection from the other side": (snapshot) => ({
    ...snapshot,
    quality: { ...weak, weak: "receiving" },
  }),
  "own picture paused": (snapshot) => ({
    ...snapshot,
    quality: { ...weak, sending: "audio-only" },
  }),
  "data saver": (snapshot) => ({
    ...snapshot,
    quality: { ...weak, bars: 4, reason: "data-saver" },
  }),
  "a relay": (snapshot) => ({ ...snapshot, relayed: true }),
  securing: (snapshot) => ({
    ...snapshot,
    protection: aProtection("one-way"),
    connectedAt: snapshot.asOf,
  }),
  tampered: (snapshot) => ({ ...snapshot, protection: aProtection("tampered") }),
  stalled: (snapshot) => ({ ...snapshot, protection: aProtection("stalled") }),
  "own screen": own("screen", { state: "on" }),
  "own screen paused": (snapshot) => ({
    ...own("screen", { state: "on" })(snapshot),
    local: { ...own("screen", { state: "on" })(snapshot).local, screenPaused: true },
  }),
  "speaking while muted": (snapshot) => ({ ...snapshot, hints: ["speaking-while-muted"] }),
  "a silent microphone": (snapshot) => ({ ...snapshot, hints: ["microphone-silent"] }),
  "a covered camera": (snapshot) => ({ ...snapshot, hints: ["camera-black"] }),
  "a camera in use": own("camera", { state: "failed", problem: "device-busy" }),
  "a refused camera": own("camera", { state: "failed", problem: "permission-denied" }),
  "an interrupted microphone": own("microphone", { state: "interrupted" }),
};

/** Pictures of every shape, upright, square and wide, of either side. */
export const shapes: Record<string, () => Partial<CallTracks>> = {
  "upright both": () => drawnTracks(),
  "wide both": () => drawnTracks(["remoteCamera", "localCamera"], { width: 1280, height: 720 }),
  "no picture": () => ({}),
};

/** A view in a box with a call that is remarked upon. */
export class Signs {
  readonly #place = document.createElement("div");
  #calls: FixedCalls = fixedCalls(aSnapshot("idle"));
  #view: SxCallView | null = null;

  constructor() {
    document.body.append(this.#place);
  }

  remove(): void {
    this.#stop();
    this.#place.remove();
  }

  #stop(): void {
    for (const track of Object.values(this.#calls.tracks))
      (track as MediaStreamTrack | null)?.stop();
  }

  async show(
    [width, height]: readonly [number, number],
    tracks: Partial<CallTracks>,
    { hasText = false, dir = "ltr", lang = "en" } = {},
  ): Promise<void> {
    this.#stop();
    const media = tracks.remoteCamera ? "video" : "audio";
    this.#calls = fixedCalls(aSnapshot("connected", media), tracks);
    const text = hasText
      ? fixedText({ op: "hello" }, { op: "say", text: "Can you hear me?" })
      : null;
    if (text) Object.defineProperties(this.#calls, { text: { value: text } });
    render(null, this.#place);
    render(
      html`<div
        dir=${dir}
        style=${styleMap({ position: "absolute", inset: "0 auto auto 0", inlineSize: `${width}px`, blockSize: `${height}px`, fontFamily: "sans-serif" })}
      >
        <sx-call-view
          keep-bars
          lang=${lang}
          dir=${dir}
          .contact=${ann}
          .calls=${this.#calls}
        ></sx-call-view>
      </div>`,
      this.#place,
    );
    this.#view = this.#place.querySelector("sx-call-view")!;
    await this.#settled();
    const isSeen = () =>
      [...this.#root.querySelectorAll("video")].every(({ videoWidth }) => videoWidth > 0) &&
      this.#root.querySelector(".coming") === null;
    while (!isSeen()) await new Promise(requestAnimationFrame);
    await this.#settled();
  }

  async say(...names: readonly string[]): Promise<void> {
    const { state, media } = this.#calls.snapshot;
    this.#calls.show(
      names.reduce((snapshot, name) => remarks[name]!(snapshot), aSnapshot(state, media)),
    );
    await this.#settled();
  }

  get #root(): ShadowRoot {
    return this.#view!.shadowRoot!;
  }

  async #settled(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await this.#view!.updateComplete;
      await this.#root.querySelector("sx-call-controls")?.updateComplete;
      await new Promise(requestAnimationFrame);
    }
    for (const animation of this.#root.getAnimations())
      if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
  }

  /** Where what must not move is, by name: whole pixels. */
  places(): Record<string, string> {
    const controls = this.#root.querySelector("sx-call-controls")?.shadowRoot;
    const found: Record<string, Element | null | undefined> = {
      name: this.#root.querySelector(".heading .name"),
      microphone: controls?.querySelector("[part~=microphone]"),
      end: controls?.querySelector("[part~=hang-up]"),
      "own picture": this.#root.querySelector(".self-view.small"),
      person: this.#root.querySelector(".person .avatar"),
    };
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, element]) => {
        const box = element?.getBoundingClientRect();
        if (!box || box.width === 0) return [];
        return [[name, [box.x, box.y, box.width, box.height].map(Math.round).join(" ")]];
      }),
    );
  }

  /** @returns what is wrong with the sign of one's own shared screen: its buttons in a row, whole, and below a face. */
  sharingFaults(): string[] {
    const screen = this.#view!.getBoundingClientRect();
    const sign = this.#root.querySelector(".sign.sharing")!;
    const row = this.#root.querySelector(".signs")!.getBoundingClientRect();
    const boxes = [...sign.querySelectorAll("button")]
      .map((button) => [button.part.value, button.getBoundingClientRect()] as const)
      .filter(([, { width }]) => width > 0);
    const faults = boxes.flatMap(([name, { width, height, top, bottom }]) => [
      ...(width < 44 || height < 44 ? [`${name} is ${String(width)} by ${String(height)} px`] : []),
      ...(top < row.top || bottom > row.bottom ? [`${name} is cut`] : []),
      ...(Math.abs(top + height / 2 - middle(boxes[0]![1])) > 1
        ? [`${name} is in a row of its own`]
        : []),
    ]);
    if (boxes[0]?.[0] !== "stop-sharing") faults.push("there is no stop-sharing");
    const top = (sign.getBoundingClientRect().top - screen.top) / screen.height;
    if (top < 0.6) faults.push(`it begins at ${String(Math.round(100 * top))} % of the height`);
    return faults;
  }

  /** @returns what is wrong with the signs that are shown, of so many remarks. */
  faults(count: number): string[] {
    const screen = this.#view!.getBoundingClientRect();
    const boxOf = (element: Element) => element.getBoundingClientRect();
    const all = (selector: string) =>
      [...this.#root.querySelectorAll<HTMLElement>(selector)].filter(
        (element) => boxOf(element).width > 2 && element.checkVisibility(),
      );
    const row = this.#root.querySelector(".signs")!;
    const cut = getComputedStyle(row).overflowY === "visible" ? screen : boxOf(row);
    const signs = all(".sign, .said-now, [part~=arrived-text]").map((element) => ({
      name: `"${element.innerText.trim().replace(/\s+/g, " ").slice(0, 40)}"`,
      box: within(boxOf(element), cut),
      full: boxOf(element),
    }));
    const controls = this.#root.querySelector("sx-call-controls");
    const others = [
      ...all(".heading, .top-bar .lock, .small, .person-tile").map(
        (element) => [element.className, boxOf(element)] as const,
      ),
      ...(controls ? [["toolbar", boxOf(controls)] as const] : []),
    ];
    const { width, height, left, top } = screen;
    // A lower box has no room below a face, and three with buttons may need more than that.
    const hasFace =
      height >= 704 &&
      count < 3 &&
      this.#root.querySelector(".frame.large video:not(.shared)") !== null;
    const face = new DOMRect(left + width * 0.3, top + height * 0.22, width * 0.4, height * 0.3);
    return signs.flatMap(({ name, box, full }, index) => [
      ...(full.left < left - 1 || full.right > left + width + 1
        ? [`${name} leaves the screen`]
        : []),
      ...signs
        .slice(index + 1)
        .filter((other) => overlap(box, other.box))
        .map((other) => `${name} covers ${other.name}`),
      ...others
        .filter(([, other]) => overlap(box, other))
        .map(([what]) => `${name} covers ${what}`),
      ...(hasFace && overlap(box, face) ? [`${name} covers the face`] : []),
    ]);
  }
}

const middle = ({ top, height }: DOMRect) => top + height / 2;

function within(box: DOMRect, by: DOMRect): DOMRect {
  const [left, top] = [Math.max(box.left, by.left), Math.max(box.top, by.top)];
  const [right, bottom] = [Math.min(box.right, by.right), Math.min(box.bottom, by.bottom)];
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
