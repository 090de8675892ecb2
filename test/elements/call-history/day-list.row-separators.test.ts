import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html, render } from "lit";
import { registerWords } from "sx-call-kit";
import type { CallRecordLike, Contact, SxCallHistory, SxCallHistoryItem } from "sx-call-kit";
import { ongoingRecord } from "sx-call-kit";
import { aRecord, aSnapshot, now } from "../../../stories/support/snapshots.ts";
import { directions, medias, outcomes, protections } from "../../../stories/support/unions.ts";
import { locales } from "../../support/locales.ts";
import { longIt } from "../../support/long-it.ts";
import { separatorFaults } from "../../support/separators.ts";

const names: readonly (Contact | null)[] = [
  null,
  { id: "b", name: "Bob" },
  { id: "v", name: "Vera-Katharina Maximiliane von Hohenlohe-Langenburg zu Lichtenfels" },
  { id: "n", name: "نورا" },
  { id: "", name: " " },
];

/** Every kind of call that there can be, each with and without what a record may lack. */
const kinds: readonly CallRecordLike[] = directions.flatMap((direction) =>
  medias.flatMap((media) => [
    ...outcomes.map((outcome) => aRecord({ direction, media, outcome })),
    ongoingRecord(aSnapshot("connected", media, { direction }))!,
    ongoingRecord(aSnapshot("ringing", media, { direction, relayed: null }))!,
  ]),
);

/** Numerical Recipes' generator: the same records each time. */
function* numbers(seed: number): Generator<(below: number) => number, never> {
  let state = seed;
  for (;;)
    yield (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
}

/** Records of every kind, with facts that are there or not by chance. */
function records(seed: number, of: readonly CallRecordLike[] = kinds): CallRecordLike[] {
  const random = numbers(seed).next().value;
  const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
  return of.map((kind, index) => {
    const callId = `${one(["0", "1", "2", "3", "4"])}-${String(index)}`;
    // Some days with many calls, some with one; and a time that a storage has spoilt.
    const startedAt = one([now - 1000 * index, now - 40_000_000 * index, Number.NaN]);
    const protection = one([...protections, "none", "protected"] as const);
    const relayed = one([true, false, null]);
    if (kind.outcome === "ongoing") return { ...kind, callId, startedAt };
    const durationSeconds = one([0, 1, 754, 86_399]);
    const text = one([undefined, "", "In a meeting, I call you back at four"]);
    return {
      ...kind,
      ...{ callId, startedAt, protection, relayed, durationSeconds },
      ...(one([true, false]) ? { verified: true as const } : {}),
      ...(text === undefined ? {} : { text }),
    };
  });
}

const contactOf = ({ callId }: { readonly callId: string }) => names[Number(callId[0])]!;

describe("separators between the facts of a call", () => {
  const place = document.createElement("div");
  before(async () => {
    await setViewport({ width: 1200, height: 4000 });
    document.body.append(place);
  });
  after(async () => {
    place.remove();
    await setViewport({ width: 800, height: 600 });
  });

  async function inList(shown: CallRecordLike[], width: number, lang: string, dir: string) {
    render(null, place);
    render(
      html`<div dir=${dir} style="inline-size:${width}px;block-size:4000px;font-family:sans-serif">
        <sx-call-history
          lang=${lang}
          dir=${dir}
          .records=${shown}
          .now=${now}
          .contactOf=${contactOf}
        ></sx-call-history>
      </div>`,
      place,
    );
    const list = place.querySelector<SxCallHistory>("sx-call-history")!;
    await list.updateComplete;
    await new Promise(requestAnimationFrame);
    await list.updateComplete;
    const rows = [...list.shadowRoot!.querySelectorAll<HTMLElement>(".row .about")];
    expect(rows.length, "rows").to.be.greaterThan(Math.min(shown.length, 30) - 1);
    return faultsIn(rows);
  }

  async function asItems(shown: CallRecordLike[], width: number, lang: string, dir: string) {
    render(null, place);
    render(
      html`<div dir=${dir} style="inline-size:${width}px;font-family:sans-serif">
        ${shown.map((record) => html`<sx-call-history-item lang=${lang} dir=${dir} .record=${record} .now=${now}></sx-call-history-item>`)}
      </div>`,
      place,
    );
    const items = [...place.querySelectorAll<SxCallHistoryItem>("sx-call-history-item")];
    for (const item of items) await item.updateComplete;
    return faultsIn(items.map((item) => item.shadowRoot!.querySelector<HTMLElement>(".about")!));
  }

  const faultsIn = (abouts: readonly HTMLElement[]): string[] =>
    abouts.flatMap((about) =>
      separatorFaults(about).map(
        (fault) => `${fault}: ${about.innerText.replace(/\s+/g, " ").trim()}`,
      ),
    );

  const widths = [180, 240, 320, 390, 545, 640, 900, 1200] as const;

  it("stand between two facts in a list and in an item of a chat, whatever a record has", async () => {
    for (const width of [180, 390, 640])
      expect(await inList(records(1), width, "en", "ltr"), String(width)).to.deep.equal([]);
    expect(await asItems(records(3), 240, "en", "ltr")).to.deep.equal([]);
  });

  longIt("stand between two facts in every width", async () => {
    for (const width of widths)
      for (const seed of [1, 2])
        expect(await inList(records(seed), width, "en", "ltr"), String(width)).to.deep.equal([]);
    for (const width of [180, 240, 336])
      expect(await asItems(records(3), width, "en", "ltr"), String(width)).to.deep.equal([]);
  });

  for (const { $code, $dir, $name } of locales)
    longIt(`stand between two facts in every width: ${$name}`, async () => {
      registerWords(locales.find((locale) => locale.$code === $code)!);
      for (const [seed, width] of widths.entries()) {
        expect(await inList(records(seed), width, $code, $dir), String(width)).to.deep.equal([]);
        if (width <= 336)
          expect(await asItems(records(seed), width, $code, $dir)).to.deep.equal([]);
      }
    });

  it("are not read aloud", async () => {
    const unread = (abouts: Iterable<HTMLElement>) =>
      [...abouts].flatMap((about) =>
        [...about.querySelector(".facts")!.children].flatMap((fact) => {
          const { content } = getComputedStyle(fact, "::before");
          return content === "none" ? [] : [content];
        }),
      );
    await inList(records(6), 800, "en", "ltr");
    const list = place.querySelector("sx-call-history")!.shadowRoot!;
    expect(new Set(unread(list.querySelectorAll(".about")))).to.deep.equal(new Set([`"·" / ""`]));
    await asItems(records(6), 336, "en", "ltr");
    const items = [...place.querySelectorAll("sx-call-history-item")].map(({ shadowRoot }) =>
      shadowRoot!.querySelector<HTMLElement>(".about")!,
    );
    expect(new Set(unread(items))).to.deep.equal(new Set([`"·" / ""`]));
  });
});
