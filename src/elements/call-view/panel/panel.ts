import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../shared/icon.ts";
import { keyCap, type ShortcutAction, type ShortcutKeys } from "../../shared/shortcut-keys.ts";
import type { Say } from "../../shared/words.ts";
import { lockIcon, lockOf, type LockState } from "../in-call/lock.ts";
import type { CallScene } from "../scene.ts";

/** The panel that is open, over everything but the toolbar. No part of it is announced when it changes. */
export function renderPanel(scene: CallScene): TemplateResult {
  const { snapshot, say, panel, input } = scene;
  const lock = lockOf(snapshot);
  switch (panel.shown) {
    case "devices":
      return renderFrame(
        scene,
        say("devices"),
        icon("volume-2"),
        say("devices"),
        renderDevices(scene),
      );
    case "help":
      return renderFrame(
        scene,
        say("shortcuts"),
        icon("keyboard"),
        say("shortcuts"),
        renderHelp(input.keys, say),
      );
    case "security":
    case null:
      return renderFrame(
        scene,
        say("security"),
        icon(lockIcon(lock)),
        say(`protection.${lock}`),
        renderSecurity(scene, lock),
      );
  }
}

/** What all panels have: a name, a heading, a way out. */
function renderFrame(
  { say, panel, snapshot }: CallScene,
  name: string,
  drawing: unknown,
  title: string,
  body: unknown,
) {
  const look = panel.shown === "security" ? lockOf(snapshot) : "";
  // The keys have nothing to do with what is under them; the others leave the toolbar in reach.
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
      <p class="panel-title ${look}" part="panel-title">${drawing} <span>${title}</span></p>
      <button
        class="round quiet"
        part="panel-close"
        type="button"
        title=${say("close")}
        aria-label=${say("close")}
        @click=${panel.close}
      >
        ${icon("x")}
      </button>
    </div>
    <div class="panel-body" tabindex=${isModal ? "0" : nothing}>${body}</div>
  </section>`;
}

/** Tab goes round in a modal panel: it has nothing but the button that closes it, and its text, which may have to be scrolled. */
function keepFocus(event: KeyboardEvent): void {
  // The listener stands on the panel.
  const panel = event.currentTarget as HTMLElement;
  const stops = [...panel.querySelectorAll<HTMLElement>("button, [tabindex='0']")];
  if (event.key !== "Tab") return;
  event.preventDefault();
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  stops.at(event.shiftKey ? (at <= 0 ? -1 : at - 1) : (at + 1) % stops.length)?.focus();
}

function renderDevices({ language, dir, input }: CallScene) {
  return html`<sx-device-menu
    exportparts="devices, group, title: group-title, option, meter"
    lang=${language}
    dir=${dir || nothing}
    .audioRoutes=${input.audioRoutes}
  ></sx-device-menu>`;
}

/** What is behind the lock: what it means, the security code, and the numbers. */
function renderSecurity(scene: CallScene, lock: LockState) {
  const { snapshot, say, language, dir } = scene;
  return html`<p class="about" part="about">${say(`about.${lock}`)}</p>
    ${
      snapshot.protection.status === "compatible" && snapshot.securityCode === null
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

function renderFacts({ snapshot, say, language, contact }: CallScene) {
  const { protection, relayed } = snapshot;
  const { sending, receiving, cipher, since } = protection;
  const path = relayed === null ? "pathUnknown" : relayed ? "relayed" : "pathDirect";
  const time = (at: number) => new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
  return html`<dl class="facts" part="facts">
    ${renderFact(say("fromYou"), say(`direction.${sending}`))}
    ${renderFact(say("fromThem", contact.name), say(`direction.${receiving}`))}
    ${since === null ? nothing : renderFact(say("since"), time(since))}
    ${renderFact(say("path"), say(path), addressWords(snapshot, contact.name, say))}
    ${cipher === null ? nothing : renderFact(say("cipher"), renderCipher(cipher))}
    ${(["sealed", "opened", "duplicate", "forged"] as const).map(
      (count) =>
        html`<div class="count">
          <dt>${say(`frames.${count}`)}</dt>
          <dd>${new Intl.NumberFormat(language).format(protection[count])}</dd>
        </div>`,
    )}
  </dl>`;
}

function renderFact(name: string, value: unknown, note = "") {
  return html`<div class="fact">
    <dt>${name}</dt>
    <dd>${value} ${note ? html`<span class="note">${note}</span>` : nothing}</dd>
  </div>`;
}

/** The registries' names, broken between two of them only. */
function renderCipher(cipher: string) {
  const names = cipher.split(" · ");
  return html`<bdi dir="ltr"
    >${names.map((name, at) => html`<span class="cipher">${name}${at < names.length - 1 ? " ·" : ""}</span> `)}</bdi
  >`;
}

/**
 * Who learns the address. A relay hides it only where nothing but relays was allowed: else the addresses of this device were
 * among those that the other side was told, whichever path is in use.
 */
function addressWords(
  { relayed, exposesAddress }: CallScene["snapshot"],
  name: string,
  say: CallScene["say"],
): string {
  if (!exposesAddress) return relayed === true ? say("addressHidden", name) : "";
  return relayed === null ? "" : say(relayed ? "addressMayBeKnown" : "addressShown", name);
}

/** The keys in use, and what they do. */
function renderHelp(keys: ShortcutKeys, say: Say) {
  // Made of one table: its keys are the actions.
  const used = (Object.keys(keys) as ShortcutAction[]).filter((action) => keys[action]);
  const rows = [
    ...used.map((action) => [action, keyCap(keys[action] ?? "", say("keySpace"))] as const),
    ["close", "Esc"] as const,
  ];
  return html`<dl class="facts keys" part="help">
    ${rows.map(
      ([action, key]) =>
        html`<div class="fact">
          <dt>${say(`shortcut.${action}`)}</dt>
          <dd><kbd>${key}</kbd></dd>
        </div>`,
    )}
  </dl>`;
}
