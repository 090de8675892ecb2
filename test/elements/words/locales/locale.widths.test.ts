import { expect } from "@open-wc/testing";
import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { emulateMedia, setViewport } from "@web/test-runner-commands";
import "sx-call-kit/define";
import { registerWords, type SxCallView } from "sx-call-kit";
import { ann, bob } from "../../../../stories/support/contacts.ts";
import { fixedCalls } from "../../../../stories/support/fixed-calls.ts";
import { posters } from "../../../../stories/support/posters.ts";
import { locales } from "../../../support/locales.ts";
import { longIt } from "../../../support/long-it.ts";

/** Words that are cut, or that stick out of the screen. */
function cut(root: ParentNode, screen: DOMRect): string[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => {
    const inside = element.shadowRoot ? cut(element.shadowRoot, screen) : [];
    const hasWords = [...element.childNodes].some(
      (node) => node instanceof Text && node.data.trim() !== "",
    );
    // Names of people may be cut: they may be of any length.
    if (
      !hasWords ||
      element.closest(".visually-hidden, .name, svg, style") ||
      !element.checkVisibility()
    )
      return inside;
    const { left, right } = element.getBoundingClientRect();
    const isCut =
      element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element).display !== "inline"
        ? getComputedStyle(element).overflowX !== "visible" || right > screen.right + 1
        : left < screen.left - 1 || right > screen.right + 1;
    return isCut ? [...inside, element.textContent.trim()] : inside;
  });
}

/** The others run in the long tests: long words, the other direction, and other letters. */
const inShort = ["de", "ar", "ja"];

describe("the words of every language", () => {
  const place = document.createElement("div");

  before(async () => {
    document.body.append(place);
    await setViewport({ width: 800, height: 900 });
    await emulateMedia({ reducedMotion: "reduce" });
  });

  after(async () => {
    place.remove();
    await emulateMedia({ reducedMotion: "no-preference" });
    await setViewport({ width: 800, height: 600 });
  });

  for (const locale of locales) {
    const register = inShort.includes(locale.$code) ? it : longIt;
    register(`fit into a phone, none is cut: ${locale.$name}`, async () => {
      registerWords(locale);
      for (const width of [320, 390]) {
        for (const { name, snapshot, others = [] } of posters) {
          const size = {
            inlineSize: `${String(width)}px`,
            blockSize: "844px",
            fontFamily: "sans-serif",
          };
          render(
            html`<div style=${styleMap(size)} dir=${locale.$dir}>
              <sx-call-view
                lang=${locale.$code}
                dir=${locale.$dir}
                .contact=${ann}
                .contactOf=${(callId: string) => (others.some((other) => other.callId === callId) ? bob : null)}
                .calls=${fixedCalls(snapshot, {}, others)}
              ></sx-call-view>
            </div>`,
            place,
          );
          const view = place.querySelector<SxCallView>("sx-call-view")!;
          await view.updateComplete;
          for (const inner of view.shadowRoot!.querySelectorAll("*")) {
            await (inner as { updateComplete?: Promise<boolean> }).updateComplete;
          }
          expect(
            cut(view.shadowRoot!, view.getBoundingClientRect()),
            `${name}, ${String(width)} wide`,
          ).to.deep.equal([]);
          render(html``, place);
        }
      }
    });
  }
});
