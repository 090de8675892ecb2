import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../shared/icon.ts";
import { lockIcon, lockOf } from "./lock.ts";
import type { CallScene } from "./scene.ts";

/** What is behind the lock: what it means, the security code, and the numbers. No part of it is announced when it changes. */
export function renderPanel(scene: CallScene): TemplateResult {
  const { snapshot, say, panel, language, dir } = scene;
  const lock = lockOf(snapshot);
  return html`<section class="panel" part="panel" role="dialog" aria-label=${say("security")} tabindex="-1">
    <div class="panel-top">
      <p class="panel-title ${lock}" part="panel-title">${icon(lockIcon(lock))} <span>${say(`protection.${lock}`)}</span></p>
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
    <div class="panel-body">
      <p class="about" part="about">${say(`about.${lock}`)}</p>
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
      ${renderFacts(scene)}
    </div>
  </section>`;
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
function addressWords({ relayed, exposesAddress }: CallScene["snapshot"], name: string, say: CallScene["say"]): string {
  if (!exposesAddress) return relayed === true ? say("addressHidden", name) : "";
  return relayed === null ? "" : say(relayed ? "addressMayBeKnown" : "addressShown", name);
}
