import { html, type TemplateResult } from "lit";
import { keyCap, type ShortcutAction, type ShortcutKeys } from "../shared/shortcut-keys.ts";
import type { Say } from "../shared/words.ts";

/** The keys in use, and what they do. */
export function renderHelp(keys: ShortcutKeys, say: Say): TemplateResult {
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
