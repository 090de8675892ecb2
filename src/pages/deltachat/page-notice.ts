import { css, html, nothing } from "lit";
import { SxElement } from "../../elements/shared/sx-element.ts";
import { english } from "../../elements/words/english.ts";
import type { PageProblem } from "../../hosts/deltachat/deltachat-host.ts";

/** Why a page shows no call, or not the requested one. */
export type ShownProblem = PageProblem | "no-call";

const wordOf = {
  "no-host": "pageNoApp",
  "no-call": "pageNoCall",
  unknown: "pageBadCall",
  malformed: "pageBadCall",
  "too-large": "pageBadCall",
} as const satisfies Record<ShownProblem, string>;

/** A message on a page without a call. */
export class PageNotice extends SxElement {
  static readonly tagName = "page-notice";
  static override styles = css`
    p {
      box-sizing: border-box;
      inline-size: 100%;
      margin: 0;
      padding: 1rem max(1rem, env(safe-area-inset-right)) max(1rem, env(safe-area-inset-bottom))
        max(1rem, env(safe-area-inset-left));
      background: #8c1d18;
      color: #fff;
      text-align: center;
      line-height: 1.4;
    }
    p.quiet {
      background: none;
      color: CanvasText;
    }
  `;

  /** Its strings are part of the file. */
  readonly #localize = this.localizeWith(english);
  #problem: ShownProblem | null = null;

  /** `null` hides it. */
  get problem(): ShownProblem | null {
    return this.#problem;
  }
  set problem(problem: ShownProblem | null) {
    this.#problem = problem;
    this.requestUpdate();
  }

  protected override render() {
    const { problem } = this;
    if (problem === null) return nothing;
    const look = problem === "no-call" ? "quiet" : "";
    return html`<p class=${look} role="alert">${this.#localize(wordOf[problem])}</p>`;
  }
}
