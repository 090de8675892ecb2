import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { callback, unread, type PropertyReaders } from "../shared/property-readers.ts";
import type {
  ConnectionReport,
  LoopReport,
  OverallVerdict,
  ServerReport,
  ServerTransport,
  UdpStatus,
} from "../../call/state/connection-report.ts";
import { canCheckConnection, checkConnection } from "../../controller/connection-check.ts";
import { SxConnectionCheckedEvent, SxErrorEvent, type ErrorCode } from "../../events/call-facts.ts";
import { anyIcon, type AnyIconName } from "../shared/other-icons.ts";
import { KeepFocus, SxElement } from "../shared/sx-element.ts";
import { connectionReport } from "../shared/read-records.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";

const styles = css`
  :host {
    display: block;
  }
  .check {
    display: grid;
    gap: var(--_space-3);
    min-inline-size: 0;
  }
  p {
    margin: 0;
  }
  .title {
    font-weight: 600;
  }
  .status,
  .line {
    display: flex;
    gap: var(--_space-3);
    align-items: start;
  }
  .icon {
    inline-size: 1.4em;
    block-size: 1.4em;
  }
  .words {
    display: grid;
    min-inline-size: 0;
  }
  .calm .advice,
  .transport,
  .time {
    color: var(--_muted);
  }
  .good .icon {
    color: var(--_accept);
  }
  .bad .icon,
  .bad strong {
    color: var(--_danger-text);
  }
  .servers {
    display: grid;
    margin: 0;
    padding: 0 var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    /* Not "none": with it, VoiceOver no longer says that it is a list (https://webkit.org/b/170179). */
    list-style: "";
  }
  .servers .line {
    padding-block: var(--_space-3);
  }
  .servers .line + .line {
    border-block-start: 1px solid var(--_line);
  }
  .line > span {
    min-inline-size: 0;
  }
  .name {
    margin-inline-end: var(--_space-1);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .transport {
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .verdict {
    display: block;
  }
  .time {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .facts {
    display: grid;
    gap: var(--_space-2);
    padding-inline: calc(var(--_space-4) + 1px);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  button[aria-disabled="true"] {
    opacity: 0.6;
    cursor: default;
  }
  @media (forced-colors: active) {
    /* An icon keeps its own colour where text does not. */
    .good .icon,
    .bad .icon {
      color: CanvasText;
    }
    button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;

/** Function that performs a check. */
export type ConnectionChecker = typeof checkConnection;

/** Style of a line. */
type Mood = "calm" | "good" | "warn" | "bad";

/** Text and style of the first line. */
interface Summary {
  readonly mood: Mood;
  readonly iconName: AnyIconName | null;
  readonly headline: string;
  readonly advice: string;
}

const moods: Record<OverallVerdict, readonly [Mood, AnyIconName]> = {
  good: ["good", "circle-check"],
  "relay-only-tcp": ["warn", "triangle-alert"],
  "loop-failed": ["bad", "triangle-alert"],
  "no-relay": ["warn", "triangle-alert"],
  unreachable: ["bad", "wifi-off"],
  "no-servers": ["warn", "triangle-alert"],
};

/**
 * Checks before a call whether calls can connect from this network, and explains the result for each server.
 *
 * No server is contacted before a person presses the button or the page calls `check()`. Only the servers in `iceServers` are
 * contacted.
 *
 * @tagname sx-connection-check
 *
 * @fires {SxConnectionCheckedEvent} sx-connection-checked - A check has finished.
 * @fires {SxErrorEvent} sx-error - The check failed.
 *
 * @csspart check - The whole element.
 * @csspart title - The heading.
 * @csspart status - The overall result, or the progress.
 * @csspart servers - The list of servers.
 * @csspart server - One server: address, transport and result.
 * @csspart udp - The availability of UDP.
 * @csspart loop - The result of the test message.
 * @csspart start - The button that starts the check.
 * @csspart stop - The button that stops it.
 *
 * @cssprop [--sx-color-accept=#17803f] - The icon of a success.
 * @cssprop [--sx-color-danger-text=#b3202c] - The icon of a failure.
 */
export class SxConnectionCheck extends SxElement {
  static readonly tagName = "sx-connection-check";
  static override styles = [tokens, buttons, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    iceServers: unread,
    report: connectionReport,
    checker: callback,
  };

  protected override readonly localize = this.localizeWith(english);

  /** The STUN and TURN servers that calls would use, W3C `RTCIceServer[]`. */
  @property({ attribute: false }) iceServers: RTCIceServer[] = [];

  /** The last report; `null` before. Set it to show an earlier report. */
  @property({ attribute: false }) report: ConnectionReport | null = null;

  /** Function that performs the check, `checkConnection` by default. Its `signal` is aborted when the check is stopped. */
  @property({ attribute: false }) checker: ConnectionChecker = checkConnection;

  /** Error of the last check. */
  @state() private problem: ErrorCode | null = null;

  @state() private running: Promise<ConnectionReport> | null = null;

  @query("[part=start]") private startButton!: HTMLElement | null;

  #stopping: AbortController | null = null;

  constructor() {
    super();
    // The stop button disappears with the check: the focus moves to the remaining button.
    new KeepFocus(this, () => this.startButton);
  }

  /** Aborts the check, so that a removed element leaves no connection open. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopping?.abort();
  }

  /**
   * Performs a check, shows the report, and fires `sx-connection-checked`. During a check it returns the promise of that check.
   *
   * @returns the report.
   * @throws {CallError} `webrtc-unsupported`, or `bad-argument` for an invalid list of servers.
   * @throws {Error} `AbortError` where the check was stopped or the element was removed.
   */
  check(): Promise<ConnectionReport> {
    this.running ??= this.#run();
    return this.running;
  }

  protected override render(): TemplateResult {
    const { mood, iconName, headline, advice } = this.#summary();
    const report = this.running === null && this.#obstacle === null ? this.report : null;
    return html`<div
      class="check"
      part="check"
      role="group"
      aria-labelledby="title"
      aria-busy=${this.running ? "true" : "false"}
    >
      <p class="title" id="title" part="title">${this.localize("checkTitle")}</p>
      <p class="status ${mood}" part="status" role="status">
        ${iconName === null ? nothing : anyIcon(iconName)}
        <span class="words">
          ${headline === "" ? nothing : html`<strong>${headline}</strong>`}
          <span class="advice">${advice}</span>
        </span>
      </p>
      ${report === null ? nothing : this.#renderReport(report)} ${this.#renderButtons()}
    </div>`;
  }

  /** Error that prevents any check. Shown before the button is pressed. */
  get #obstacle(): ErrorCode | null {
    return this.checker === checkConnection && !canCheckConnection()
      ? "webrtc-unsupported"
      : this.problem;
  }

  #summary(): Summary {
    if (this.running !== null)
      return { mood: "calm", iconName: null, headline: "", advice: this.localize("checkRunning") };
    if (this.#obstacle !== null) {
      const words =
        this.#obstacle === "webrtc-unsupported"
          ? {
              headline: this.localize("error.webrtc-unsupported"),
              advice: this.localize("advice.webrtc-unsupported"),
            }
          : {
              headline: this.localize("checkFailed"),
              advice: this.localize("checkFailedAdvice"),
            };
      return { mood: "bad", iconName: "triangle-alert", ...words };
    }
    if (this.report === null)
      return { mood: "calm", iconName: null, headline: "", advice: this.localize("checkIdle") };
    const { overall } = this.report;
    const [mood, iconName] = moods[overall];
    const words = {
      headline: this.localize(`check.overall.${overall}`),
      advice: this.localize(`check.advice.${overall}`),
    };
    return { mood, iconName, ...words };
  }

  #renderReport({ servers, udp, loop }: ConnectionReport) {
    const details = [
      ...(udp === "unknown" ? [] : [this.#renderUdp(udp)]),
      ...(loop.verdict === "not-tried" ? [] : [this.#renderLoop(loop)]),
    ];
    return html`${
      servers.length === 0
        ? nothing
        : html`<ul class="servers" part="servers" aria-label=${this.localize("checkServers")}>
            ${servers.map((server) => this.#renderServer(server))}
          </ul>`
    }
    ${details.length === 0 ? nothing : html`<div class="facts">${details}</div>`}`;
  }

  #renderServer({ url, transport, verdict, milliseconds }: ServerReport) {
    const isGood = verdict === "ok";
    return html`<li class="line ${isGood ? "good" : "bad"}" part="server">
      ${anyIcon(isGood ? "circle-check" : "circle-x")}
      <span>
        ${url === "" ? html`<span class="name">${this.localize("checkUnnamed")}</span>` : this.#renderAddress(url, transport)}
        <span class="verdict">
          ${this.localize(`check.server.${verdict}`)}
          ${isGood ? html`<span class="time">${this.#time(milliseconds)}</span>` : nothing}
        </span>
      </span>
    </li>`;
  }

  /** Host names are left to right in every language. The port wraps to the next line in a narrow element. */
  #renderAddress(url: string, transport: ServerTransport) {
    const [, host = url, port = ""] = /^(.*?)(:\d+)?$/.exec(url) ?? [];
    return html`<bdi class="name" dir="ltr">${host}<wbr />${port}</bdi>
      <span class="transport">${this.localize(`check.transport.${transport}`)}</span>`;
  }

  #renderUdp(udp: UdpStatus) {
    return html`<p class="line ${udp === "open" ? "good" : "warn"}" part="udp">
      ${anyIcon(udp === "open" ? "circle-check" : "triangle-alert")}
      <span>${this.localize(`check.udp.${udp}`)}</span>
    </p>`;
  }

  #renderLoop({ verdict, roundTripMilliseconds: time }: LoopReport) {
    return html`<p class="line ${verdict === "ok" ? "good" : "bad"}" part="loop">
      ${anyIcon(verdict === "ok" ? "circle-check" : "circle-x")}
      <span>
        ${this.localize(`check.loop.${verdict}`)}
        ${time === null ? nothing : html`<span class="time">${this.#time(time)}</span>`}
      </span>
    </p>`;
  }

  #renderButtons() {
    if (this.#obstacle === "webrtc-unsupported") return nothing;
    const isRunning = this.running !== null;
    // `aria-disabled` instead of `disabled`: a disabled button would lose the focus.
    return html`<div class="buttons">
      <button
        class="primary"
        part="start"
        type="button"
        aria-disabled=${isRunning ? "true" : "false"}
        @click=${this.#onStart}
      >
        ${this.localize(this.report === null && this.#obstacle === null ? "check" : "checkAgain")}
      </button>
      ${
        isRunning
          ? html`<button class="quiet" part="stop" type="button" @click=${this.#onStop}>
              ${this.localize("checkStop")}
            </button>`
          : nothing
      }
    </div>`;
  }

  #time(milliseconds: number): string {
    return new Intl.NumberFormat(this.language, { style: "unit", unit: "millisecond" }).format(
      milliseconds,
    );
  }

  async #run(): Promise<ConnectionReport> {
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.problem = null;
    try {
      // A `checker` that throws synchronously becomes a rejection, so `running` is always set.
      const report = await (async () =>
        this.checker(this.iceServers, { signal: stopping.signal }))();
      this.report = report;
      this.running = null;
      this.dispatchEvent(new SxConnectionCheckedEvent({ report }));
      return report;
    } catch (error) {
      this.running = null;
      if (!stopping.signal.aborted) {
        const { code, message } = problemOf(error);
        this.problem = code;
        this.dispatchEvent(new SxErrorEvent({ code, message }));
      }
      throw error;
    } finally {
      this.#stopping = null;
    }
  }

  readonly #onStart = () => {
    // The error is shown and fired as an event; this promise has no other consumer.
    if (this.running === null) this.check().catch(() => undefined);
  };

  readonly #onStop = () => {
    this.#stopping?.abort();
  };
}

/** Returns code and message of an error. The text of a foreign error is not repeated. */
function problemOf(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof Error && error.name === "CallError" && "code" in error) {
    // The name belongs to the kit: the code is one of its union.
    return { code: error.code as ErrorCode, message: error.message };
  }
  return { code: "internal", message: "The check of the connection failed." };
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-connection-check": SxConnectionCheck;
  }
}
