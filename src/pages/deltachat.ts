import "./styles.ts";
import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxIncomingCall } from "../elements/incoming-call/incoming-call.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { DeltachatHost, type PageProblem } from "../hosts/deltachat/deltachat-host.ts";
import { loadLanguage } from "./deltachat/languages.ts";
import { inlinedWorker } from "./stand-ins/carried-worker.ts";
import { css, html, nothing } from "lit";
import { SxElement } from "../elements/shared/sx-element.ts";
import { english } from "../elements/words/english.ts";

/*
 * Call page of Delta Chat's apps: the whole call view with its buttons in one file. The app sends commands by the hash of the
 * URL. The page calls `window.calls`, which exists before this script runs.
 */

declare global {
  /** Set by the app; absent without one. */
  var calls: unknown;
}

/** Why a page shows no call, or not the requested one. */
type ShownProblem = PageProblem | "no-call";

const wordOf = {
  "no-host": "pageNoApp",
  "no-call": "pageNoCall",
  unknown: "pageBadCall",
  malformed: "pageBadCall",
  "too-large": "pageBadCall",
} as const satisfies Record<ShownProblem, string>;

/** A message on a page without a call. */
class PageNotice extends SxElement {
  static readonly tagName = "page-notice";
  static override styles = css`
    p {
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
    const variant = problem === "no-call" ? "quiet" : "";
    return html`<p class=${variant} role="alert">${this.#localize(wordOf[problem])}</p>`;
  }
}

for (const element of [
  SxCallView,
  SxCallControls,
  SxDeviceMenu,
  SxIncomingCall,
  SxSecurityCode,
  PageNotice,
])
  customElements.define(element.tagName, element);

const isPhone = /Android|iPhone|iPad/.test(navigator.userAgent);
const view = only(SxCallView);
const notice = only(PageNotice);

const host = new DeltachatHost(globalThis.calls, location.search, {
  workerUrl: inlinedWorker(),
  // Some Android WebViews are reported to crash with a worker: it is used only with storage for the mark.
  needsMark: navigator.userAgent.includes("Android"),
});
const avatarUrl = host.avatar;
view.contact = { id: "", name: "", ...(avatarUrl !== null && { avatarUrl }) };
// A phone's system rings for an incoming call itself.
view.ring = !isPhone;
view.calls = host;
view.addEventListener("sx-close", () => {
  globalThis.close();
});

function take(hash: string): void {
  const problem = host.execute(hash);
  const isFree = host.snapshot.state === "idle";
  notice.problem = problem ?? (isFree ? "no-call" : null);
}
take(location.hash);
addEventListener("hashchange", () => {
  take(location.hash);
});
// An unloaded page releases the camera and ends the call.
addEventListener("pagehide", () => {
  host.close();
});
loadLanguage();

/** Returns an element of `index.html`, which belongs to this script. */
function only<T extends Element>(element: (new () => T) & { readonly tagName: string }): T {
  const found = document.querySelector(element.tagName);
  if (!(found instanceof element)) throw new TypeError(`index.html has no ${element.tagName}`);
  return found;
}
