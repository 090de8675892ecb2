import { html, nothing, type TemplateResult, type LitElement } from "lit";
import { icon } from "../../shared/icons.ts";
import { keyCap, type ShortcutAction, type ShortcutKeys } from "../../shared/shortcut-keys.ts";
import type { Localize, LockState } from "../../words/strings.ts";
import { lockIcon, shownLock } from "../../shared/status-icons.ts";
import { type CallScene, hasLock, type PanelName } from "../scene.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { OpenSheet } from "../../shared/sheet.ts";

/** Renders the open panel over everything but the toolbar. Changes in it are not announced. */
export function renderPanel(scene: CallScene): TemplateResult {
  const { localize, panel, input } = scene;
  const { lock, words } = shownLock(scene);
  switch (panel.shown) {
    case "devices":
      return renderFrame(
        scene,
        localize(panel.device ?? "devices"),
        icon(deviceIcons[panel.device ?? "speaker"]),
        localize(panel.device ?? "devices"),
        renderDevices(scene),
      );
    case "text":
      return renderFrame(
        scene,
        localize("textWith", scene.contact.name),
        icon("message-square-text"),
        localize("textWith", scene.contact.name),
        scene.text?.render(scene),
      );
    case "help":
      return renderFrame(
        scene,
        localize("shortcuts"),
        icon("keyboard"),
        localize("shortcuts"),
        renderHelp(input.keys, localize),
      );
    case "security":
    case null:
      return renderFrame(
        scene,
        localize("security"),
        icon(lockIcon(lock)),
        words,
        renderSecurity(scene, lock),
      );
  }
}

/** Renders the frame of all panels: name, heading, close button. */
function renderFrame(
  scene: CallScene,
  name: string,
  heading: unknown,
  title: string,
  body: unknown,
) {
  const { localize, panel } = scene;
  const variant = panel.shown === "security" ? shownLock(scene).lock : "";
  // The list of shortcuts covers unrelated content; the others leave the toolbar accessible.
  const isModal = panel.shown === "help";
  return html`<section
    class="panel sheet ${panel.shown ?? ""}"
    part="panel"
    role="dialog"
    aria-label=${name}
    aria-modal=${isModal ? "true" : nothing}
    tabindex="-1"
    @keydown=${isModal ? keepFocus : nothing}
  >
    <div class="panel-top">
      <p class="panel-title ${variant}" part="panel-title">${heading} <span>${title}</span></p>
      <button
        class="round quiet"
        part="panel-close"
        type="button"
        title=${localize("close")}
        aria-label=${localize("close")}
        @click=${panel.close}
      >
        ${icon("x")}
      </button>
    </div>
    <div class="panel-body" tabindex=${isModal ? "0" : nothing}>${body}</div>
  </section>`;
}

/** Traps Tab in a modal panel, which contains the close button and its scrollable text. */
function keepFocus(event: KeyboardEvent): void {
  // The listener is attached to the panel.
  const panel = event.currentTarget as HTMLElement;
  const stops = [...panel.querySelectorAll<HTMLElement>("button, [tabindex='0']")];
  if (event.key !== "Tab") return;
  event.preventDefault();
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  stops.at(event.shiftKey ? (at <= 0 ? -1 : at - 1) : (at + 1) % stops.length)?.focus();
}

const deviceIcons = { speaker: "volume-2", microphone: "mic", camera: "video" } as const;

function renderDevices({ language, dir, input, panel }: CallScene) {
  return html`<sx-device-menu
    exportparts="devices: device-menu, group, title: group-title, option, meter, volume, choose-speaker, test-speaker"
    lang=${language}
    dir=${dir || nothing}
    .only=${panel.device}
    .audioRoutes=${input.audioRoutes}
    .volume=${input.volumes?.call ?? null}
    .screenVolume=${input.volumes?.screen ?? null}
    can-test
  ></sx-device-menu>`;
}

/** Renders the security panel: explanation, security code, counts. */
function renderSecurity(scene: CallScene, lock: LockState) {
  const { snapshot, localize, language, dir } = scene;
  return html`<p class="about" part="about">${localize(`about.${lock}`)}</p>
    ${
      ["compatible", "transport"].includes(snapshot.protection.status) &&
      snapshot.securityCode === null
        ? nothing
        : html`<sx-security-code
            part="security-code"
            exportparts="signs: code-signs, emoji, digits, long, match, no-match"
            lang=${language}
            dir=${dir || nothing}
          ></sx-security-code>`
    }
    ${renderFacts(scene)}`;
}

/** Renders what a person can use, in words; numbers and names of ciphers behind "Details". */
function renderFacts({ snapshot, localize, language, contact }: CallScene) {
  const { protection, relayed } = snapshot;
  const { sending, receiving, cipher, since, dtls } = protection;
  const path = relayed === null ? "pathUnknown" : relayed ? "relayed" : "pathDirect";
  const time = (at: number) => new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
  return html`<dl class="facts" part="facts">
      ${renderFact(localize("fromYou"), localize(`direction.${sending}`))}
      ${renderFact(localize("fromThem", contact.name), localize(`direction.${receiving}`))}
      ${renderFact(localize("path"), localize(path), addressWords(snapshot, contact.name, localize))}
    </dl>
    <details class="more-facts" part="more-facts">
      <summary part="more-facts-button">${localize("receipt")}</summary>
      <dl class="facts">
        ${since === null ? nothing : renderFact(localize("since"), time(since))}
        ${cipher === null ? nothing : renderFact(localize("cipher"), renderCipher(cipher.split(" · ")))}
        ${
          dtls === undefined
            ? nothing
            : renderFact(
                localize("transportCipher"),
                renderCipher([
                  dtls.version,
                  dtls.cipher,
                  ...(dtls.srtp === null ? [] : [dtls.srtp]),
                ]),
              )
        }
        ${(sending === "transport"
          ? []
          : (["sealed", "opened", "duplicate", "forged"] as const)
        ).map(
          (count) =>
            html`<div class="count">
              <dt>${localize(`frames.${count}`)}</dt>
              <dd>${new Intl.NumberFormat(language).format(protection[count])}</dd>
            </div>`,
        )}
      </dl>
    </details>`;
}

function renderFact(name: string, value: unknown, note = "") {
  return html`<div class="fact">
    <dt>${name}</dt>
    <dd>${value} ${note ? html`<span class="note">${note}</span>` : nothing}</dd>
  </div>`;
}

/** Breaks lines between two registered names only. */
function renderCipher(names: readonly string[]) {
  return html`<bdi dir="ltr"
    >${names.map((name, at) => html`<span class="cipher">${name}${at < names.length - 1 ? " ·" : ""}</span> `)}</bdi
  >`;
}

/**
 * Returns who learns the address. A relay hides it only with relay-only: otherwise this device's addresses were among the
 * candidates sent, whichever path is in use.
 */
function addressWords(
  { relayed, exposesAddress }: CallScene["snapshot"],
  name: string,
  localize: CallScene["localize"],
): string {
  if (!exposesAddress) return relayed === true ? localize("addressHidden", name) : "";
  return relayed === null ? "" : localize(relayed ? "addressMayBeKnown" : "addressShown", name);
}

/** Renders the shortcuts in use with their actions. */
function renderHelp(keys: ShortcutKeys, localize: Localize) {
  // Built from one table: its keys are the actions.
  const used = (Object.keys(keys) as ShortcutAction[]).filter((action) => keys[action]);
  const rows = [
    ...used.map((action) => [action, keyCap(keys[action] ?? "", localize("keySpace"))] as const),
    ["close", "Esc"] as const,
  ];
  return html`<dl class="facts keys" part="help">
    ${rows.map(
      ([action, key]) =>
        html`<div class="fact">
          <dt>${action === "text" ? localize("text") : localize(`shortcut.${action}`)}</dt>
          <dd><kbd>${key}</kbd></dd>
        </div>`,
    )}
  </dl>`;
}

/** Returns `true` where a call has the panel: that of the lock with a lock, the others from dialling to the end. */
export function hasPanel(panel: PanelName, snapshot: CallSnapshot | null): boolean {
  if (snapshot === null || panel === "security") return snapshot !== null && hasLock(snapshot);
  return !["idle", "incoming", "ended"].includes(snapshot.state);
}

/** The open panel of the view, while the call has it. */
export class OpenPanel extends OpenSheet<PanelName> {
  readonly #host: LitElement;
  readonly #isPossible: (panel: PanelName) => boolean;
  #last: PanelName | null = null;
  /** The only kind of device that the panel of devices has; `null` for all. */
  device: "microphone" | "camera" | null = null;

  /** @param isPossible - returns `true` where the panel is available; otherwise it closes. */
  constructor(host: LitElement, isPossible: (panel: PanelName) => boolean) {
    super(host, {
      sheet: ".panel",
      inside: ".lock, .bottom",
      first: ".draft",
      // A conversation is beside the call, whose buttons and pictures are pressed meanwhile.
      stays: "text",
      opener: () => (this.#last === "text" ? null : this.#lock) ?? this.#controls,
    });
    this.#host = host;
    this.#isPossible = isPossible;
  }

  readonly open = (): void => this.show("security");

  /** Opens the panel of devices at the button of one kind, or closes it. */
  toggleDevices(device: "microphone" | "camera" | null): void {
    const isOther = this.shown === "devices" && device !== this.device;
    this.device = device;
    if (isOther) this.#host.requestUpdate();
    else this.toggle("devices");
  }

  override show(name: PanelName | null): void {
    if (name !== null && !this.#isPossible(name)) return;
    this.#last = name ?? this.#last;
    super.show(name);
  }

  override hostUpdate(): void {
    if (this.shown !== null && !this.#isPossible(this.shown)) this.close();
    super.hostUpdate();
  }

  override hostUpdated(): void {
    if (this.shown === "devices") this.#place();
    super.hostUpdated();
  }

  /** Over its button, in a row of them that leaves room beside the panel; otherwise the styles place it. */
  #place(): void {
    const { renderRoot } = this.#host;
    const panel = renderRoot.querySelector<HTMLElement>(".panel");
    const controls = this.#controls;
    const name = this.device === null ? "devices" : `choose-${this.device}`;
    const button = controls?.shadowRoot?.querySelector(`[part~="${name}"], .more`);
    const stage = renderRoot.querySelector(".stage")?.getBoundingClientRect();
    if (!panel || !controls || !button || !stage) return;
    const isAt = controls.offsetWidth > controls.offsetHeight && stage.width >= 480;
    const { left, width } = button.getBoundingClientRect();
    const edge = 16;
    const most = stage.width - panel.offsetWidth - edge;
    const at = Math.min(
      most,
      Math.max(edge, left + width / 2 - stage.left - panel.offsetWidth / 2),
    );
    panel.style.justifySelf = isAt ? "left" : "";
    panel.style.marginInline = "";
    if (isAt) {
      panel.style.marginRight = "0";
      panel.style.marginLeft = `${at}px`;
    }
  }

  /** The displayed lock of the two: over video, or under the name. */
  get #lock(): HTMLElement | undefined {
    const locks = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".lock")];
    return locks.find((lock) => lock.getClientRects().length > 0);
  }

  get #controls(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>("sx-call-controls");
  }
}
