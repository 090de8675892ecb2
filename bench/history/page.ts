import "sx-call-kit/define";
import { html, render } from "lit";
import type { CallRecord } from "sx-call-kit";
import { contactOf, manyRecords } from "../../stories/call-history-records.ts";

/** Interface of this page for its script. All times are in milliseconds. */
export interface HistoryBench {
  /** From the moment that the records are there to the frame that shows them, painted. */
  paint(): Promise<number>;
  /** Notes every frame from now on. */
  watch(): void;
  /** @returns the longest time between two frames since then. */
  longest(): number;
  /** Drags the thumb: somewhere else in the list, frame by frame. */
  drag(frames: number): Promise<void>;
  /** @returns whether something of the list is seen in the middle of it. */
  isDrawn(): boolean;
}

declare global {
  interface Window {
    historyBench: HistoryBench;
  }
}

const query = new URLSearchParams(location.search);
const records = manyRecords(Number(query.get("count")));
if (query.get("order") === "any") shuffle(records);

/** A list without a window: the same words, and nothing else. */
function plainList(): (records: readonly CallRecord[]) => void {
  const list = Object.assign(document.createElement("div"), { id: "plain" });
  document.body.append(list);
  const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
  return (shown) => {
    const row = (record: CallRecord) =>
      html`<li>
        ${contactOf(record).name}, ${record.direction} ${record.media} call, ${record.outcome},
        ${time.format(record.startedAt)}
        <button>Call back</button>
      </li>`;
    render(html`<ul>${shown.map(row)}</ul>`, list); // prettier-ignore
  };
}

function history(): (records: readonly CallRecord[]) => void {
  const element = document.createElement("sx-call-history");
  element.contactOf = contactOf;
  document.body.append(element);
  return (shown) => {
    element.records = shown;
  };
}

const show = query.get("subject") === "plain" ? plainList() : history();
const root: ParentNode = document.querySelector("sx-call-history")?.shadowRoot ?? document;
const scroller = (): HTMLElement => {
  const found = root.querySelector<HTMLElement>(".list, #plain");
  if (found === null) throw new Error("There is no list.");
  return found;
};

const frame = () => new Promise(requestAnimationFrame);
/** A task after a frame's own callbacks: by then it is painted. */
async function painted(): Promise<void> {
  await frame();
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

let longest = 0;
let before: number | null = null;

window.historyBench = {
  async paint() {
    // The whole of a frame is counted, wherever in it the records come.
    await painted();
    const start = performance.now();
    show(records);
    await painted();
    return performance.now() - start;
  },
  watch() {
    longest = 0;
    if (before !== null) return;
    const note = (time: number) => {
      if (before !== null) longest = Math.max(longest, time - before);
      before = time;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  },
  longest: () => longest,
  async drag(frames) {
    const list = scroller();
    const most = list.scrollHeight - list.clientHeight;
    for (let step = 1; step <= frames; step++) {
      // Up and down in leaps, as a thumb that covers a thousand rows a pixel.
      list.scrollTop = Math.floor(most * Math.abs(Math.sin(step * 1.7)));
      await frame();
    }
  },
  isDrawn() {
    const { left, top, width, height } = scroller().getBoundingClientRect();
    const at = (root instanceof ShadowRoot ? root : document).elementFromPoint(
      left + width / 2,
      top + height / 2,
    );
    return Boolean(at?.closest(".row, .date, li, ul"));
  },
};

function shuffle(items: CallRecord[]): void {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1));
    const [one, two] = [items[index], items[other]];
    // Both are in the list.
    if (one !== undefined && two !== undefined) [items[index], items[other]] = [two, one];
  }
}
