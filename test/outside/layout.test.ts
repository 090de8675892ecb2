import { expect, fixture, html } from "@open-wc/testing";
import type { LitElement } from "lit";
import type { CallRecord, SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";
import { longIt } from "../support/long-it.ts";
import { tags, type Tag } from "../support/tags.ts";

/*
 * Pages put elements into boxes of every kind, and set their own paragraphs in ways that are inherited.
 */

const record = {
  ...{ callId: "c3RvcmllcyBhbmQgdGVzdA", direction: "incoming", media: "audio" },
  ...{ outcome: "completed", startedAt: 1_764_000_000_000, endedAt: 1_764_000_060_000 },
  ...{ durationSeconds: 60, protection: "protected", relayed: false, reconnections: 0 },
} as CallRecord;

/** Something to be seen in each. */
const filled: Partial<Record<Tag, object>> = {
  "sx-incoming-call": { variant: "banner", contact: { id: "ann", name: "Ann Example" } },
  "sx-call-controls": { snapshot: aSnapshot("connected") },
  "sx-device-menu": { snapshot: aSnapshot("connected") },
  "sx-security-code": { code: [1, 2, 3, 4, 5, 6, 7] },
  "sx-call-history": { records: [record], now: 1_764_000_000_000 },
  "sx-call-history-item": { record, now: 1_764_000_000_000 },
};

async function put(tag: Tag, into: Element): Promise<LitElement> {
  const element = document.createElement(tag) as LitElement;
  Object.assign(element, filled[tag]);
  if (tag === "sx-call-view") Object.assign(element, { calls: fixedCalls(aSnapshot("connected")) });
  into.append(element);
  // An update may ask for another one, with what it has measured.
  while (!(await element.updateComplete));
  await Promise.resolve();
  while (!(await element.updateComplete));
  return element;
}

/** A box of the page, shown. */
async function box(style: string, tag = "div"): Promise<HTMLElement> {
  const outer = await fixture<HTMLElement>(html`<div style="inline-size: 60rem"></div>`);
  const inner = document.createElement(tag);
  inner.style.cssText = style;
  outer.append(inner);
  if (inner instanceof HTMLDialogElement) inner.showModal();
  if (tag === "div" && style.includes("--popover")) {
    inner.popover = "manual";
    inner.showPopover();
  }
  return inner;
}

const boxes: [name: string, style: string, tag?: string][] = [
  ["a dialog", "", "dialog"],
  ["a popover", "--popover: 1"],
  ["an inline block", "display: inline-block"],
  ["a float", "float: left"],
  ["an absolute box", "position: absolute"],
  ["a flex item that shrinks", "display: inline-flex"],
  ["a column of a flex box", "display: flex; flex-direction: column; align-items: center"],
  ["a grid that is as wide as what is in it", "display: inline-grid"],
  ["a table cell", "display: table-cell"],
  ["a box of its content's width", "inline-size: fit-content"],
  ["a box of its content's least width", "inline-size: min-content"],
  ["a grid of least widths", "display: grid; grid-template-columns: min-content"],
  ["no box at all", "display: contents"],
  ["a box that is contained", "contain: layout paint style"],
  ["a box without text", "font-size: 0; line-height: 0"],
  ["a box that is moved", "transform: translate(10px, 10px) rotate(180deg)"],
  ["a box that is not seen yet", "visibility: hidden"],
  ["a box of upright lines", "writing-mode: vertical-rl; inline-size: 30rem"],
  ["a box from right to left", "direction: rtl"],
  ["a box without any style", "all: unset"],
  ["a box of several columns", "columns: 2"],
  ["a list item", "display: list-item"],
  ["a row of a table", "display: table-row"],
];

describe("a container sized by its content", () => {
  for (const [name, style, tag] of boxes) {
    it(`shows the whole view: ${name}`, async () => {
      const view = await put("sx-call-view", await box(style, tag));
      const { width, height } = view.getBoundingClientRect();
      expect(width).to.be.at.least(240);
      expect(height).to.be.at.least(240);
    });

    for (const variant of ["banner", "screen"]) {
      it(`shows who calls, as a ${variant}: ${name}`, async () => {
        const element = await put("sx-incoming-call", await box(style, tag));
        element.setAttribute("variant", variant);
        await element.updateComplete;
        const { width, height } = element.getBoundingClientRect();
        expect(width).to.be.at.least(200);
        expect(height).to.be.at.least(48);
      });
    }

    it(`shows a history: ${name}`, async () => {
      const element = await put("sx-call-history", await box(style, tag));
      expect(element.getBoundingClientRect().width).to.be.at.least(200);
    });
  }

  it("is no wider than the page where that is narrow", async () => {
    const narrow = await fixture<HTMLElement>(html`<div style="inline-size: 200px"></div>`);
    const view = await put("sx-call-view", narrow);
    expect(view.getBoundingClientRect().width).to.equal(200);
  });
});

/** Where everything of an element lies, in its own box. */
function geometryOf(element: LitElement): string[] {
  const own = element.getBoundingClientRect();
  return [...element.shadowRoot!.querySelectorAll("*")].map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    if (width === 0 && height === 0) return part.localName;
    return [part.localName, left - own.left, top - own.top, width, height]
      .map((one) => (typeof one === "number" ? Math.round(one) : one))
      .join(" ");
  });
}

/** What is compared is drawn at one moment: a duration is as wide as its digits. */
function stopTheClock(): void {
  const { now } = Date;
  before(() => {
    const moment = now();
    Date.now = () => moment;
  });
  after(() => {
    Date.now = now;
  });
}

describe("paragraph styles of a page", () => {
  stopTheClock();

  const hostile: [name: string, style: string][] = [
    ["white-space", "white-space: pre"],
    ["white-space: nowrap", "white-space: nowrap"],
    ["text-indent", "text-indent: 3em"],
    ["letter-spacing", "letter-spacing: 0.5em"],
    ["word-spacing", "word-spacing: 3em"],
    ["text-transform", "text-transform: uppercase"],
    ["text-align", "text-align: right"],
    ["text-align: justify", "text-align: justify"],
    ["font-style", "font-style: italic"],
    ["font-variant", "font-variant: small-caps"],
    ["font-weight", "font-weight: 900"],
    ["line-height", "line-height: 4"],
    ["font-size", "font-size: 40px"],
    ["word-break", "word-break: break-all"],
    ["font-size: 0", "font-size: 0"],
    ["line-height: 0", "line-height: 0"],
    ["text-emphasis", "text-emphasis: filled"],
    ["hyphens", "hyphens: auto"],
    ["text-align-last", "text-align-last: justify"],
    ["font-stretch", "font-stretch: condensed"],
    ["line-break", "line-break: anywhere"],
    ["text-wrap", "text-wrap: nowrap"],
    ["font-size-adjust", "font-size-adjust: 0.9"],
    ["-webkit-text-stroke", "-webkit-text-stroke: 4px"],
    ["border-spacing", "border-spacing: 10px; border-collapse: separate; list-style: inside"],
  ];
  for (const tag of tags) {
    for (const [name, style] of hostile) {
      it(`changes nothing of ${tag}: ${name}`, async () => {
        const shape = "position: relative; width: 30rem; height: 40rem";
        const plain = await put(tag, await fixture(html`<div style=${shape}></div>`));
        const before = geometryOf(plain);
        plain.remove();
        const set = await put(tag, await fixture(html`<div style="${shape}; ${style}"></div>`));
        expect(geometryOf(set)).to.deep.equal(before);
      });
    }
  }
});

describe("letters that a page draws in its own way", () => {
  // A gradient behind a headline, and an outline around it: both are inherited.
  const style =
    "-webkit-text-fill-color: transparent; -webkit-text-stroke: 4px red; text-shadow: 0 0 9px red";
  for (const tag of tags)
    it(`are drawn in ${tag} as usual`, async () => {
      const element = await put(tag, await fixture(html`<div style=${style}></div>`));
      const parts = [...element.shadowRoot!.querySelectorAll("*")].filter(
        ({ localName }) => localName !== "style",
      );
      const drawn = parts.map((part) => {
        const { color, webkitTextFillColor, webkitTextStrokeWidth, textShadow } =
          getComputedStyle(part);
        return [webkitTextFillColor === color, webkitTextStrokeWidth, textShadow].join();
      });
      expect(parts.length).to.be.above(0);
      expect([...new Set(drawn)]).to.deep.equal(["true,0px,none"]);
    });
});

describe("rules of a page for every element", () => {
  stopTheClock();

  const reset = (text: string) => html`
    <style>
      .all * {
        ${text}
      }
    </style>
  `;
  const resets: [name: string, rules: string][] = [
    ["margins and padding", "margin: 0; padding: 0"],
    ["the boxes of old", "box-sizing: content-box"],
    ["fonts of their own", "font: inherit; vertical-align: baseline; border: 0"],
    ["least sizes of nothing", "min-width: 0; min-height: 0; max-width: 100%"],
    ["letters apart", "letter-spacing: 0.5em; word-spacing: 1em"],
    ["capitals", "text-transform: uppercase"],
    ["lines apart", "line-height: 3"],
    ["letters of a size", "font-size: 40px"],
    ["bold", "font-weight: 900; font-style: italic"],
    ["lines that do not break", "white-space: nowrap; text-indent: 2em"],
    ["text in the middle", "text-align: center"],
    ["text of a colour", "color: red"],
    ["nothing to select", "user-select: none; outline: none; list-style: none"],
    ["text of old letters", "font-stretch: condensed; font-variant: small-caps"],
  ];
  const shape = "position: relative; width: 30rem; height: 40rem";
  const among = async (tag: Tag, rules: string) =>
    put(tag, await fixture(html`<div class="all" style=${shape}>${reset(rules)}</div>`));

  for (const tag of tags) {
    const register = ["sx-call-view", "sx-incoming-call"].includes(tag) ? it : longIt;
    for (const [name, rules] of resets) {
      register(`leave what is in ${tag} as it is: ${name}`, async () => {
        const plain = await put(tag, await fixture(html`<div style=${shape}></div>`));
        const before = geometryOf(plain);
        const colour = getComputedStyle(plain.shadowRoot!.querySelector("*")!).color;
        plain.remove();
        const set = await among(tag, rules);
        expect(geometryOf(set)).to.deep.equal(before);
        expect(getComputedStyle(set.shadowRoot!.querySelector("*")!).color).to.equal(colour);
      });
    }
    for (const all of ["unset", "initial", "revert"]) {
      register(`leave ${tag} a box, with all that can be pressed in it: all: ${all}`, async () => {
        const element = await among(tag, `all: ${all}`);
        const own = element.getBoundingClientRect();
        expect(own.width).to.be.at.least(200);
        expect(own.height).to.be.at.least(tag === "sx-call-view" ? 240 : 20);
        const buttons = [
          ...element.shadowRoot!.querySelectorAll("button, a, label, select"),
        ].filter((button) => button.checkVisibility() && button.getBoundingClientRect().width > 1);
        for (const button of buttons) {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          expect([left >= own.left - 1, right <= own.right + 1], button.outerHTML).to.deep.equal([
            true,
            true,
          ]);
          expect([top >= own.top - 1, bottom <= own.bottom + 1], button.outerHTML).to.deep.equal([
            true,
            true,
          ]);
        }
      });
    }
  }
});

describe("a name", () => {
  const unbroken = "W".repeat(60);
  const long = "Ann ".repeat(60).trim();

  const kinds = {
    "without a space": unbroken,
    "of 60 words": long,
    "of 5,000 characters": "Ann ".repeat(1250),
    "of twelve lines": "Ann\n".repeat(12),
    "under a heap of marks": `A${"\u0310\u0334\u0353".repeat(200)}nn`,
    "of pictures alone": "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}".repeat(20),
    "of blanks of every kind": "\u00a0\u2003\u3000\u200b\u2060\ufeff\t",
    "from right to left": "\u05de\u05e8\u05d9\u05dd ".repeat(30),
  };

  for (const [kind, name] of Object.entries(kinds)) {
    for (const state of ["ended", "connected", "inviting", "incoming"] as const) {
      for (const [width, height] of [
        [240, 400],
        [360, 640],
        ...(name === unbroken || name === long ? ([[1000, 600]] as const) : []),
      ] as const) {
        it(`${kind} leaves every button in the view: ${state}, ${String(width)} × ${String(height)}`, async () => {
          const view = await fixture<SxCallView>(
            html`<sx-call-view
              style="inline-size: ${width}px; block-size: ${height}px"
              .contact=${{ id: "a", name }}
              .calls=${fixedCalls(aSnapshot(state))}
            ></sx-call-view>`,
          );
          await view.updateComplete;
          const incoming = view.shadowRoot!.querySelector("sx-incoming-call");
          const shown = (incoming ?? view).shadowRoot!.querySelector("[part~=name], .name")!;
          expect(shown.textContent, "there is a name").to.match(/[^\s\u200b\u2060]/);
          const own = view.getBoundingClientRect();
          const root = view.shadowRoot!;
          const inner = [...root.querySelectorAll("*")].flatMap((part) => [
            ...(part.shadowRoot?.querySelectorAll("button") ?? []),
          ]);
          const buttons = [...root.querySelectorAll("button"), ...inner].filter(
            (button) => button.checkVisibility() && button.getBoundingClientRect().width > 1,
          );
          expect(buttons.length).to.be.above(0);
          for (const button of buttons) {
            const { left, right, top, bottom } = button.getBoundingClientRect();
            const text = button.getAttribute("aria-label") ?? button.textContent.trim();
            expect(left, text).to.be.at.least(own.left - 1);
            expect(right, text).to.be.at.most(own.right + 1);
            expect(top, text).to.be.at.least(own.top - 1);
            expect(bottom, text).to.be.at.most(own.bottom + 1);
          }
        });
      }
    }
  }

  const marks: [name: string, given: string][] = [
    ["an override without an end", "\u202eAnn"],
    ["an embedding without an end", "\u202bAnn"],
    ["an isolate without an end", "\u2067Ann"],
    ["an end without a beginning", "Ann\u2069"],
    ["letters of Arabic", "\u0645\u0631\u064a\u0645"],
    ["letters of Hebrew and a mark", "\u05de\u05e8\u05d9\u05dd\u200f!"],
  ];
  for (const [name, given] of marks) {
    it(`with ${name} does not turn the sentence round in which it stands`, async () => {
      const view = await fixture<SxCallView>(
        html`<sx-call-view
          .contact=${{ id: "a", name: given }}
          .calls=${fixedCalls(aSnapshot("idle"))}
        ></sx-call-view>`,
      );
      const label = view.shadowRoot!.querySelector("[part=surface]")!.getAttribute("aria-label")!;
      expect(label).not.to.match(/[\u202a-\u202e]/);
      const isolates = (label.match(/\u2068/g) ?? []).length;
      expect((label.match(/\u2069/g) ?? []).length).to.equal(isolates);
      // Letters of the other direction are isolated; plain ones need nothing.
      expect(isolates).to.equal(/[\u0590-\u08ff]/.test(given) ? 1 : 0);
    });
  }
});
